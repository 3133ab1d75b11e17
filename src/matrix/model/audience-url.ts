import type { Service } from "./world.ts";

/** A label of a host name holds at most 63 characters (RFC 1035); a longer one is not the service's URL. */
const MAX_LABEL = 63;

/**
 * The deterministic URL of a service in a region, which is also the audience to ask tokens for
 * (cloud.google.com/run/docs/triggering/https-request); jobs have none, and without the project's number none is known.
 */
export function audienceUrl({ kind, name, project }: Service, region: string): string | undefined {
  if (kind === "job" || project.number === undefined) return undefined;
  const label = `${name}-${project.number}`;
  return label.length > MAX_LABEL ? undefined : `https://${label}.${region}.run.app`;
}
