import type { Draft } from "../../finding/draft.ts";
import { keyAt } from "../text/place.ts";
import { briefText } from "../../words/brief.ts";
import type { Rule } from "./rule.ts";

/** Longer keys are no slip: what one could mean is not looked for. */
const MAX_LENGTH = 200;
const MAX_NAME = 49;

/** The key of an edge must read `caller -> callee`. */
export const edgeKey: Rule = {
  id: "edge-key",
  severity: "error",
  summary: "a key under trust that does not read `caller -> callee`",
  stopsSynth: true,
  *check({ edges }) {
    for (const { key, file, caller } of edges) {
      if (caller !== undefined) continue;
      const at = keyAt(file, "trust", key);
      const sides = key.length > MAX_LENGTH ? [] : key.split(" -> ").map((side) => side.trim());
      const [from = "", to = ""] = sides;
      // With the right arrow between two words, it is a word that is wrong.
      const wrong =
        sides.length === 2 && from !== "" && to !== "" ? [from, to].find((side) => !isName(side)) : undefined;
      if (wrong === undefined) {
        yield {
          message: `"${briefText(key)}" does not read caller -> callee`,
          help: suggest(key),
          at,
        } satisfies Draft;
        continue;
      }
      yield {
        message: `"${briefText(wrong)}" is not a name`,
        help: suggestNames(wrong, from, to),
        at: { ...at, word: wrong, occurrence: wrong === from ? "first" : "last" },
      } satisfies Draft;
    }
  },
};

function isName(text: string): boolean {
  return text.length <= MAX_NAME && /^[a-z]([a-z0-9-]*[a-z0-9])?$/.test(text);
}

/** The name that a text was most likely meant to be. */
function asName(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^[^a-z]+|-+$/g, "");
}

const onePair = "an edge has one caller and one callee; write an edge for each, or name a set";
const noWildcards = "there are no wildcards; name a set";

function suggestNames(wrong: string, from: string, to: string): string {
  if (wrong.includes("*")) return noWildcards;
  if (wrong.includes(",")) return onePair;
  const [caller, callee] = [from, to].map((side) => (isName(side) ? side : asName(side)));
  const form = "names are lower-case letters, digits and hyphens";
  return isName(caller ?? "") && isName(callee ?? "") ? `${form}: write it as "${caller} -> ${callee}"` : form;
}

function suggest(key: string): string {
  const form = 'write it as "checkout -> billing": caller, space, ->, space, callee';
  if (key.length > MAX_LENGTH) return form;
  const sides = key.split(/(?:<?[-=–—]*>|→|:|,)/).map((side) => side.trim());
  if (sides.length > 2) return onePair;
  const [caller = "", callee = ""] = sides;
  if (key.includes("*")) return noWildcards;
  return isName(caller) && isName(callee) ? `write it as "${caller} -> ${callee}"` : form;
}
