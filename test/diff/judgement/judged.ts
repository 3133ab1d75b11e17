import { compareMatrices } from "../../../src/diff/compare-matrices.ts";
import type { Approver, DiffFinding } from "../../../src/diff/diff-report.ts";
import { type JudgedChanges, judgeChanges } from "../../../src/diff/judge-changes.ts";
import { liftedPaths } from "../../../src/diff/lifted-paths.ts";
import { neverDelta } from "../../../src/diff/never-delta.ts";
import { pairMatrices } from "../../../src/diff/pair-matrices.ts";
import { reachDelta } from "../../../src/diff/reach-delta.ts";
import type { Matrix } from "../../../src/matrix/model/matrix.ts";
import { type ValidatedMatrix, validateMatrix } from "../../../src/matrix/validate-matrix.ts";
import { today, treeOf } from "../../matrix/in-memory.ts";

/** The environment of examples that are about something else. */
const HEAD = `version: 1
environments:
  prod: { project: acme-prod, number: "111111111111", regions: [europe-west1] }
`;

/** What the step between two versions means, both written in one: lines of the earlier start with -, of the later with +. */
export function judgeDiff(diff: string): JudgedChanges {
  const [before, after] = versionsOf(diff);
  return judgeTexts(before, after);
}

/** Both versions of a text with marks; every line has one, a blank where it is in both. */
export function versionsOf(diff: string): readonly [string, string] {
  const lines = diff.split("\n").filter((line) => line !== "");
  const version = (left: string): string =>
    lines
      .filter((line) => !line.startsWith(left))
      .map((line) => `${line.slice(1)}\n`)
      .join("");
  return [version("+"), version("-")];
}

export function judgeTexts(before: string, after: string): JudgedChanges {
  const [then, now] = [read(before), read(after)];
  return judgeValidated(then, now);
}

function judgeValidated(then: ValidatedMatrix, now: ValidatedMatrix): JudgedChanges {
  const pair = pairMatrices(usable(then), usable(now));
  return judgeChanges({
    pair,
    facts: compareMatrices(pair),
    reach: reachDelta(pair),
    nevers: [...neverDelta(pair), ...liftedPaths(pair)],
    locateBefore: then.locate,
    locateAfter: now.locate,
  });
}

function read(text: string): ValidatedMatrix {
  const whole = text.includes("environments:\n  ") && text.startsWith("version:") ? text : HEAD + text;
  const validated = validateMatrix(treeOf({ "matrix.yaml": whole }), "matrix.yaml", today);
  if ("problem" in validated) throw new Error(validated.problem);
  return validated;
}

/** As the command takes it: what a `never` or `require` rule says is no reason to refuse. */
function usable({ matrix, findings }: ValidatedMatrix): Matrix {
  const stopping = findings.filter(({ stopsSynth, rule }) => stopsSynth && rule !== "never" && rule !== "require");
  if (matrix === undefined || stopping.length > 0)
    throw new Error(findings.map(({ rule, message, span }) => `${rule} ${span.line}: ${message}`).join("\n"));
  return matrix;
}

/** The changes with their impact, one line each: `broadens edge-added a -> b in prod (caller-gained)`. */
export function tellChanges({ changes }: JudgedChanges): readonly string[] {
  return changes.map(({ impact, kind, subject, environments, rules }) => {
    const where = environments.length === 0 ? "" : ` in ${environments.join(", ")}`;
    return `${impact} ${kind}${subject === null ? "" : ` ${subject}`}${where}${rules.length === 0 ? "" : ` (${rules.join(", ")})`}`;
  });
}

export function tellFinding({ severity, rule, message, help, environments, path }: DiffFinding): string {
  const where = environments.length === 0 ? "" : ` (${environments.join(", ")})`;
  return `${severity}[${rule}]: ${message}${where}${path.length === 0 ? "" : `\n  | ${path.join(" -> ")}`}${help === null ? "" : `\n  = help: ${help}`}`;
}

export function tellApprover({ owner, github, reasons }: Approver): string {
  return `${owner ?? "nobody"} ${github.join(" ") || "-"} (${reasons.join(", ")})`;
}

/** All three, for examples that are about the whole. */
export function tell(judged: JudgedChanges): readonly string[] {
  return [
    ...tellChanges(judged),
    ...judged.findings.map((finding) => tellFinding(finding).split("\n", 1).join("")),
    ...judged.approvers.map((approver) => `needs ${tellApprover(approver)}`),
  ];
}
