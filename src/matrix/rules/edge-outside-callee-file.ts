import type { Draft } from "../../finding/draft.ts";
import type { DeclaredEdge, DeclaredName, Matrix } from "../model/matrix.ts";
import { keyAt } from "../text/place.ts";
import { memo } from "./memo.ts";
import type { Rule } from "./rule.ts";

/** Code owners of the callee's file approve who gets in; an edge or a set elsewhere passes them by. */
export const edgeOutsideCalleeFile: Rule = {
  id: "edge-outside-callee-file",
  severity: "warning",
  summary: "an edge, or a set on an edge, in another file than its callee",
  stopsSynth: false,
  *check(matrix) {
    const { names, expand } = matrix;
    // Of a matrix in one file nothing stands elsewhere.
    const files = new Set([...names.values()].map(({ place }) => place.file));
    if (files.size < 2 && matrix.edges.every(({ file }) => files.has(file))) return;
    const isService = (name: string): boolean => names.get(name)?.section === "services";
    // Where sets multiply beyond all measure, row-too-large says so.
    const isFinite = matrix.worlds.every(({ overflow }) => overflow === undefined);
    const servicesOf = memo((callee) => (isFinite ? expand(callee) : [callee]).filter(isService));
    // Many edges name the same few sets: each is walked once for each file.
    const sides = memo((file) => ({
      away: memo((callee) => servicesOf(callee).filter((name) => names.get(name)?.place.file !== file)),
      setElsewhere: memo((name) => findSetElsewhere(name, file, names)),
    }));
    for (const edge of matrix.edges) {
      const { file, callee } = edge;
      if (callee === undefined) continue;
      const { away, setElsewhere } = sides(file);
      for (const service of away(callee)) yield edgeAway(edge, service, matrix);
      // A set in the wrong file matters where the edge is in the right one.
      if (away(callee).length < servicesOf(callee).length) yield* setsAway(edge, servicesOf(callee), setElsewhere);
    }
  },
};

function edgeAway({ key, file, caller = "", callee = "" }: DeclaredEdge, service: string, { names }: Matrix): Draft {
  const home = names.get(service)?.place.file ?? "";
  const about = { service, caller };
  if (service === callee) {
    return {
      message: `the edge ${key} stands in another file than ${callee}`,
      help: `move it to ${home}, so that the owners of ${callee} approve who may call`,
      at: keyAt(file, "trust", key),
      ...about,
    };
  }
  return {
    message: `the edge ${key} stands in another file than ${service}, a member of ${callee}`,
    help: `write ${caller} -> ${service} in ${home}, so that the owners of ${service} approve who may call`,
    at: { ...keyAt(file, "trust", key), word: callee, occurrence: "last" },
    ...about,
  };
}

function* setsAway(
  { key, file, caller = "", callee = "" }: DeclaredEdge,
  services: readonly string[],
  setElsewhere: (name: string) => DeclaredName | undefined,
): Iterable<Draft> {
  const sides = [
    { side: caller, occurrence: "first", decides: `who may call ${callee}`, each: "caller" },
    { side: callee, occurrence: "last", decides: `what ${caller} may call`, each: "service" },
  ] as const;
  for (const { side, occurrence, decides, each } of sides) {
    const set = setElsewhere(side);
    if (set === undefined) continue;
    yield {
      message: `the set ${set.key} stands in ${set.place.file}, so whoever edits that file decides ${decides}`,
      help: `declare ${set.key} in ${file}, or write an edge for each ${each}`,
      at: { ...keyAt(file, "trust", key), word: side, occurrence },
      related: [{ message: "the set stands here", at: set.place }],
      services,
      caller,
    };
  }
}

/** The nearest set, the name itself or one below it, that stands in another file. */
function findSetElsewhere(name: string, file: string, names: Matrix["names"]): DeclaredName | undefined {
  const open = [name];
  const seen = new Set(open);
  for (const next of open) {
    const declared = names.get(next);
    if (declared?.section !== "sets") continue;
    if (declared.place.file !== file) return declared;
    for (const member of declared.value) {
      if (!seen.has(member)) open.push(member);
      seen.add(member);
    }
  }
  return undefined;
}
