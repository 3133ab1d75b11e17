import { clausesOf, isIn, membersOf, type RawDocument, type RawEdge } from "./document.ts";

// Names that were drawn by lot, joined to sets and edges that nothing forbids.

export const setKeys = ["some", "more", "most"] as const;

/** Sets of what there is, each of names and of sets before it. */
export function withSets(document: RawDocument, lists: readonly (readonly string[])[]): RawDocument {
  const sets: Record<string, readonly string[]> = {};
  for (const [at, list] of lists.entries()) {
    const known = list.filter((name) => name in document.services || name in (document.callers ?? {}) || name in sets);
    if (known.length > 0) sets[setKeys[at] ?? "some"] = known;
  }
  return { ...document, sets };
}

/** The edges that can stand together: sides that are there and not the same, no pair twice in one environment. */
export function withTrust(document: RawDocument, edges: readonly (readonly [string, string, RawEdge])[]): RawDocument {
  const taken = new Set<string>();
  const trust: Record<string, RawEdge> = {};
  const known = (name: string): boolean =>
    name in document.services || name in (document.callers ?? {}) || name in (document.sets ?? {});
  for (const [from, to, value] of edges) {
    const callees = [...new Set(membersOf(document, to))];
    const callers = [...new Set(membersOf(document, from))];
    // One name on both sides would be a call to itself, also where a set stands for it.
    if (new Set([...callers, ...callees]).size === 1 || from === to) continue;
    if (!known(from) || !known(to) || !callees.every((name) => name in document.services)) continue;
    const homes = Object.keys(document.environments).filter(
      (environment) =>
        callers.some((name) => isIn(document, name, environment)) &&
        callees.some((name) => isIn(document, name, environment)),
    );
    const pairs = clausesOf(value).flatMap(({ environments = homes }) =>
      environments.flatMap((environment) =>
        callers.flatMap((name) => callees.map((callee) => `${environment} ${name} ${callee}`)),
      ),
    );
    const isFree = new Set(pairs).size === pairs.length && pairs.every((pair) => !taken.has(pair));
    const isThere = clausesOf(value).every(
      ({ environments = homes }) =>
        environments.length > 0 && environments.every((environment) => homes.includes(environment)),
    );
    if (!isFree || !isThere || trust[`${from} -> ${to}`] !== undefined) continue;
    for (const pair of pairs) taken.add(pair);
    trust[`${from} -> ${to}`] = value;
  }
  return { ...document, trust };
}
