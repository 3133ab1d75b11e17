import type { ApprovalReason, Approver } from "../../diff/diff-report.ts";
import type { Say } from "./say.ts";

/** Why somebody must approve. */
export const approvalWords = {
  "callee-owner": "owns what gains a caller",
  "service-owner": "owns what is changed",
  "rule-approver": "approves a rule that is touched",
  "exception-approver": "approves an exception that is touched",
  "former-owner": "owned it before",
} as const satisfies Readonly<Record<ApprovalReason, string>>;

/** Who can give an approval: on GitHub where the matrix says so, else the owner by name. */
export function approverNames({ github, owner }: Approver, say: Say): readonly string[] {
  if (github.length > 0) return github.map(say.name);
  return [owner === null ? "somebody (nobody owns it)" : `${say.name(owner)} (not known to GitHub)`];
}
