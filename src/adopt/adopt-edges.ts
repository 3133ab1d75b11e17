import { isAdopted } from "../matrix/model/adopted-text.ts";
import { parseMember } from "../access/member.ts";
import type { Clause } from "../matrix/model/matrix.ts";
import type { Edge, World } from "../matrix/model/world.ts";
import type { EdgeWriter } from "./edge-writer.ts";
import type { CallerFinder } from "./name-callers.ts";
import { offerSets, type Pair } from "./offer-sets.ts";

/** Who was found to call a service. */
export interface FoundRow {
  readonly callee: string;
  /** Principals in the row. */
  readonly members: readonly string[];
  /** Principals that pass Identity-Aware Proxy, and are not in the row. */
  readonly throughIap: readonly string[];
  /** Why, for edges that are new: who granted it where. */
  readonly reason: string;
  readonly iapReason: string;
}

/** An edge that somebody wrote and that was not found. */
export interface KeptEdge {
  readonly caller: string;
  readonly callee: string;
  /** All that the caller calls as. */
  readonly principals: readonly string[];
}

/** Takes back what adopt wrote before and is not there any more. What a person wrote stays, and is named. */
export function dropEdges(
  world: World,
  rows: readonly FoundRow[],
  writer: EdgeWriter,
): { readonly dropped: number; readonly kept: readonly KeptEdge[] } {
  const wanted = new Map(rows.map((row) => [row.callee, row]));
  const kept: KeptEdge[] = [];
  const gone = new Set<Clause>();
  for (const edge of world.holding) {
    const row = wanted.get(edge.callee);
    if (row === undefined) continue;
    const there = new Set(edge.clause.through === "iap" ? row.throughIap : row.members);
    const principals = principalsOf(edge, world);
    if (principals.some((principal) => there.has(principal))) continue;
    if (isAdopted(edge.clause.reason)) gone.add(edge.clause);
    else kept.push({ caller: edge.caller, callee: edge.callee, principals });
  }
  // The last ones first: those before them keep their index.
  const last = ({ place: { path } }: Clause): number => (typeof path[2] === "number" ? path[2] : 0);
  for (const clause of [...gone].sort((a, b) => last(b) - last(a))) writer.leave(clause);
  return { dropped: gone.size, kept };
}

/** What is missing in the rows, with the name of each caller. */
export interface Missing extends Pair {
  readonly through: "iap" | undefined;
  readonly reason: string;
}

/** Who stands in a row and is not declared there yet. Callers that have no name here get one. */
export function findMissing(
  world: World,
  rows: readonly FoundRow[],
  { finder, declared, isLapsed }: AddDeps,
): readonly Missing[] {
  const through = throughNow(world);
  return rows.flatMap(({ callee, members, throughIap, reason, iapReason }) => {
    const passing = through.get(callee);
    const name = (principals: readonly string[]): readonly string[] => [
      ...new Set(principals.map((principal) => finder.nameFor(principal, callee))),
    ];
    return [
      ...name(members.filter((principal) => !declared(callee).has(principal) && !isLapsed(principal, callee))).map(
        (caller): Missing => ({
          caller,
          callee,
          through: undefined,
          reason,
        }),
      ),
      ...name(throughIap.filter((principal) => passing?.has(principal) !== true && !isLapsed(principal, callee))).map(
        (caller): Missing => ({
          caller,
          callee,
          through: "iap",
          reason: iapReason,
        }),
      ),
    ];
  });
}

/**
 * Writes edges: callers that stand together in several rows as a set, in the file of these rows.
 * @returns the names of such sets
 */
export function addEdges(missing: readonly Missing[], writer: EdgeWriter): readonly string[] {
  const reasons = new Map(missing.map(({ callee, through, reason }) => [`${callee} ${through}`, reason]));
  const add = ({ caller, callee }: Pair, through?: "iap"): void =>
    writer.add(caller, callee, reasons.get(`${callee} ${through}`) ?? "", through);
  for (const each of missing) if (each.through === "iap") add(each, "iap");
  const byFile = new Map<string, Missing[]>();
  for (const each of missing) {
    if (each.through === "iap") continue;
    const file = writer.fileOf(each.callee);
    byFile.set(file, [...(byFile.get(file) ?? []), each]);
  }
  return [...byFile].flatMap(([file, pairs]) => {
    const { sets, rest } = offerSets(pairs);
    for (const pair of rest) add(pair);
    return sets.map(({ members, callees }) => {
      const name = writer.addSet(members, callees, file);
      for (const callee of callees) add({ caller: name, callee });
      return name;
    });
  });
}

interface AddDeps {
  readonly finder: CallerFinder;
  /** The declared members of a row, as principals. */
  readonly declared: (callee: string) => { readonly has: (principal: string) => boolean };
  /** Whether somebody was declared until a day that is over. */
  readonly isLapsed: (principal: string, callee: string) => boolean;
}

/** All that a caller calls as: a service also as its previous accounts. */
export function principalsOf({ caller }: Edge, { services, callers }: World): readonly string[] {
  const service = services.get(caller);
  const written =
    service === undefined
      ? [callers.get(caller)?.principal ?? ""]
      : [service.account, ...service.previousAccounts].map(({ email }) => `serviceAccount:${email}`);
  return written.map((each) => parseMember(each).principal);
}

/** Who passes Identity-Aware Proxy by an edge already, by callee. */
function throughNow(world: World): ReadonlyMap<string, Set<string>> {
  const through = new Map<string, Set<string>>();
  for (const edge of world.holding) {
    if (edge.clause.through !== "iap") continue;
    const known = through.get(edge.callee) ?? new Set();
    for (const principal of principalsOf(edge, world)) known.add(principal);
    through.set(edge.callee, known);
  }
  return through;
}
