import { findCycles } from "../../graph/find-cycles.ts";
import type { Draft } from "../../finding/draft.ts";
import type { DeclaredName } from "../model/matrix.ts";
import { valueAt } from "../text/place.ts";
import { briefPath } from "../../words/brief.ts";
import type { Rule } from "./rule.ts";

/** A set that holds itself means nothing. */
export const setCycle: Rule = {
  id: "set-cycle",
  severity: "error",
  summary: "a set that holds itself, directly or through others",
  stopsSynth: true,
  *check({ names }) {
    const sets = [...names.values()].filter(
      (name): name is DeclaredName & { section: "sets" } => name.section === "sets",
    );
    const graph = new Map(sets.map(({ key, value }) => [key, value]));
    const loops = sets.filter(({ key, value }) => value.includes(key)).map(({ key }) => [key]);
    for (const cycle of [...loops, ...findCycles(graph)]) {
      const [first = "", second = first] = cycle;
      const place = names.get(first)?.place;
      const index = graph.get(first)?.indexOf(second) ?? 0;
      if (place === undefined) continue;
      yield {
        message: `the set ${first} holds itself: ${briefPath([...cycle, first])}`,
        help: cycle.length === 1 ? "take it out" : `take ${second} out of ${first}, or break the circle elsewhere`,
        at: valueAt(place.file, ...place.path, index),
      } satisfies Draft;
    }
  },
};
