import type { Draft } from "../../finding/draft.ts";
import { keyAt } from "../text/place.ts";
import type { Rule } from "./rule.ts";

/** Code owners of the callee's file approve who gets in; an edge elsewhere passes them by. */
export const edgeOutsideCalleeFile: Rule = {
  id: "edge-outside-callee-file",
  severity: "warning",
  summary: "an edge in another file than its callee",
  stopsSynth: false,
  *check({ edges, names }) {
    for (const { key, file, caller, callee } of edges) {
      const home = callee === undefined ? undefined : names.get(callee)?.place.file;
      if (caller === undefined || callee === undefined || home === undefined || home === file) continue;
      yield {
        message: `the edge ${key} stands in another file than ${callee}`,
        help: `move it to ${home}, so that the owners of ${callee} approve who may call`,
        at: keyAt(file, "trust", key),
        service: callee,
        caller,
      } satisfies Draft;
    }
  },
};
