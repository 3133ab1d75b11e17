import type { findBirth, Trail } from "../../access-review/find-past.ts";
import type { signedData } from "../../access-review/plan-sign.ts";
import type { readWorksheet } from "../../access-review/read-worksheet.ts";
import type { ReviewRow } from "../../access-review/review-rows.ts";
import type { FileTree } from "../../files/file-tree.ts";
import { overlayTree } from "../../files/overlay-tree.ts";
import { rewriteYaml } from "../../matrix/edit/rewrite-yaml.ts";
import type { Matrix } from "../../matrix/model/matrix.ts";
import { parseYaml } from "../../matrix/text/parse-yaml.ts";
import { sourceText } from "../../matrix/text/source-text.ts";
import { validateMatrix } from "../../matrix/validate-matrix.ts";
import { changedLines } from "../../modes/changed-lines.ts";
import { escapeTerminal } from "../../report/terminal/escape-terminal.ts";
import { formatInstant, parseInstant } from "../../time/instant.ts";
import { compareText } from "../../words/compare-text.ts";
import { describeSigned } from "../describe-signed.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { checkEnvironments, findMatrix, readMatrix, STDIN } from "../matrix-source.ts";
import { type PickedRows, rowsOfEdges, rowsOfOwner, rowsOfWorksheet } from "../pick-review-rows.ts";
import { refuse } from "../refuse.ts";
import type { Session } from "../session.ts";
import { usableMatrix } from "../usable-matrix.ts";
import { UsageError } from "../usage-error.ts";
import { worsened } from "../worsened.ts";
import { checkOwner, historyOf } from "./start-review.ts";

/** More than the worksheet of a matrix of 10,000 rows has. */
const MAX_WORKSHEET_BYTES = 64 * 1024 * 1024;

interface Given {
  readonly owner?: string;
  readonly all?: boolean;
  readonly worksheet?: string;
  readonly env?: string;
  readonly date?: string;
  readonly file?: string;
  readonly dryRun?: boolean;
  readonly format?: "text" | "json";
}

/** `matrix review sign`: the date of a review, written into the files of the matrix. */
export async function signReview(session: Session, words: readonly string[], given: Given): Promise<ExitCode> {
  const { io } = session;
  checkWhat(words, given);
  const today = formatInstant(io.now()).slice(0, 10);
  const date = dateOf(given.date ?? today, today);
  const { name, tree } = findMatrix(io, given.file);
  if (name === STDIN) throw new UsageError("standard input cannot be changed", "name the matrix with --file");
  const validated = readMatrix(io, name, io.now());
  const matrix = usableMatrix(validated);
  if (matrix === undefined) return refuse(session, validated, "review sign", exitCodes.usage.code);
  checkEnvironments(validated, given.env === undefined ? undefined : [given.env]);
  checkOwner(matrix, given.owner);
  const review = await import("../../access-review/review.ts");
  const before = review.reviewRows(matrix);
  const asked = pick(session, before, words, given, review.readWorksheet);
  const { signed: wanted, kept } = review.planSign(asked.rows, date, today);
  const isPast = date < today && wanted.length > 0;
  const picked = isPast
    ? dropUnborn(session, { ...asked, rows: wanted }, { matrix, date, name, findBirth: review.findBirth })
    : { ...asked, rows: wanted };
  const plan = { signed: picked.rows, kept };
  const files = editFiles(tree, plan.signed, date, review.signedData);
  const after = validateMatrix(
    overlayTree(tree, new Map([...files].map(([file, each]) => [file, each.after]))),
    name,
    io.now(),
  );
  if ("problem" in after) throw new UsageError(after.problem, after.help);
  const worse = worsened(validated, after);
  if (worse !== undefined) return refuse(session, worse, "review sign");
  // A review changes no access: whatever a file may look like, this must hold.
  if (after.matrix === undefined || review.hashOfRows(review.reviewRows(after.matrix)) !== review.hashOfRows(before))
    throw new Error("review sign would change more than dates");
  if (given.dryRun !== true) for (const [file, each] of files) io.disk.overwrite(file, each.after);
  const described = describeSigned({ ...plan, ...picked, date }, session, {
    format: given.format ?? "text",
    lines:
      given.dryRun === true
        ? new Map([...files].map(([file, each]) => [file, changedLines(each.before, each.after)]))
        : undefined,
  });
  io.stdout.write(described.stdout);
  io.stderr.write(described.stderr);
  return picked.refused.length > 0 ? exitCodes.findings.code : exitCodes.clean.code;
}

/** @throws UsageError where it is not said what to sign, or in two ways */
function checkWhat(words: readonly string[], { owner, all, worksheet, env }: Given): void {
  const ways = [words.length > 0, owner !== undefined, all === true, worksheet !== undefined].filter(Boolean).length;
  if (ways === 0) throw new UsageError("nothing is named to sign", "name edges, or add --owner, --all or --worksheet");
  if (ways > 1) throw new UsageError("edges, --owner, --all and --worksheet exclude each other", "give one of them");
  if (worksheet !== undefined && env !== undefined)
    throw new UsageError("a worksheet says itself which rows it is about", "leave --env out");
}

/** @throws UsageError where it is no day, or one that has not come, or is long before any matrix */
function dateOf(date: string, today: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || parseInstant(date) === undefined)
    throw new UsageError(`"${date}" is no date`, `write it like ${today}`);
  // Nobody reviewed a row of a matrix before there was one: a day like 1970-01-01 is a slip.
  if (date < "2000-01-01") throw new UsageError(`${date} is too long ago to be true`, `today is ${today}, in UTC`);
  if (date > today) throw new UsageError(`${date} has not come yet`, `today is ${today}, in UTC`);
  return date;
}

function pick(
  { io }: Session,
  rows: readonly ReviewRow[],
  words: readonly string[],
  { owner, worksheet, env }: Given,
  read: typeof readWorksheet,
): PickedRows {
  if (words.length > 0) return rowsOfEdges(rows, words, env);
  if (worksheet === undefined) return rowsOfOwner(rows, owner, env);
  const bytes =
    worksheet === "-" ? io.readStdin(MAX_WORKSHEET_BYTES) : io.disk.readData(worksheet, MAX_WORKSHEET_BYTES);
  const name = worksheet === "-" ? "standard input" : worksheet;
  return rowsOfWorksheet(rows, read(Buffer.from(bytes).toString("utf8")), name);
}

/** What somebody picked, without the rows that were something else on that day, or were not there. */
function dropUnborn(
  { io, quiet }: Session,
  picked: PickedRows,
  { matrix, date, name, findBirth: birthsOf }: Day,
): PickedRows {
  const history = historyOf(io, name);
  if (typeof history === "string") {
    if (!quiet) io.stderr.write(`note: whether the rows were so on ${date} is not known: ${escapeTerminal(history)}\n`);
    return picked;
  }
  const births = birthsOf(picked.rows, matrix, history);
  const judged = picked.rows.map((row) => ({ row, why: unbornBefore(births.get(row), date) }));
  return {
    ...picked,
    rows: judged.flatMap(({ row, why }) => (why === undefined ? [row] : [])),
    refused: [...picked.refused, ...judged.flatMap(({ row, why }) => (why === undefined ? [] : [`${row.key} ${why}`]))],
  };
}

interface Day {
  readonly matrix: Matrix;
  readonly date: string;
  readonly name: string;
  readonly findBirth: typeof findBirth;
}

/** Why a row cannot have been reviewed on a day; undefined where it can, or nobody knows. */
function unbornBefore(trail: Trail | undefined, date: string): string | undefined {
  if (trail === undefined || trail.isOlder) return undefined;
  if (trail.since === null) return `is not committed as it is, so that nobody reviewed it on ${date}`;
  const day = formatInstant(trail.since.at).slice(0, 10);
  return date < day
    ? `is as it is since ${day} only (${trail.since.id.slice(0, 10)}), so that nobody reviewed it on ${date}`
    : undefined;
}

interface Edited {
  readonly before: string;
  readonly after: string;
}

/** The files that change, with their text before and after. By name. */
function editFiles(
  tree: FileTree,
  rows: readonly ReviewRow[],
  date: string,
  sign: typeof signedData,
): ReadonlyMap<string, Edited> {
  const names = [...new Set(rows.map(({ place }) => place.file))].sort(compareText);
  return new Map(
    names.map((file) => {
      const content = tree.read(file);
      if (content.problem !== undefined) throw new UsageError(content.problem, content.help);
      const before = Buffer.from(content.bytes).toString("utf8");
      const { file: parsed } = parseYaml(sourceText(file, before));
      const own = rows.filter(({ place }) => place.file === file);
      return [file, { before, after: rewriteYaml(before, sign(parsed?.data ?? null, own, date)) }];
    }),
  );
}
