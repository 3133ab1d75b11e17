import type { LiveService, Row, Verdict } from "../access/access.ts";
import { evaluateAccess } from "../access/evaluate-access.ts";
import { serviceResource } from "../access/run-resource.ts";
import { LiveIndex } from "../access/live-index.ts";
import { parseMember } from "../access/member.ts";
import type { Service } from "../matrix/model/world.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import { valueOf } from "../snapshot/value-of.ts";
import type { Instant } from "../time/instant.ts";
import { setAround } from "./set-around.ts";

/** What a snapshot answers to whoever asks about single services and callers. */
export interface LiveView {
  /** When the snapshot was finished, and its SHA-256. */
  readonly snapshot: Pick<Snapshot, "finishedAt" | "sha256">;
  /** Everything that was found to run. */
  readonly services: readonly LiveService[];
  /** A service of the matrix in one of its regions; `unread` where it was not found and not everything was read. */
  readonly find: (service: Service, region: string) => LiveService | "absent" | "unread";
  /** Whether a principal may call; `no` where it holds no grant. */
  readonly mayCall: (principal: string, service: LiveService, ring: "direct" | "iap") => Verdict | "no";
  /** What that rests on: the principal's own row, or that of a set that holds it. */
  readonly rowOf: (principal: string, service: LiveService, ring: "direct" | "iap") => Row | undefined;
  /** Whether a set that is not counted out holds a principal: everybody, a domain, a group whose members were read. */
  readonly contains: (set: string, principal: string) => boolean;
  readonly accountState: (email: string) => "enabled" | "disabled" | "missing" | "unread";
}

/** Makes a snapshot ready to be asked. Conditions are judged at the moment given. */
export function viewLive(snapshot: Snapshot, asOf: Instant): LiveView {
  const access = evaluateAccess(snapshot, { asOf, indirect: "none" });
  const byResource = new Map(access.services.map((service) => [service.resource, service]));
  const index = new LiveIndex(snapshot, access.services);
  const rows = new Map<string, Row[]>();
  for (const row of access.rows) {
    const key = `${row.ring} ${row.service.resource}`;
    const found = rows.get(key);
    if (found === undefined) rows.set(key, [row]);
    else found.push(row);
  }
  const doubted = new Set(access.unread.flatMap(({ services, inScope }) => (inScope ? services : [])));
  const accounts = new Map(snapshot.accounts.map((account) => [account.email, account]));
  const rowOf: LiveView["rowOf"] = (principal, { resource }, ring) => {
    const here = rows.get(`${ring} ${resource}`) ?? [];
    const own = here.find((each) => each.principal === principal);
    if (own?.verdict === "denied") return own;
    // Of its own grant and the sets that hold it, the surest lets it in.
    const surest = (["allowed", "conditional", "unknown"] as const).map((verdict) =>
      own?.verdict === verdict
        ? own
        : setAround(
            principal,
            here.filter((each) => each.verdict === verdict),
            index,
          ),
    );
    return surest.find((row) => row !== undefined);
  };
  return {
    snapshot: { finishedAt: snapshot.finishedAt, sha256: snapshot.sha256 },
    services: access.services,
    find: ({ kind, name, project }, region) => {
      const record = snapshot.projects.find((each) => each.project === project.id);
      const list = kind === "job" ? record?.jobs : record?.services;
      const found = byResource.get(serviceResource(project.id, { kind, region, name }));
      return found ?? (list?.status === "read" ? "absent" : "unread");
    },
    // What was not read may hold a grant.
    mayCall: (principal, service, ring) =>
      rowOf(principal, service, ring)?.verdict ?? (doubted.has(service.resource) ? "unknown" : "no"),
    rowOf,
    contains: (set, principal) => index.contains(parseMember(set), parseMember(principal)),
    accountState: (email) => {
      const details = accounts.get(email)?.details;
      const value = valueOf(details);
      if (details === undefined || value === undefined) return "unread";
      return value === null ? "missing" : value.disabled ? "disabled" : "enabled";
    },
  };
}
