import type { Draft } from "../../finding/draft.ts";
import { keyAt, valueAt } from "../text/place.ts";
import type { Rule } from "./rule.ts";
import { fixedRuleIds } from "./rule-ids.ts";

/** What stops synth cannot be argued away. */
export const fixedSeverity: Rule = {
  id: "fixed-severity",
  severity: "error",
  summary: "lint or an exception that names a rule which always counts",
  stopsSynth: true,
  *check({ root, document, exceptions }) {
    for (const id of Object.keys(document.lint ?? {})) {
      if (!fixedRuleIds.has(id)) continue;
      yield {
        message: `the severity of ${id} cannot be changed`,
        help: "delete the line; synth could not go on anyway",
        at: keyAt(root, "lint", id),
      } satisfies Draft;
    }
    for (const { key, value, place } of exceptions) {
      if (!fixedRuleIds.has(value.rule)) continue;
      yield {
        message: `the exception ${key} names ${value.rule}, to which there are none`,
        help: "for a rule of the matrix, write the name that it has under rules",
        at: valueAt(place.file, ...place.path, "rule"),
      } satisfies Draft;
    }
  },
};
