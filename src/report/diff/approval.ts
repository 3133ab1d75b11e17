import type { ApprovalReason, Approver } from "../../diff/diff-report.ts";
import { foldNames } from "./fold-names.ts";
import type { Say } from "./say.ts";

/** Why somebody must approve. */
export const approvalWords = {
  "callee-owner": "owns what gains a caller",
  "service-owner": "owns what is changed",
  "rule-approver": "approves a rule that is touched",
  "exception-approver": "approves an exception that is touched",
  "former-owner": "owned it before",
} as const satisfies Readonly<Record<ApprovalReason, string>>;

/** Why somebody must approve, in order; of what nobody owns, the name says it. */
export function approvalReasonWords({ owner, reasons }: Approver): readonly string[] {
  return owner === null
    ? reasons.map((reason) => (reason === "callee-owner" ? "gains a caller" : "is changed"))
    : reasons.map((reason) => approvalWords[reason]);
}

/** Who can give an approval: on GitHub where the matrix says so, else the owner by name. */
export function approverNames({ github, owner, unowned = [] }: Approver, say: Say): readonly string[] {
  if (github.length > 0) return github.map(say.name);
  if (owner !== null) return [`${say.name(owner)} (not known to GitHub)`];
  return [
    unowned.length === 0
      ? "somebody"
      : `somebody for ${foldNames(unowned, say.name)} (nobody owns ${unowned.length === 1 ? "it" : "them"})`,
  ];
}
