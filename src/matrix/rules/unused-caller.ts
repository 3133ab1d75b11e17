import type { Draft } from "../../finding/draft.ts";
import { callerKinds } from "../../callers/registry.ts";
import { kindOf } from "../model/resolve-caller.ts";
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
    for (const { section, key, value, place } of names.values()) {
      if (section !== "callers" || used.has(key)) continue;
      const kind = kindOf(value);
      const isFederated = kind !== undefined && callerKinds[kind].token.way === "federation";
      yield {
        message: `no edge names ${key}`,
        help: isFederated
          ? "add the edge that is missing; as long as the entry stays, so does its pool, switched off where nobody else comes through it: the id of a deleted one is blocked for 30 days"
          : "delete it, or add the edge that is missing",
        at: place,
        caller: key,
      } satisfies Draft;
    }
  },
};
