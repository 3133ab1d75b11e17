import { parseMember } from "../access/member.ts";
import { CallerNames } from "../drift/caller-names.ts";
import type { GrantRuleId } from "../drift/classify-grant.ts";
import type { AccessRow, DriftFinding, DriftReport, RunningService } from "../drift/drift-report.ts";
import { INTERNET } from "../matrix/model/match-selector.ts";
import { principalIn } from "../matrix/model/principal-of.ts";
import type { World } from "../matrix/model/world.ts";
import { principalName, principalNamed } from "./identities.ts";
import { groupBy } from "../words/group-by.ts";

/** The live half of a grid, ready to be asked about single services. */
export interface LivePairs {
  /** The rows of one callee by the caller that each belongs to, indirect ways apart. A row can belong to several. */
  readonly rowsOf: (callee: string) => ReadonlyMap<string, readonly AccessRow[]>;
  readonly indirectOf: (callee: string) => readonly AccessRow[];
  /** What runs of a callee. */
  readonly runningOf: (callee: string) => readonly RunningService[];
  /** Whether something that was not read bears on who may call. */
  readonly isInDoubt: (callee: string) => boolean;
  /** Whether a row rests, also, on a grant of its own that nobody declared, and that no exception accepts. */
  readonly hasOpenGrant: (row: AccessRow) => boolean;
  /** The indexes of the findings about some principals at a callee. */
  readonly findingsOf: (callee: string, principals: ReadonlySet<string>) => readonly number[];
}

/** How a grid names a callee: by its key, or its resource where it has none. */
export function calleeId({ service, resource }: Pick<AccessRow, "service" | "resource">): string {
  return service ?? resource;
}

/** @param drift with other regions, and what was not read in its full width */
export function livePairs(drift: DriftReport, world: World): LivePairs {
  const names = new CallerNames(world);
  const rows = groupBy(
    drift.access.filter(({ ring }) => ring !== "indirect"),
    calleeId,
  );
  const indirect = groupBy(
    drift.access.filter(({ ring }) => ring === "indirect"),
    calleeId,
  );
  const running = groupBy(drift.running, calleeId);
  const doubted = new Set(drift.unread.flatMap(({ services }) => services));
  const ids = new Map(drift.running.map((each) => [each.resource, calleeId(each)]));
  const accepted = new Set(drift.findings.flatMap((each) => (each.accepted === null ? [] : grantText(each))));
  const byService = findingIndexes(drift.findings, (name) => ids.get(name) ?? name);
  return {
    rowsOf: (callee) => byCaller(rows.get(callee) ?? [], callee, names),
    indirectOf: (callee) => indirect.get(callee) ?? [],
    runningOf: (callee) => running.get(callee) ?? [],
    isInDoubt: (callee) => doubted.has(callee),
    hasOpenGrant: ({ principal, verdict, paths }) =>
      verdict !== "denied" &&
      paths.some(({ standing, hops: [hop, ...others] }) => {
        // What comes through a set is the set's.
        if (standing !== "undeclared" || hop === undefined || others.length > 0) return false;
        return !accepted.has(grantText({ principal, resource: hop.resource, role: hop.role }));
      }),
    findingsOf: (callee, principals) =>
      (byService.get(callee) ?? []).filter((index) => {
        const principal = drift.findings[index]?.principal;
        // Of a service that the matrix does not name, nothing is said but that.
        return principal == null ? !world.services.has(callee) : principals.has(parseMember(principal).principal);
      }),
  };
}

function grantText({ resource, role, principal }: Pick<DriftFinding, "resource" | "role" | "principal">): string {
  return JSON.stringify([resource, role, principal]);
}

function byCaller(
  rows: readonly AccessRow[],
  callee: string,
  names: CallerNames,
): ReadonlyMap<string, readonly AccessRow[]> {
  const found = new Map<string, AccessRow[]>();
  for (const row of rows) {
    for (const caller of callersOf(row, callee, names)) {
      const known = found.get(caller);
      if (known === undefined) found.set(caller, [row]);
      else known.push(row);
    }
  }
  return found;
}

/** Whose row it is: of every name that calls as its principal; else of the set that it comes through, else its own. */
function callersOf({ principal, through }: AccessRow, callee: string, names: CallerNames): readonly string[] {
  if (isEverybody(principal)) return [INTERNET];
  const known = names.namesOf(principal).filter((name) => name !== callee);
  if (known.length > 0) return known;
  if (through === null) return [principalName(principal)];
  if (isEverybody(through)) return [INTERNET];
  const { principal: set } = parseMember(through);
  const named = names.namesOf(set);
  return named.length > 0 ? named : [principalName(set)];
}

export function isEverybody(principal: string): boolean {
  return principal === "allUsers" || principal === "allAuthenticatedUsers";
}

function findingIndexes(
  findings: readonly DriftFinding[],
  idOf: (service: string) => string,
): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  findings.forEach(({ services }, index) => {
    // Of what runs in regions that are not declared, findings tell by its resource.
    for (const service of new Set(services.map(idOf))) {
      const known = found.get(service);
      if (known === undefined) found.set(service, [index]);
      else known.push(index);
    }
  });
  return found;
}

/** The rules that say of a grant that it opens what nobody declared. */
const opening = {
  "public-undeclared": true,
  "invoker-check-disabled": true,
  "undeclared-caller": true,
  "undeclared-caller-inherited": true,
  "undeclared-caller-other-role": true,
  "agent-role-on-other": true,
  "expired-grant": true,
  "expired-previous-account": true,
  "service-not-in-matrix": true,
} as const satisfies Readonly<Record<GrantRuleId, true>>;

/** Whether a finding says of a pair that a grant opens it, and whether exceptions accept all that do. */
export function accusedBy(findings: readonly DriftFinding[]): "open" | "accepted" | "no" {
  const grave = findings.filter(({ rule }) => rule in opening || rule === "project-not-in-matrix");
  if (grave.length === 0) return "no";
  if (grave.every(({ accepted }) => accepted !== null)) return "accepted";
  // That the matrix does not name a service says nothing of who does its work there.
  return grave.some(({ accepted, principal }) => accepted === null && principal !== null) ? "open" : "no";
}

/**
 * Whether an open finding says of a declared pair that more lets it in than is declared, or something else: removing the
 * edge would not remove the access.
 */
export function isAccused(findings: readonly DriftFinding[]): boolean {
  return findings.some(
    ({ rule, accepted, principal }) =>
      accepted === null && principal !== null && (rule in opening || rule === "access-beyond-matrix"),
  );
}

/** The principals that a caller of a grid calls as, as IAM compares them. */
export function principalsOf(caller: string, world: World): ReadonlySet<string> {
  if (caller === INTERNET) return new Set(["allUsers", "allAuthenticatedUsers"]);
  const now = principalIn(world, caller);
  const previous = world.services.get(caller)?.previousAccounts ?? [];
  return new Set([
    now ?? principalNamed(caller),
    ...previous.map(({ email }) => parseMember(`serviceAccount:${email}`).principal),
  ]);
}
