import { isObject } from "../words/json.ts";

/** What a pack uses of a record of schema `matrix/approvals/v1`. */
export interface ApprovalFacts {
  readonly repository: string;
  readonly pullRequest: number;
  readonly head: string;
  readonly compared: string;
  readonly complete: boolean;
  readonly approvers: readonly string[];
}

const commit = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
const states = new Set<unknown>(["approved", "missing", "unknown", "unassigned"]);

/** The record in a text, or why it is none. */
export function readApproval(text: string): ApprovalFacts | { readonly problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: "it is not JSON" };
  }
  if (!isObject(value) || value["schema"] !== "matrix/approvals/v1")
    return { problem: 'it does not say "schema": "matrix/approvals/v1"' };
  const { repository, pullRequest, head, compared, base, complete, needs } = value;
  if (typeof repository !== "string") return { problem: "it names no repository" };
  if (typeof pullRequest !== "number" || !Number.isSafeInteger(pullRequest) || pullRequest < 1)
    return { problem: "it names no pull request" };
  if (!isCommit(head) || !isCommit(compared) || !isCommit(base)) return { problem: "it names no commits" };
  if (typeof complete !== "boolean" || !Array.isArray(needs)) return { problem: "it does not say who had to approve" };
  const approvers: string[] = [];
  for (const need of needs as readonly unknown[]) {
    if (!isObject(need) || !states.has(need["state"]) || !Array.isArray(need["approvals"]))
      return { problem: "one of its needs is not as the schema says" };
    if (complete && need["state"] !== "approved")
      return { problem: "it says complete, and one of its needs is not approved" };
    for (const each of need["approvals"] as readonly unknown[]) {
      if (!isObject(each) || typeof each["user"] !== "string") return { problem: "one of its approvals names nobody" };
      approvers.push(each["user"]);
    }
  }
  return { repository, pullRequest, head, compared, complete, approvers: [...new Set(approvers)].sort() };
}

function isCommit(value: unknown): value is string {
  return typeof value === "string" && commit.test(value);
}
