import { iapAgent } from "../../access/service-agents.ts";
import type { Instant } from "../../time/instant.ts";
import { compareText } from "../../words/compare-text.ts";
import { mayStillCall } from "./previous-accounts.ts";
import type { Account, Service, World } from "./world.ts";

/** Who may invoke a service, as one member of its row. */
export interface RowMember {
  /** The member as IAM writes it. */
  readonly principal: string;
  /** The account behind it, where it is the current account of a service or caller. */
  readonly account: Account | undefined;
  /** The service or caller that it is; what makes it a member, where it is none. */
  readonly caller: string;
  readonly why: "declared" | "previous account" | "public" | "iap agent";
}

/**
 * Who comes through Identity-Aware Proxy, by service: the callers whose edge through it holds, with their previous
 * accounts. Of the services that have it themselves and are not gone; of those that retire nobody.
 */
export function iapMembers(world: World, asOf: Instant): ReadonlyMap<string, readonly RowMember[]> {
  const rows = new Map<string, RowMember[]>();
  for (const { key, iap, stage } of world.services.values())
    if (iap === "service" && stage !== "gone") rows.set(key, []);
  if (rows.size === 0) return rows;
  for (const { caller, callee, clause } of world.holding)
    if (clause.through === "iap" && world.services.get(callee)?.stage !== "retiring")
      rows.get(callee)?.push(...membersFor(world, caller, asOf));
  return sortRows(rows);
}

/**
 * The members of each row, by service: declared callers whose edge holds, their previous accounts until their date,
 * everybody where a service is public that way, and the agent of Identity-Aware Proxy where it stands in front. Sorted
 * by caller, each principal once. Services that are gone have no row; those that retire have an empty one.
 */
export function rowMembers(world: World, asOf: Instant): ReadonlyMap<string, readonly RowMember[]> {
  const rows = new Map<string, RowMember[]>();
  for (const service of world.services.values()) {
    if (service.stage !== "gone")
      rows.set(service.key, service.stage === "retiring" ? [] : [...standingMembers(service)]);
  }
  for (const { caller, callee, clause } of world.holding) {
    // Through Identity-Aware Proxy it is the proxy's agent that invokes.
    if (clause.through === "iap") continue;
    rows.get(callee)?.push(...membersFor(world, caller, asOf));
  }
  return sortRows(rows);
}

function sortRows(rows: Map<string, RowMember[]>): ReadonlyMap<string, readonly RowMember[]> {
  for (const [key, members] of rows) {
    const sorted = members.sort((a, b) => compareText(a.caller, b.caller) || compareText(a.principal, b.principal));
    const seen = new Set<string>();
    rows.set(
      key,
      sorted.filter(({ principal }) => seen.size < seen.add(principal).size),
    );
  }
  return rows;
}

function* standingMembers(service: Service): Iterable<RowMember> {
  if (service.public?.via === "allUsers")
    yield { principal: "allUsers", account: undefined, caller: "", why: "public" };
  if (service.iap !== undefined && service.project.number !== undefined) {
    // docs: /run/docs/securing/identity-aware-proxy-cloud-run — IAP invokes as its agent in the service's project.
    const principal = `serviceAccount:${iapAgent(service.project.number)}`;
    yield { principal, account: undefined, caller: "", why: "iap agent" };
  }
}

function membersFor({ services, callers }: World, key: string, asOf: Instant): readonly RowMember[] {
  const service = services.get(key);
  if (service === undefined) {
    const caller = callers.get(key);
    return caller === undefined
      ? []
      : [{ principal: caller.principal, account: caller.account, caller: key, why: "declared" }];
  }
  const previous = service.previousAccounts
    .filter((each) => mayStillCall(each, asOf))
    .map(({ email }): RowMember => ({
      principal: `serviceAccount:${email.toLowerCase()}`,
      account: undefined,
      caller: key,
      why: "previous account",
    }));
  return [
    { principal: `serviceAccount:${service.account.email}`, account: service.account, caller: key, why: "declared" },
    ...previous,
  ];
}
