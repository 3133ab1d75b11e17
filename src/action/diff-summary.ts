import { isObject } from "../words/json.ts";
import type { Approver } from "../diff/diff-report.ts";

/** What the action needs of `matrix diff --format json`. */
export interface DiffSummary {
  readonly changed: boolean;
  readonly impact: string;
  readonly approvers: readonly Pick<Approver, "owner" | "github" | "changes">[];
}

/** @throws Error where it is no matrix/diff/v1: both come from one version of the program */
export function parseDiff(text: string): DiffSummary {
  const value: unknown = JSON.parse(text);
  if (
    !isObject(value) ||
    value.schema !== "matrix/diff/v1" ||
    typeof value.changed !== "boolean" ||
    typeof value.impact !== "string" ||
    !Array.isArray(value.approvers)
  )
    throw new Error("matrix diff did not write a matrix/diff/v1");
  return { changed: value.changed, impact: value.impact, approvers: value.approvers.map(parseApprover) };
}

function parseApprover(value: unknown): DiffSummary["approvers"][number] {
  if (!isObject(value) || (value.owner !== null && typeof value.owner !== "string"))
    throw new Error("an approver of matrix diff has no owner");
  return { owner: value.owner, github: texts(value.github), changes: texts(value.changes) };
}

function texts(value: unknown): readonly string[] {
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value;
  throw new Error("an approver of matrix diff lacks a list of words");
}
