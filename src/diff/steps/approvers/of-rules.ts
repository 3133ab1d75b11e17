import type { ApprovalReason } from "../../diff-report.ts";
import type { DiffContext } from "../diff-context.ts";
import type { Need, WhoApproves } from "./need.ts";
import { ownersGuarded } from "./reached-owners.ts";

/** The approvers that a rule of the matrix names in either version. */
export function approversOfRule(
  rule: string | null,
  { pair: { before, after } }: DiffContext,
  reason: ApprovalReason = "rule-approver",
): readonly Need[] {
  const named = [before, after].flatMap(({ rules }) => rules.find(({ key }) => key === rule)?.value.approvers ?? []);
  return [...new Set(named)].map((owner) => ({ owner, reason }));
}

/** The first approvers of a rule decide from then on for the owners of what it guards, who did so before. */
export const ofFirstApprovers: WhoApproves = ({ subject }, context) => {
  const [then, now] = [context.pair.before, context.pair.after].map(
    ({ rules }) => rules.find(({ key }) => key === subject)?.value,
  );
  const isFirst = then !== undefined && then.approvers === undefined && now?.approvers !== undefined;
  return isFirst ? ownersGuarded(then, context) : [];
};
