import type { Matrix } from "../../../matrix/model/matrix.ts";
import { PLACEHOLDER_OWNER } from "../../../matrix/model/placeholder.ts";
import type { ApprovalReason } from "../../diff-report.ts";
import type { DiffContext } from "../diff-context.ts";
import { knownOwners } from "./known-owners.ts";
import type { Need, WhoApproves } from "./need.ts";
import { approversOfRule } from "./of-rules.ts";
import { ownersBelow, ownersExcused } from "./reached-owners.ts";

/** The approvers of the rule that it is from; where the earlier version names none, its owners, and those of what it excuses. */
export const ofException: WhoApproves = ({ subject, impact }, context) => {
  const reason = "exception-approver";
  const answering = ({ exceptions }: Matrix): readonly (string | undefined)[] => {
    const value = exceptions.find(({ key }) => key === subject)?.value;
    return [value?.owner, value?.approvedBy];
  };
  if (impact !== "broadens") return handedOver(answering, context);
  const { before, after } = context.pair;
  const rules = [before, after].flatMap(
    ({ exceptions }) => exceptions.find(({ key }) => key === subject)?.value.rule ?? [],
  );
  const byRule = [...new Set(rules)].flatMap((rule) => approversOfRule(rule, context, reason));
  const isNamed = rules.every((rule) =>
    before.rules.some(({ key, value }) => key === rule && value.approvers !== undefined),
  );
  if (isNamed) return byRule;
  return [...byRule, ...answers(answering, reason, ownersExcused(subject ?? "", context), subject, context)];
};

/** Its owners, and those of every service below it. */
export const ofInherited: WhoApproves = ({ subject, impact }, context) => {
  const answering = ({ inherited }: Matrix): readonly (string | undefined)[] => [
    inherited.find(({ key }) => key === subject)?.value.owner,
  ];
  return impact === "broadens"
    ? answers(answering, "service-owner", ownersBelow(subject ?? "", context), subject, context)
    : handedOver(answering, context);
};

/** Who answers for an entry, and for what it reaches; nobody, where the change alone names all of them. */
function answers(
  answering: (matrix: Matrix) => readonly (string | undefined)[],
  reason: ApprovalReason,
  reached: readonly Need[],
  subject: string | null,
  { pair: { before, after } }: DiffContext,
): readonly Need[] {
  const own = new Set([before, after].flatMap(answering).flatMap((owner) => owner ?? []));
  own.delete(PLACEHOLDER_OWNER);
  const known = knownOwners(before);
  const isSelfMade = before.worlds.length > 0 && reached.length === 0 && ![...own].some((owner) => known.has(owner));
  return [
    ...[...own].map((owner) => ({ owner, reason })),
    ...reached,
    ...(isSelfMade ? [{ owner: null, unowned: subject ?? "", reason }] : []),
  ];
}

/** Who answered for an entry and does not any more, though the entry stands. */
function handedOver(
  answering: (matrix: Matrix) => readonly (string | undefined)[],
  { pair: { before, after } }: DiffContext,
): readonly Need[] {
  const now = new Set(answering(after));
  // The owner of an entry is always given: without it there is no such entry any more.
  return answering(before).flatMap((owner) =>
    owner === undefined || owner === PLACEHOLDER_OWNER || now.has(owner) ? [] : [{ owner, reason: "former-owner" }],
  );
}
