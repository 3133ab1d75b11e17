import type { Draft } from "../../finding/draft.ts";
import { keyAt } from "../text/place.ts";
import type { Rule } from "./rule.ts";

/** Nearly always a slip: one of the sides should be another, or a queue or schedule is the true caller. */
export const selfCall: Rule = {
  id: "self-call",
  severity: "error",
  summary: "a service that calls itself",
  stopsSynth: true,
  *check({ edges, names, expand }) {
    const isSet = (name: string): boolean => names.get(name)?.section === "sets";
    for (const { key, file, caller, callee } of edges) {
      if (caller === undefined || callee === undefined) continue;
      const hasSet = isSet(caller) || isSet(callee);
      if (!hasSet && caller !== callee) continue;
      const [from, to] = [expand(caller), expand(callee)];
      const [only] = from;
      // Members of a set on both sides do not call themselves, but where there is one member nothing is left.
      if (only === undefined || from.length > 1 || to.length > 1 || only !== to[0]) continue;
      yield {
        message: hasSet ? `${key} grants nothing: both of its sides mean ${only}` : `${only} calls itself`,
        help: hasSet
          ? "delete the edge, or add the members that are missing to the set"
          : "correct one of its sides; where a queue or a schedule calls, declare that as a caller",
        at: { ...keyAt(file, "trust", key), word: callee, occurrence: "last" },
        service: only,
        caller: only,
      } satisfies Draft;
    }
  },
};
