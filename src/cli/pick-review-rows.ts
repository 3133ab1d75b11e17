import type { readWorksheet, WorksheetRow } from "../access-review/read-worksheet.ts";
import { NOBODY, type ReviewRow, rowName, whereOf } from "../access-review/review-rows.ts";
import { count, enumerateWords } from "../words/enumerate-words.ts";
import { groupBy } from "../words/group-by.ts";
import { nearestName } from "../words/nearest-name.ts";
import { UsageError } from "./usage-error.ts";

/** Which rows somebody wants to sign, and which they may not although they asked. */
export interface PickedRows {
  readonly rows: readonly ReviewRow[];
  /** Why a row that was asked for in general is not signed, a sentence each. */
  readonly left: readonly string[];
  /** Why a row that somebody ticked cannot be signed, a sentence each. */
  readonly refused: readonly string[];
}

/** The rows of edges that a command line names. @throws UsageError where one is none */
export function rowsOfEdges(
  rows: readonly ReviewRow[],
  words: readonly string[],
  environment: string | undefined,
): PickedRows {
  const keys = [...new Set(edgesOf(words))];
  const picked = keys.flatMap((key) => {
    const own = rows.filter((row) => row.key === key);
    if (own.length === 0) throw unknownEdge(rows, key);
    const here = own.filter(isIn(environment));
    if (here.length === 0)
      throw new UsageError(
        `${key} is not in ${environment ?? ""}`,
        `it is in ${enumerateWords([...new Set(own.flatMap(({ environments }) => environments))], "and") || "none"}`,
      );
    return here;
  });
  return { rows: picked, left: [], refused: [] };
}

/** All rows, or those of one owner alone: of what others own as well, nobody signs for them. */
export function rowsOfOwner(
  rows: readonly ReviewRow[],
  owner: string | undefined,
  environment: string | undefined,
): PickedRows {
  const own = rows.filter((row) => isIn(environment)(row) && (owner === undefined || row.owners.includes(owner)));
  const isShared = ({ owners }: ReviewRow): boolean => owner !== undefined && owners.length > 1;
  return {
    rows: own.filter((row) => row.holds && !isShared(row)),
    left: own.flatMap((row) =>
      !row.holds
        ? [`${row.key} holds nowhere any more: delete it`]
        : isShared(row)
          ? [`${row.key} is of ${enumerateWords(row.owners, "and")}: name it to sign it for all of them`]
          : [],
    ),
    refused: [],
  };
}

/**
 * The rows that a worksheet ticks: each as the worksheet shows it, and ticked below the heading of each of its owners.
 * @throws UsageError where it cannot be told what is ticked
 */
export function rowsOfWorksheet(
  rows: readonly ReviewRow[],
  worksheet: ReturnType<typeof readWorksheet>,
  file: string,
): PickedRows {
  const lines = groupBy(linesOf(worksheet, file), ({ name }) => name);
  const byName = groupBy(rows, rowName);
  const judged = [...lines].map(([name, own]) => ({
    own,
    picked: byName.get(name) ?? [],
    why: own.some(({ isTicked }) => isTicked) ? whyNot(own, byName.get(name)?.[0], rows) : null,
  }));
  const open = judged.filter(({ own }) => !own.some(({ isTicked }) => isTicked)).length;
  return {
    rows: judged.flatMap(({ picked, why }) => (why === undefined ? picked : [])),
    left: open === 0 ? [] : [`${count(open, "row")} of the worksheet not ticked`],
    refused: judged.flatMap(({ why }) => why ?? []),
  };
}

/** @throws UsageError where they are no worksheet that everybody reads as the same */
function linesOf(worksheet: ReturnType<typeof readWorksheet>, file: string): readonly WorksheetRow[] {
  if ("rows" in worksheet) {
    if (worksheet.rows.length > 0) return worksheet.rows;
    throw new UsageError(`${file} is no worksheet`, "make one with: matrix review start -o FILE.md");
  }
  if (worksheet.kind === "veiled")
    throw new UsageError(
      `${file}: line ${worksheet.line} has ${worksheet.what}, which can hide what is ticked`,
      "delete it, or start again with the worksheet as matrix review start writes it",
    );
  const { lines } = worksheet;
  throw new UsageError(
    `${file}: ${lines.length === 1 ? "line" : "lines"} ${enumerateWords(lines.map(String), "and")} ${lines.length === 1 ? "is" : "are"} ticked and no row`,
    "leave the lines of rows as matrix review start wrote them",
  );
}

/**
 * Why a row is not signed although somebody ticked it; undefined where it is.
 * @param lines all that name this row, one of them ticked at least
 */
function whyNot(
  lines: readonly WorksheetRow[],
  row: ReviewRow | undefined,
  rows: readonly ReviewRow[],
): string | undefined {
  const first = lines.find(({ isTicked }) => isTicked);
  if (first === undefined) return undefined;
  if (row === undefined)
    return rows.some(({ key }) => key === first.key)
      ? `${first.key} is not as the worksheet showed it any more (line ${first.line}): look at it again`
      : `${first.key} is not in the matrix any more (line ${first.line})`;
  const other = lines.find(({ key, where }) => key !== row.key || where !== whereOf(row));
  if (other !== undefined)
    return `line ${other.line} shows ${other.key} in ${other.where}, and its row is ${row.key} in ${whereOf(row)}: neither is signed`;
  const owners = row.owners.length === 0 ? [NOBODY] : row.owners;
  const strange = lines.find(({ heading }) => heading === null || !owners.includes(heading));
  if (strange !== undefined)
    return `${row.key} is of ${enumerateWords(owners, "and")}, and does not stand below that name (line ${strange.line})`;
  const missing = owners.filter((owner) => {
    const own = lines.filter(({ heading }) => heading === owner);
    return own.length === 0 || own.some(({ isTicked }) => !isTicked);
  });
  return missing.length === 0
    ? undefined
    : `${row.key} is of ${enumerateWords(owners, "and")}, and is not ticked below ${enumerateWords(missing, "and")} (line ${first.line})`;
}

function isIn(environment: string | undefined): (row: ReviewRow) => boolean {
  return ({ environments }) => environment === undefined || environments.includes(environment);
}

/** `a -> b` in one word, or a caller and a callee in two. */
function edgesOf(words: readonly string[]): readonly string[] {
  const edges: string[] = [];
  let caller: string | undefined;
  for (const word of words) {
    const sides = word.split("->").map((each) => each.trim());
    if (sides.length > 1 && caller === undefined) edges.push(sides.join(" -> "));
    else if (sides.length > 1) throw lonely(caller ?? "");
    else if (caller === undefined) caller = word;
    else {
      edges.push(`${caller} -> ${word}`);
      caller = undefined;
    }
  }
  if (caller !== undefined) throw lonely(caller);
  return edges;
}

function lonely(caller: string): UsageError {
  return new UsageError(`"${caller}" is no edge`, `write 'CALLER -> CALLEE' in quotes, or CALLER CALLEE`);
}

function unknownEdge(rows: readonly ReviewRow[], key: string): UsageError {
  const [caller, callee] = key.split(" -> ");
  const through = rows.find(({ pairs }) => pairs.some((pair) => pair.caller === caller && pair.callee === callee));
  if (through !== undefined)
    return new UsageError(
      `no edge is written "${key}"`,
      `it comes from ${through.key}: sign that, and with it all that it stands for`,
    );
  const near = nearestName(
    key,
    rows.map((row) => row.key),
  );
  return new UsageError(
    `no edge is written "${key}"`,
    near === undefined ? "matrix review start lists them" : `did you mean "${near}"?`,
  );
}
