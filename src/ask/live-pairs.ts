import { parseMember } from "../access/member.ts";
import { CallerNames } from "../drift/caller-names.ts";
import type { GrantRuleId } from "../drift/classify-grant.ts";
import type { AccessRow, DriftFinding, DriftReport, RunningService } from "../drift/drift-report.ts";
import { INTERNET } from "../matrix/model/match-selector.ts";
import { principalIn } from "../matrix/model/principal-of.ts";
import type { World } from "../matrix/model/world.ts";
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
  /** The indexes of the findings about some principals at a callee. */
  readonly findingsOf: (callee: string, principals: ReadonlySet<string>) => readonly number[];
}

/** How a grid names a callee: by its key, or its resource where it has none. */
export function calleeId({ service, resource }: Pick<AccessRow, "service" | "resource">): string {
  return service ?? resource;
}

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
  const doubtedAtAll = new Set(drift.unread.flatMap(({ services, resource }) => (services.length > 0 ? [] : resource)));
  const byService = findingIndexes(drift.findings);
  return {
    rowsOf: (callee) => byCaller(rows.get(callee) ?? [], callee, names),
    indirectOf: (callee) => indirect.get(callee) ?? [],
    runningOf: (callee) => running.get(callee) ?? [],
    isInDoubt: (callee) => {
      if (doubted.has(callee)) return true;
      const service = world.services.get(callee);
      if (service === undefined) return false;
      const found = new Set((running.get(callee) ?? []).map(({ region }) => region));
      // Where a list was not read, whatever was not found may be there.
      return doubtedAtAll.has(`projects/${service.project.id}`) && service.regions.some((region) => !found.has(region));
    },
    findingsOf: (callee, principals) =>
      (byService.get(callee) ?? []).filter((index) => {
        const principal = drift.findings[index]?.principal;
        // Of a service that the matrix does not name, nothing is said but that.
        return principal == null ? !world.services.has(callee) : principals.has(parseMember(principal).principal);
      }),
  };
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
  if (through === null) return [principal];
  if (isEverybody(through)) return [INTERNET];
  const { principal: set } = parseMember(through);
  const named = names.namesOf(set);
  return named.length > 0 ? named : [set];
}

export function isEverybody(principal: string): boolean {
  return principal === "allUsers" || principal === "allAuthenticatedUsers";
}

function findingIndexes(findings: readonly DriftFinding[]): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  findings.forEach(({ services }, index) => {
    for (const service of services) {
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
 * The rows by which a declared caller may call in a region: its own, or those of a set that holds it. Of which sets hold
 * it, the finding that misses its own grant tells.
 */
export function rowsIn(
  at: { readonly resource: string; readonly ring: AccessRow["ring"]; readonly principal: string },
  rows: readonly AccessRow[],
  findings: readonly DriftFinding[],
): readonly AccessRow[] {
  const here = rows.filter(({ resource, ring }) => resource === at.resource && ring === at.ring);
  const own = here.filter(({ principal }) => principal === at.principal);
  if (own.length > 0) return own.filter(({ verdict }) => verdict !== "denied");
  const sets = findings.flatMap(({ rule, resource, principal, paths }) => {
    if (rule !== "declared-caller-missing" || resource !== at.resource || principal !== at.principal) return [];
    return paths.flatMap(({ hops: [hop] }) => (hop?.kind === "invoker-check" ? "allUsers" : (hop?.member ?? [])));
  });
  const around = new Set(["allUsers", ...sets.map((set) => parseMember(set).principal)]);
  return here.filter(({ principal, verdict }) => around.has(principal) && verdict !== "denied");
}

/** The principals that a caller of a grid calls as, as IAM compares them. */
export function principalsOf(caller: string, world: World): ReadonlySet<string> {
  if (caller === INTERNET) return new Set(["allUsers", "allAuthenticatedUsers"]);
  const now = principalIn(world, caller);
  const previous = world.services.get(caller)?.previousAccounts ?? [];
  return new Set([now ?? caller, ...previous.map(({ email }) => parseMember(`serviceAccount:${email}`).principal)]);
}
