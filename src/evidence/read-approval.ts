import { parseInstant } from "../time/instant.ts";
import { isObject } from "../words/json.ts";
import type { CommitNeed } from "./statement.ts";

/** What a pack uses of a record of schema `matrix/approvals/v1`. */
export interface ApprovalFacts {
  readonly repository: string;
  readonly pullRequest: number;
  readonly head: string;
  readonly compared: string;
  /** The root file of the matrix, from the top of the repository. */
  readonly matrix: string;
  /** When it was written, as an ISO timestamp. */
  readonly asOf: string;
  readonly complete: boolean;
  readonly needs: readonly (CommitNeed & { readonly state: string })[];
  readonly approvers: readonly string[];
}

const commit = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
const states: ReadonlySet<unknown> = new Set(["approved", "missing", "unknown", "unassigned"]);

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
  const { repository, pullRequest, author, head, compared, base, matrix, asOf, complete } = value;
  if (typeof repository !== "string") return { problem: "it names no repository" };
  if (typeof author !== "string") return { problem: "it names no author" };
  if (typeof pullRequest !== "number" || !Number.isSafeInteger(pullRequest) || pullRequest < 1)
    return { problem: "it names no pull request" };
  if (!isCommit(head) || !isCommit(compared) || !isCommit(base)) return { problem: "it names no commits" };
  if (typeof matrix !== "string") return { problem: "it names no matrix" };
  if (typeof asOf !== "string" || parseInstant(asOf) === undefined)
    return { problem: "it does not say when it was written" };
  if (typeof complete !== "boolean" || !Array.isArray(value["needs"]))
    return { problem: "it does not say who had to approve" };
  const needs: (CommitNeed & { readonly state: string })[] = [];
  const approvers: string[] = [];
  for (const need of value["needs"] as readonly unknown[]) {
    if (!isObject(need) || !Array.isArray(need["approvals"]))
      return { problem: "one of its needs is not as the schema says" };
    const { owner, github, fingerprints, state } = need;
    if ((owner !== null && typeof owner !== "string") || !isTexts(github) || !isTexts(fingerprints) || !isState(state))
      return { problem: "one of its needs is not as the schema says" };
    needs.push({ owner, github, fingerprints, state });
    const users = usersOf(need["approvals"]);
    if (users === undefined) return { problem: "one of its approvals names nobody" };
    if (users.some((user) => user.toLowerCase() === author.toLowerCase()))
      return { problem: "the author is among those who approved" };
    if (state === "approved" && users.length === 0) return { problem: "one of its needs is approved by nobody" };
    const { problems } = need;
    if (!isTexts(problems)) return { problem: "one of its needs is not as the schema says" };
    if (state === "approved" && problems.length > 0)
      return { problem: "one of its needs is approved, and has problems" };
    approvers.push(...users);
  }
  if (complete !== needs.every(({ state }) => state === "approved"))
    return { problem: `it says ${complete ? "" : "not "}complete, and its needs say something else` };
  return {
    repository,
    pullRequest,
    head,
    compared,
    matrix,
    asOf,
    complete,
    needs,
    approvers: [...new Set(approvers)].sort(),
  };
}

function usersOf(approvals: readonly unknown[]): readonly string[] | undefined {
  const users = approvals.flatMap((each) => (isObject(each) && typeof each["user"] === "string" ? [each["user"]] : []));
  return users.length === approvals.length ? users : undefined;
}

function isState(value: unknown): value is string {
  return states.has(value);
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === "string");
}

function isCommit(value: unknown): value is string {
  return typeof value === "string" && commit.test(value);
}
