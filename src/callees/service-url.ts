import { audienceUrl } from "../matrix/model/audience-url.ts";
import type { Service } from "../matrix/model/world.ts";
import type { ServiceRecord } from "../snapshot/snapshot.ts";

/** Where a service is called, which is also the audience; what keeps that from being known, and what is not sure of it. */
export interface ServiceUrl {
  readonly url: string | undefined;
  readonly source: "snapshot" | "matrix" | undefined;
  /** A sentence without a full stop; null where all is well. */
  readonly doubt: string | null;
}

/**
 * The URL of a service in a region: the one that follows from its project's number where a snapshot lists it, else
 * another one that the snapshot lists, else the derived one. A snapshot may say anything, and whoever is at the URL
 * gets a token: a URL that is not this service's is not taken.
 */
export function serviceUrl(
  service: Service,
  region: string,
  record: Pick<ServiceRecord, "urls"> | undefined,
): ServiceUrl {
  if (service.name.includes("---")) return { url: undefined, source: undefined, doubt: TAGGED };
  const derived = audienceUrl(service, region);
  const own = (record?.urls ?? []).filter((url) => isOf(url, service, region));
  const url = derived !== undefined && own.includes(derived) ? derived : own[0];
  if (url !== undefined) return { url, source: "snapshot", doubt: url.endsWith(".a.run.app") ? UNPROVEN : null };
  const isStrange = record !== undefined && record.urls.length > 0;
  return { url: derived, source: derived === undefined ? undefined : "matrix", doubt: isStrange ? FOREIGN : null };
}

/** docs: /run/docs/triggering/https-request — `TAG---SERVICE-NUMBER.REGION.run.app` is a revision of SERVICE. */
const TAGGED =
  "its name holds ---, which stands between a tag and a service in URLs under run.app: another service may answer there";
const UNPROVEN = "only the snapshot says that the URL under a.run.app is its own: neither project nor region is in it";
const FOREIGN = "the snapshot lists no URL that is its own under run.app";

/** docs: /run/docs/triggering/https-request — `NAME-NUMBER.REGION.run.app`, or `NAME-HASH-REGION.a.run.app`. */
function isOf(url: string, { name, project }: Service, region: string): boolean {
  const [, label = "", zone] = /^https:\/\/([a-z0-9-]+)\.([a-z0-9-]+)\.run\.app$/.exec(url) ?? [];
  if (!label.startsWith(`${name}-`)) return false;
  const rest = label.slice(name.length + 1);
  if (zone === "a") return /^[a-z0-9]+-[a-z]{2,4}$/.test(rest);
  return zone === region && (project.number === undefined ? /^\d+$/.test(rest) : rest === project.number);
}
