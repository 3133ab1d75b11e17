import type { Draft } from "../../finding/draft.ts";
import { parseEnd } from "../../time/instant.ts";
import { enumerateWords } from "../../words/enumerate-words.ts";
import { keyAt, valueAt } from "../text/place.ts";
import type { Rule } from "./rule.ts";

/** A rule that names its approvers is only as good as its exceptions. */
export const unapprovedException: Rule = {
  id: "unapproved-exception",
  severity: "error",
  summary: "an exception that no approver of its rule has approved",
  stopsSynth: true,
  *check({ rules, exceptions, asOf }) {
    const rulesByKey = new Map(rules.map((rule) => [rule.key, rule]));
    for (const { key, value, place } of exceptions) {
      const { rule: name, approvedBy, expires } = value;
      const rule = rulesByKey.get(name);
      const approvers = rule?.value.approvers;
      if (rule === undefined || approvers === undefined) continue;
      const end = parseEnd(expires);
      const hasEnded = end !== undefined && asOf >= end;
      if (hasEnded || (approvedBy !== undefined && approvers.includes(approvedBy))) continue;
      yield {
        message: `the exception ${key} from ${name} is approved by ${approvedBy === undefined ? "nobody" : `${approvedBy}, who is no approver of it`}, so it has no effect`,
        help: `have it approved by ${enumerateWords(approvers, "or")}, and write that under approvedBy`,
        at: valueAt(place.file, ...place.path, approvedBy === undefined ? "rule" : "approvedBy"),
        related: [{ message: "the approvers stand here", at: keyAt(rule.place.file, ...rule.place.path, "approvers") }],
      } satisfies Draft;
    }
  },
};
