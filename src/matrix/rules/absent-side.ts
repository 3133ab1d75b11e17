import type { Draft } from "../../finding/draft.ts";
import type { Clause, DeclaredEdge, Matrix } from "../model/matrix.ts";
import { keyAt, valueAt } from "../text/place.ts";
import { memo } from "./memo.ts";
import type { Rule } from "./rule.ts";

/** The environments that a name is declared for. */
type Homes = ReadonlySet<string>;

/** An edge holds where both of its sides are; one that holds nowhere, or is written for where a side is absent, is a mistake. */
export const absentSide: Rule = {
  id: "absent-side",
  severity: "error",
  summary: "an edge in an environment where one of its sides is not",
  stopsSynth: true,
  *check(matrix) {
    const { edges, names, environments } = matrix;
    // With none at all there is nothing to be absent from, and missing-placement says so.
    if (environments.length === 0) return;
    const known = new Set(environments.map(({ name }) => name));
    const homes = memo((name) => homesOf(matrix, name, known));
    for (const edge of edges) {
      const { caller, callee } = edge;
      if (caller === undefined || callee === undefined || !names.has(caller) || !names.has(callee)) continue;
      for (const clause of edge.clauses) {
        if (clause.environments === undefined) yield* neverTogether(edge, caller, callee, homes);
        else
          yield* absentIn(
            clause,
            edge,
            matrix,
            (environment, side) => !known.has(environment) || homes(side).has(environment),
          );
      }
    }
  },
};

function* absentIn(
  { environments = [], place }: Clause,
  { key, caller = "", callee = "" }: DeclaredEdge,
  { names }: Matrix,
  isIn: (environment: string, side: string) => boolean,
): Iterable<Draft> {
  const isSet = (name: string): boolean => names.get(name)?.section === "sets";
  const subject = (name: string): string => (isSet(name) ? `no member of ${name} is` : `${name} is not`);
  for (const [index, environment] of environments.entries()) {
    const absent = [...new Set([caller, callee])].filter((side) => !isIn(environment, side));
    const [only = "", ...more] = absent;
    if (absent.length === 0) continue;
    const who = more.length > 0 && !absent.some(isSet) ? `neither ${caller} nor ${callee} is` : subject(only);
    yield {
      message: `${who} in ${environment}, so ${key} cannot hold there`,
      help:
        more.length > 0 || isSet(only)
          ? `delete ${environment} here`
          : `delete ${environment} here, or add it to the environments of ${only}`,
      at: valueAt(place.file, ...place.path, "environments", index),
      service: callee,
      caller,
    };
  }
}

function* neverTogether(
  { key, file }: DeclaredEdge,
  caller: string,
  callee: string,
  homes: (name: string) => Homes,
): Iterable<Draft> {
  const there = homes(callee);
  for (const environment of homes(caller)) if (there.has(environment)) return;
  yield {
    message: `${caller} and ${callee} are in no environment together, so the edge never holds`,
    help: "correct the environments of one of them, or delete the edge",
    at: keyAt(file, "trust", key),
    service: callee,
    caller,
  };
}

/** The environments that a service, a caller or any member of a set is declared for. */
function homesOf({ names, expand }: Matrix, name: string, known: Homes): Homes {
  return new Set(
    expand(name).flatMap((member) => {
      const declared = names.get(member);
      if (declared === undefined || declared.section === "sets") return [];
      const own = declared.value.environments ?? [...known];
      // Of an environment that there is not, unknown-name speaks, and which one was meant is not known.
      return own.every((environment) => known.has(environment)) ? own : [...known];
    }),
  );
}
