import type { DiffReport } from "../../diff/diff-report.ts";
import type { DiffRuleId } from "../../diff/diff-rule-ids.ts";
import type { DiffFormatName } from "../../report/diff/format-names.ts";
import type { ValidatedMatrix } from "../../matrix/validate-matrix.ts";
import { escapeTerminal } from "../../report/terminal/escape-terminal.ts";
import type { Instant } from "../../time/instant.ts";
import { enumerateWords } from "../../words/enumerate-words.ts";
import { nearestName } from "../../words/nearest-name.ts";
import type { DiffFailure } from "../diff-failures.ts";
import { type DiffOperand, parseOperand } from "../diff-operand.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { findVersions, type MatrixVersion } from "../matrix-versions.ts";
import { nameForFormat } from "../name-for-format.ts";
import { readEarlierVersion, readVersion } from "../read-version.ts";
import { refuse } from "../refuse.ts";
import type { Session } from "../session.ts";
import { usableMatrix } from "../usable-matrix.ts";
import { UsageError } from "../usage-error.ts";
import { version } from "../version.ts";

interface Operands {
  readonly base: string | undefined;
  readonly head: string | undefined;
}

interface Given {
  readonly format: DiffFormatName;
  readonly failOn: readonly DiffFailure[];
  readonly env?: readonly string[];
  readonly mergeBase?: boolean;
  readonly detailedExitcode?: boolean;
  readonly asOf?: Instant;
}

/** `matrix diff`: what the step from one version of a matrix to another means. */
export async function diffVersions(session: Session, { base, head }: Operands, given: Given): Promise<ExitCode> {
  const { io, color, quiet, verbose } = session;
  const found = findVersions(io, {
    before: read(base),
    after: read(head),
    isMergeBase: given.mergeBase === true,
  });
  const notes = [...(verbose && found.parting !== undefined ? [found.parting] : []), ...found.notes];
  if (!quiet) for (const note of notes) io.stderr.write(`note: ${escapeTerminal(note)}\n`);
  const asOf = given.asOf ?? io.now();
  const readOne = (place: MatrixVersion, validated: ValidatedMatrix): Side | undefined =>
    readSide(session, place, { validated, format: given.format });
  const before = readOne(found.before, readEarlierVersion(session, found.before, asOf));
  const after = readOne(found.after, readVersion(found.after, asOf));
  if (before === undefined || after === undefined) return exitCodes.usage.code;
  checkEnvironments([before, after], given.env);
  const { diffFormats, diffMatrices, diffRules } = await import("../../diff/diff.ts");
  const report = diffMatrices({ before, after, environments: given.env });
  io.stdout.write(
    diffFormats[given.format](report, {
      color: color.stdout,
      width: io.stdout.width,
      quiet,
      verbose,
      rules: Object.values(diffRules),
      version,
    }),
  );
  const isFailing =
    given.failOn.some((each) => failures[each](report)) || (given.detailedExitcode === true && report.changed);
  return isFailing ? exitCodes.findings.code : exitCodes.clean.code;
}

const ruleFindings: readonly DiffRuleId[] = ["never-newly-broken", "never-newly-excused"];

const failures = {
  any: ({ changed }) => changed,
  broadens: ({ impact }) => impact === "broadens",
  reach: ({ reach }) => reach.gainedTotal > 0,
  rules: ({ findings }) => findings.some(({ rule }) => ruleFindings.includes(rule)),
} as const satisfies Readonly<Record<DiffFailure, (report: DiffReport) => boolean>>;

function read(word: string | undefined): DiffOperand | undefined {
  if (word === undefined) return undefined;
  const operand = parseOperand(word);
  if ("problem" in operand) throw new UsageError(operand.problem, operand.help);
  return operand;
}

type Side = Parameters<typeof import("../../diff/diff-matrices.ts").diffMatrices>[0]["before"];

/** One version, ready to be compared; undefined where it cannot be used, which is explained by then. */
function readSide(
  session: Session,
  place: MatrixVersion,
  { validated, format }: { readonly validated: ValidatedMatrix; readonly format: DiffFormatName },
): Side | undefined {
  const matrix = usableMatrix(validated);
  const { title, commit, isPresent } = place;
  if (matrix !== undefined) {
    const named = nameForFormat(session.io, format, validated, commit === null);
    // What is from git is called by its path from the top already.
    return { matrix, side: { name: commit === null ? named.name : title, commit, isPresent }, locate: named.locate };
  }
  session.io.stderr.write(`error: ${escapeTerminal(title)} has no definite meaning:\n`);
  refuse(session, validated, "diff");
  return undefined;
}

/** @throws UsageError where neither version has an environment that the command line names */
function checkEnvironments(sides: readonly Side[], wanted: readonly string[] = []): void {
  const known = [...new Set(sides.flatMap(({ matrix }) => matrix.environments.map(({ name }) => name)))].sort();
  for (const name of wanted) {
    if (known.includes(name)) continue;
    const near = nearestName(name, known);
    throw new UsageError(
      `neither version has an environment called "${name}"`,
      near === undefined ? `there are ${enumerateWords(known, "and")}` : `did you mean "${near}"?`,
    );
  }
}
