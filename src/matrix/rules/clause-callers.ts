import type { Clause } from "../model/matrix.ts";
import type { Edge, World } from "../model/world.ts";

/** Callers that one written edge lets call one service, and of which a rule says the same. */
export interface ClauseCallers<T> {
  readonly clause: Clause;
  readonly callee: string;
  /** In order; at least one. */
  readonly callers: readonly string[];
  /** The left side of the edge as it is written: the one caller, or a set. */
  readonly written: string;
  readonly said: T;
}

/**
 * The edges of a world that have effect, as they are written: a set of callers is told of once, not member by member.
 * @param say what there is to say of an edge; undefined for nothing
 * @param kindOf what makes two things that are said the same
 */
export function clauseCallers<T>(
  { holding }: World,
  say: (edge: Edge) => T | undefined,
  kindOf: (said: T) => string,
): readonly ClauseCallers<T>[] {
  const byClause = new Map<Clause, Map<string, ClauseCallers<T> & { readonly callers: string[] }>>();
  for (const edge of holding) {
    const { caller, callee, clause } = edge;
    const said = say(edge);
    if (said === undefined) continue;
    const groups = byClause.get(clause) ?? new Map<string, ClauseCallers<T> & { readonly callers: string[] }>();
    byClause.set(clause, groups);
    const key = JSON.stringify([callee, kindOf(said)]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { clause, callee, callers: [caller], written: leftOf(clause), said });
    else group.callers.push(caller);
  }
  return [...byClause.values()].flatMap((groups) => [...groups.values()]);
}

function leftOf({ place: { path } }: Clause): string {
  const [caller = ""] = String(path[1]).split(" -> ");
  return caller.trim();
}
