import type { readWorksheet, Worksheet } from "../access-review/read-worksheet.ts";
import { type ReviewRow, rowName } from "../access-review/review-rows.ts";
import { count, enumerateWords } from "../words/enumerate-words.ts";
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

/** The rows that a worksheet ticks. @throws UsageError where it cannot be told what is ticked */
export function rowsOfWorksheet(
  rows: readonly ReviewRow[],
  worksheet: ReturnType<typeof readWorksheet>,
  file: string,
): PickedRows {
  if ("broken" in worksheet)
    throw new UsageError(
      `${file}: ${worksheet.broken.length === 1 ? "line" : "lines"} ${enumerateWords(worksheet.broken.map(String), "and")} ${worksheet.broken.length === 1 ? "is" : "are"} ticked and no row`,
      "leave the lines of rows as matrix review start wrote them",
    );
  checkHasRows(worksheet, file);
  const byName = new Map<string, ReviewRow[]>();
  for (const row of rows) byName.set(rowName(row), [...(byName.get(rowName(row)) ?? []), row]);
  return {
    rows: worksheet.ticked.flatMap(({ name }) => byName.get(name) ?? []),
    left: worksheet.open.length === 0 ? [] : [`${count(worksheet.open.length, "row")} of the worksheet not ticked`],
    refused: worksheet.ticked
      .filter(({ name }) => !byName.has(name))
      .map(({ key, line }) =>
        rows.some((row) => row.key === key)
          ? `${key} is not as the worksheet showed it any more (line ${line}): look at it again`
          : `${key} is not in the matrix any more (line ${line})`,
      ),
  };
}

function checkHasRows({ ticked, open }: Worksheet, file: string): void {
  if (ticked.length + open.length === 0)
    throw new UsageError(`${file} is no worksheet`, "make one with: matrix review start -o FILE.md");
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
    near === undefined ? "matrix review status -v lists them" : `did you mean "${near}"?`,
  );
}
