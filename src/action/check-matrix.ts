import { type ExitCode, exitCodes } from "../cli/exit-codes.ts";
import { type DiffSummary, parseDiff } from "./diff-summary.ts";
import type { Task } from "./read-task.ts";
import type { Disk } from "../files/disk.ts";
import type { MatrixRun } from "./run-matrix.ts";

/** What came out of the three commands. */
export interface Checked {
  readonly codes: readonly ExitCode[];
  /** For the log, annotations among it; every line is from the program's own encoders. */
  readonly log: string;
  /** For people, beside the diff: what else is wrong. */
  readonly notes: readonly string[];
  /** Undefined where the two versions could not be compared. */
  readonly diff: { readonly summary: DiffSummary; readonly markdown: string } | undefined;
}

/**
 * Runs validate, synth --check where output is committed, and diff, all at one moment.
 * @param disk with the files of the commit
 */
export async function checkMatrix(
  { inputs, versions, matrix, out, asOf }: Task,
  disk: Disk,
  matrixRun: (argv: readonly string[]) => Promise<MatrixRun>,
): Promise<Checked> {
  const moment = `--as-of=${asOf}`;
  const codes: ExitCode[] = [];
  const notes: string[] = [];
  let log = "";
  const step = async (argv: readonly string[], what: string): Promise<MatrixRun> => {
    const done = await matrixRun(argv);
    codes.push(done.code);
    log += `matrix ${what}\n${done.stdout}${done.stderr}`;
    return done;
  };

  // A change may remove the matrix; then there is nothing to validate, and the diff says what is gone.
  if (disk.exists(matrix)) {
    const validated = await step(
      ["validate", "--format=github", moment, `--new-since=${versions.base.id}`, "--", matrix],
      "validate",
    );
    if (validated.code !== exitCodes.clean.code)
      notes.push("The matrix is not valid: see the annotations of this run.");
    if (out !== undefined) {
      const synthesized = await step(["synth", "--check", moment, `--out=${out}`, "--", matrix], "synth --check");
      if (synthesized.code !== exitCodes.clean.code)
        notes.push("The committed output is not what the matrix makes now: see the log of this run.");
    }
  }
  const operands = ["--", versions.base.id, `${versions.head.id}:${matrix}`];
  const compare = (format: string, more: readonly string[] = []): readonly string[] => [
    "diff",
    `--format=${format}`,
    moment,
    ...more,
    ...operands,
  ];
  const json = await matrixRun(
    compare(
      "json",
      inputs.failOn.map((word) => `--fail-on=${word}`),
    ),
  );
  codes.push(json.code);
  log += `matrix diff\n${json.stderr}`;
  if (json.code !== exitCodes.clean.code && json.code !== exitCodes.findings.code)
    return { codes, log, notes, diff: undefined };
  const [annotations, markdown] = [await matrixRun(compare("github")), await matrixRun(compare("markdown"))];
  codes.push(annotations.code, markdown.code);
  log += annotations.stdout;
  return { codes, log, notes, diff: { summary: parseDiff(json.stdout), markdown: markdown.stdout } };
}
