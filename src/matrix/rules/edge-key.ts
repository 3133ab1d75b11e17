import type { Draft } from "../../finding/draft.ts";
import { keyAt } from "../text/place.ts";
import type { Rule } from "./rule.ts";

/** The key of an edge must read `caller -> callee`. */
export const edgeKey: Rule = {
  id: "edge-key",
  severity: "error",
  summary: "a key under trust that does not read `caller -> callee`",
  stopsSynth: true,
  *check({ edges }) {
    for (const { key, file, caller } of edges) {
      if (caller !== undefined) continue;
      yield {
        message: `"${key}" does not read caller -> callee`,
        help: suggest(key),
        at: keyAt(file, "trust", key),
      } satisfies Draft;
    }
  },
};

function suggest(key: string): string {
  const [caller, callee, ...more] = key.split(/\s*(?:<?[-=–—]*>|→|:|,)\s*/).map((side) => side.trim());
  const reads =
    caller !== undefined &&
    callee !== undefined &&
    more.length === 0 &&
    /^[a-z][a-z0-9-]*$/.test(caller) &&
    /^[a-z][a-z0-9-]*$/.test(callee);
  if (reads) return `write it as "${caller} -> ${callee}"`;
  return more.length > 0
    ? "an edge has one caller and one callee; write an edge for each, or name a set"
    : "one name, space, arrow, space, one name";
}
