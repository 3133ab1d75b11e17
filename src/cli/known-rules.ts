import { diffRuleIdList } from "../diff/diff-rule-ids.ts";
import { guardRuleIdList } from "../guard/guard-rule-ids.ts";
import { allRuleIds } from "../matrix/rules/rule-ids.ts";

/** Every rule that has a page. Only those of validate and drift can stand in a matrix. */
export const knownRuleIds: ReadonlySet<string> = new Set([...allRuleIds, ...diffRuleIdList, ...guardRuleIdList]);
