import type { Draft } from "../../finding/draft.ts";
import { keyAt } from "../text/place.ts";
import type { Rule } from "./rule.ts";

/** A service does not need a grant to reach itself, and one would hide who else runs as it. */
export const selfCall: Rule = {
  id: "self-call",
  severity: "error",
  summary: "a service that calls itself",
  stopsSynth: true,
  *check({ edges }) {
    for (const { key, file, caller, callee } of edges) {
      if (caller === undefined || caller !== callee) continue;
      yield {
        message: `${caller} calls itself`,
        help: "delete the edge, or correct one of its sides",
        at: { ...keyAt(file, "trust", key), word: caller, occurrence: "last" },
        service: caller,
        caller,
      } satisfies Draft;
    }
  },
};
