import type { Draft } from "../../finding/draft.ts";
import { enumerateWords } from "../../words/enumerate-words.ts";
import { nearestName } from "../../words/nearest-name.ts";
import { unknownReferences } from "../model/references.ts";
import type { Rule } from "./rule.ts";

/** References to names that nothing in the matrix has. */
export const unknownName: Rule = {
  id: "unknown-name",
  severity: "error",
  summary: "a name that nothing in the matrix has",
  stopsSynth: true,
  *check(matrix) {
    for (const { name, place, known, what } of unknownReferences(matrix)) {
      yield { message: `no ${what} is called "${name}"`, help: suggest(name, known, what), at: place } satisfies Draft;
    }
  },
};

function suggest(name: string, known: ReadonlySet<string>, what: string): string {
  const near = nearestName(name, known);
  if (near !== undefined) return `did you mean "${near}"?`;
  if (name.startsWith("x-")) return "keys that start with x- are ignored, so nothing can be called that";
  if (known.size > 0 && known.size <= 8) return `known: ${enumerateWords([...known], "and")}`;
  return `declare it, or correct the name of the ${what}`;
}
