import type { Draft } from "../../finding/draft.ts";
import type { Matrix } from "../model/matrix.ts";
import { type Place, valueAt } from "../text/place.ts";
import { allRuleIds } from "./rule-ids.ts";
import type { Rule } from "./rule.ts";

const nouns = { services: "service", callers: "caller", sets: "set" } as const;

/** Services, callers and sets share one namespace, over all files; so do rules, matrix's own and those of the file. */
export const duplicateName: Rule = {
  id: "duplicate-name",
  severity: "error",
  summary: "a name, a rule's name or an exception's id that is taken already",
  stopsSynth: true,
  *check(matrix) {
    for (const { again, first } of matrix.duplicates) {
      yield {
        message: `${again.key} is the name of a ${nouns[first.section]} already`,
        help: "services, callers and sets share one namespace; rename one of them",
        at: again.place,
        related: [{ message: "the first stands here", at: first.place }],
      } satisfies Draft;
    }
    for (const { key, place } of matrix.rules) {
      if (!allRuleIds.has(key)) continue;
      yield {
        message: `${key} is the name of a rule of matrix itself`,
        help: "exceptions and findings name rules; choose another name",
        at: place,
      } satisfies Draft;
    }
    yield* repeatedExceptions(matrix);
  },
};

function* repeatedExceptions({ exceptions }: Matrix): Iterable<Draft> {
  const first = new Map<string, Place>();
  for (const { key, place } of exceptions) {
    const at = valueAt(place.file, ...place.path, "id");
    const other = first.get(key);
    if (other === undefined) {
      first.set(key, at);
      continue;
    }
    yield {
      message: `${key} is the id of an exception already`,
      help: "findings name the exception that accepts them; give each an id of its own",
      at,
      related: [{ message: "the first stands here", at: other }],
    };
  }
}
