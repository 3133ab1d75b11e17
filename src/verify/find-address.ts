import { audienceUrl } from "../matrix/model/audience-url.ts";
import type { Service } from "../matrix/model/world.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import { valueOf } from "../snapshot/value-of.ts";

/** Where a service is called in a region, or why that is not known. */
export type Address = { readonly url: string } | { readonly obstacle: string };

/**
 * The URL of a service, which is also the audience: as a snapshot has it, else as it follows from the project's number.
 * A snapshot may say anything, and whoever is at the URL gets a token: a URL that is not this service's is not taken.
 */
export function findAddress(service: Service, region: string, snapshot: Snapshot | undefined): Address {
  const derived = audienceUrl(service, region);
  const project = snapshot?.projects.find((each) => each.project === service.project.id);
  const record = valueOf(project?.services)?.find((each) => each.region === region && each.name === service.name);
  if (record?.defaultUrlDisabled === true) return { obstacle: "its run.app URL is switched off" };
  const urls = (record?.urls ?? []).filter((url) => isOf(url, service, region));
  const url = derived !== undefined && urls.includes(derived) ? derived : (urls[0] ?? derived);
  if (url !== undefined) return { url };
  const what = record === undefined ? "" : ", and the snapshot has none that is its own under run.app";
  return { obstacle: `its URL is not known${what}: write the project's number, or give a snapshot` };
}

/** docs: /run/docs/triggering/https-request — `NAME-NUMBER.REGION.run.app`, or `NAME-HASH-REGION.a.run.app`. */
function isOf(url: string, { name, project }: Service, region: string): boolean {
  const [, label = "", zone] = /^https:\/\/([a-z0-9-]+)\.([a-z0-9-]+)\.run\.app$/.exec(url) ?? [];
  if (!label.startsWith(`${name}-`)) return false;
  const rest = label.slice(name.length + 1);
  if (zone === "a") return /^[a-z0-9]+-[a-z]{2,4}$/.test(rest);
  return zone === region && (project.number === undefined ? /^\d+$/.test(rest) : rest === project.number);
}
