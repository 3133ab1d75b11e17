import type { Draft } from "../../finding/draft.ts";
import type { Rule } from "./rule.ts";

/** A caller that calls nobody is left over. */
export const unusedCaller: Rule = {
  id: "unused-caller",
  severity: "warning",
  summary: "a caller that no edge names",
  stopsSynth: false,
  *check({ names, edges, expand }) {
    const callers = new Set(edges.flatMap(({ caller }) => caller ?? []));
    const used = new Set([...callers].flatMap((caller) => expand(caller)));
    for (const { section, key, place } of names.values()) {
      if (section !== "callers" || used.has(key)) continue;
      yield {
        message: `no edge names ${key}`,
        help: "delete it, or add the edge that is missing",
        at: place,
        caller: key,
      } satisfies Draft;
    }
  },
};
