import { runCollection } from "../access/run-resource.ts";
import type { LiveService, Row, Verdict } from "../access/access.ts";
import { CallJudge } from "../access/call-judge.ts";
import { evaluateAccess } from "../access/evaluate-access.ts";
import { serviceResource } from "../access/run-resource.ts";
import type { Service } from "../matrix/model/world.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import { valueOf } from "../snapshot/value-of.ts";
import type { Instant } from "../time/instant.ts";

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
  readonly accountState: (email: string) => "enabled" | "disabled" | "missing" | "unread";
}

/** Makes a snapshot ready to be asked. Conditions are judged at the moment given. */
export function viewLive(snapshot: Snapshot, asOf: Instant): LiveView {
  const access = evaluateAccess(snapshot, { asOf, indirect: "none" });
  const byResource = new Map(access.services.map((service) => [service.resource, service]));
  const doubted = new Set(access.unread.flatMap(({ services, inScope }) => (inScope ? services : [])));
  const accounts = new Map(snapshot.accounts.map((account) => [account.email, account]));
  const calls = new CallJudge<Row>({
    snapshot,
    rows: access.rows,
    resourceOf: ({ service }) => service.resource,
    isDoubted: (resource) => doubted.has(resource),
  });
  return {
    snapshot: { finishedAt: snapshot.finishedAt, sha256: snapshot.sha256 },
    services: access.services,
    find: ({ kind, name, project }, region) => {
      const record = snapshot.projects.find((each) => each.project === project.id);
      const list = record?.[runCollection({ kind })];
      const found = byResource.get(serviceResource(project.id, { kind, region, name }));
      return found ?? (list?.status === "read" ? "absent" : "unread");
    },
    mayCall: (principal, service, ring) => calls.judge([principal], service.resource, new Set([ring])).verdict,
    rowOf: (principal, service, ring) => {
      const { ways } = calls.judge([principal], service.resource, new Set([ring]));
      const way = ways.find(({ membership }) => membership !== "maybe");
      return way === undefined || way.verdict === way.row.verdict ? way?.row : { ...way.row, verdict: way.verdict };
    },
    accountState: (email) => {
      const details = accounts.get(email)?.details;
      const value = valueOf(details);
      if (details === undefined || value === undefined) return "unread";
      return value === null ? "missing" : value.disabled ? "disabled" : "enabled";
    },
  };
}
