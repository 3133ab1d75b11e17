import { appendFileSync } from "node:fs";
import { type ExitCode, exitCodes } from "../cli/exit-codes.ts";
import { formatJson } from "../report/json/format-json.ts";
import { workflowCommand } from "../report/github/workflow-command.ts";
import { markdownCode } from "../report/markdown/markdown-text.ts";
import { escapeTerminal } from "../report/terminal/escape-terminal.ts";
import { type ActionWorld, runnerVariable } from "./action-world.ts";
import type { Approvals } from "./approvals.ts";
import type { Checked } from "./check-matrix.ts";
import { collectApprovals } from "./collect-approvals.ts";
import { approvalsLines, approvalsMarkdown } from "./describe-approvals.ts";
import type { DiffSummary } from "./diff-summary.ts";
import { formatOutputs } from "./format-outputs.ts";
import { type GitHubWorld, openGitHub } from "./github-world.ts";
import { COMMENT_LIMIT, commentMarker, putComment } from "./put-comment.ts";
import type { Task } from "./read-task.ts";
import { writeRecord } from "./write-record.ts";
import { writeSummary } from "./write-summary.ts";

/** In bytes, with what GitHub may add. */
const MARKER_ROOM = 200;

/**
 * Tells what came out: outputs of the step, approvals and their record, the summary of the job, the comment.
 * @returns what approvals make of the exit code
 */
export async function reportResult(world: ActionWorld, task: Task, checked: Checked): Promise<ExitCode> {
  const { diff } = checked;
  if (diff !== undefined) writeOutputs(world, diffOutputs(diff.summary));
  const { inputs, pull } = task;
  const isAsking = pull !== undefined && (inputs.comment || inputs.requireApprovals);
  const github = isAsking ? openGitHub(world) : undefined;
  try {
    const approvals = await approvalsOf(world, task, checked, github);
    const body = describeResult(task, checked, approvals);
    if (!writeSummary(runnerVariable(world, "GITHUB_STEP_SUMMARY"), body))
      say(world, "notice", "the summary of the job has no room left for the diff");
    if (github !== undefined && inputs.comment) await comment(world, task, checked, github, body);
    return approvals === undefined ? exitCodes.clean.code : codeOf(approvals);
  } finally {
    await github?.close();
  }
}

function writeOutputs(world: ActionWorld, outputs: Readonly<Record<string, string>>): void {
  const file = runnerVariable(world, "GITHUB_OUTPUT");
  if (file !== undefined) appendFileSync(file, formatOutputs(outputs));
}

function diffOutputs({ changed, impact, approvers }: DiffSummary): Readonly<Record<string, string>> {
  const names = new Set(approvers.flatMap(({ github }) => github));
  return {
    changed: String(changed),
    broadens: String(impact === "broadens"),
    approvers: JSON.stringify([...names].sort()),
  };
}

/** The approvals, recorded; undefined where none are asked for, or it is not known which the change needs. */
async function approvalsOf(
  world: ActionWorld,
  task: Task,
  { diff }: Checked,
  github: GitHubWorld | undefined,
): Promise<Approvals | undefined> {
  const { inputs, pull, folder, workspace } = task;
  if (diff === undefined || pull === undefined || github === undefined || !inputs.requireApprovals) return undefined;
  const approvals = await collectApprovals(github, task, pull, diff.summary);
  const inside = [workspace, runnerVariable(world, "RUNNER_TEMP") ?? workspace];
  const file = writeRecord(inputs.approvalsFile, formatJson(approvals), folder, inside);
  writeOutputs(world, { approved: String(approvals.complete), "approvals-file": file });
  const lines = approvalsLines(approvals);
  world.io.stdout.write(`approvals of ${pull.head}\n${lines.map((line) => `  ${escapeTerminal(line)}\n`).join("")}`);
  if (!approvals.complete) say(world, "error", lackingOf(approvals).join("\n"));
  return approvals;
}

function lackingOf({ needs }: Approvals): readonly string[] {
  return needs.flatMap(({ owner, problems }) =>
    problems.map((problem) => (owner === null ? problem : `${owner}: ${problem}`)),
  );
}

function codeOf({ complete, needs }: Approvals): ExitCode {
  if (complete) return exitCodes.clean.code;
  return needs.some(({ state }) => state === "unknown") ? exitCodes.incomplete.code : exitCodes.findings.code;
}

/** What people read, short enough for a comment. */
function describeResult({ matrix, pull }: Task, { diff, notes }: Checked, approvals: Approvals | undefined): string {
  const name = markdownCode(matrix);
  const main =
    diff === undefined
      ? `${name} could not be compared with the base: see the log of this run.\n`
      : diff.summary.changed
        ? diff.markdown
        : `${pull === undefined ? "This" : "This pull request"} does not change what ${name} means.\n`;
  const text = [...notes.map((note) => `${note}\n`), main].join("\n");
  if (approvals === undefined || approvals.needs.length === 0) return text;
  const whole = `${text}\n${approvalsMarkdown(approvals)}`;
  return Buffer.byteLength(whole) < COMMENT_LIMIT - MARKER_ROOM
    ? whole
    : `${text}\nWho has approved is in the log of this run.\n`;
}

async function comment(
  world: ActionWorld,
  { inputs, pull, matrix }: Task,
  { diff, notes }: Checked,
  github: GitHubWorld,
  body: string,
): Promise<void> {
  if (pull === undefined) return;
  if (inputs.token === undefined) {
    say(world, "notice", "no comment was written, since there is no token: the summary of the job says the same");
    return;
  }
  const place = {
    ...github.repository,
    number: pull.number,
    marker: commentMarker(matrix),
    author: inputs.commentAuthor,
  };
  const isNews = diff?.summary.changed === true || notes.length > 0;
  const done = await putComment(github.clientFor(inputs.token), place, body, isNews);
  if (done.kind === "not-allowed")
    say(
      world,
      "notice",
      `the token may not comment on this pull request (${done.reason}), as on those of forks: the summary of the job says the same`,
    );
  else if (done.kind === "failed")
    say(world, "warning", `the comment could not be written (${done.reason}): the summary of the job says the same`);
}

function say({ io }: ActionWorld, level: "error" | "warning" | "notice", text: string): void {
  io.stdout.write(`${workflowCommand(level, { title: "matrix" }, text)}\n`);
}
