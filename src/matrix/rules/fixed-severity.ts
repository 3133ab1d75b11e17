import type { Draft } from "../../finding/draft.ts";
import { keyAt, valueAt } from "../text/place.ts";
import type { Rule } from "./rule.ts";
import { allRuleIds, fixedRuleIds, settingOf } from "./rule-ids.ts";

/** What stops synth cannot be argued away. */
export const fixedSeverity: Rule = {
  id: "fixed-severity",
  severity: "error",
  summary: "lint or an exception that names a rule which always counts",
  stopsSynth: true,
  *check({ root, document, exceptions }) {
    for (const id of Object.keys(document.lint ?? {})) {
      if (!allRuleIds.has(id) || settingOf(id, document.lint) !== undefined) continue;
      yield {
        message:
          settingOf(id, { [id]: "info" }) === undefined
            ? `the severity of ${id} cannot be changed`
            : `${id} cannot be turned off`,
        help: adviceFor(id),
        at: keyAt(root, "lint", id),
      } satisfies Draft;
    }
    for (const { key, value, place } of exceptions) {
      if (!fixedRuleIds.has(value.rule)) continue;
      yield {
        message: `the exception ${key} names ${value.rule}, which takes no exceptions`,
        help: isForOwnRules(value.rule)
          ? "write the name that the rule has under rules"
          : "delete it and correct what the rule finds",
        at: valueAt(place.file, ...place.path, "rule"),
      } satisfies Draft;
    }
  },
};

function adviceFor(id: string): string {
  if (isForOwnRules(id) || id === "broken-live") return "set severity on the rule itself";
  return fixedRuleIds.has(id)
    ? "delete the line and correct what the rule finds"
    : "delete the line; accept single findings with exceptions";
}

/** `never` and `require` stand for the rules of the matrix, which have names and severities of their own. */
function isForOwnRules(id: string): boolean {
  return id === "never" || id === "require";
}
