import type { SignPlan } from "../access-review/plan-sign.ts";
import type { ReviewRow } from "../access-review/review-rows.ts";
import type { ChangedLine } from "../modes/changed-lines.ts";
import { formatJson } from "../report/json/format-json.ts";
import { escapeTerminal } from "../report/terminal/escape-terminal.ts";
import { compareText } from "../words/compare-text.ts";
import { count, enumerateWords } from "../words/enumerate-words.ts";
import type { PickedRows } from "./pick-review-rows.ts";
import type { Session } from "./session.ts";

type Signed = SignPlan & Pick<PickedRows, "left" | "refused"> & { readonly date: string };

interface Look {
  readonly format: "text" | "json";
  /** The lines that would change, by file; undefined where they were written. */
  readonly lines: ReadonlyMap<string, readonly ChangedLine[]> | undefined;
}

/** What was signed, or would be, and what was not. */
export function describeSigned(
  signed: Signed,
  { quiet }: Session,
  { format, lines }: Look,
): { readonly stdout: string; readonly stderr: string } {
  const stderr = signed.refused.map((each) => `refused: ${escapeTerminal(each)}\n`).join("");
  const files = [...new Set(signed.signed.map(({ place }) => place.file))].sort(compareText);
  if (format === "json")
    return {
      stderr,
      stdout: formatJson({
        schema: "matrix/review-sign/v1",
        written: lines === undefined,
        date: signed.date,
        files,
        signed: signed.signed.map(rowJson),
        kept: signed.kept.map(rowJson),
        left: signed.left,
        refused: signed.refused,
      }),
    };
  if (quiet) return { stdout: "", stderr };
  const text = [
    ...files.flatMap((file) => [
      `${lines === undefined ? "changed" : "would change"} ${file}`,
      ...signed.signed.flatMap((row) =>
        row.place.file === file ? [`  ${describeRow(row)}  reviewed: ${signed.date}`] : [],
      ),
      ...(lines?.get(file) ?? []).map((line) => `  ${String(line.number).padStart(5)} ${line.sign} ${line.text}`),
    ]),
    ...(files.length === 0 ? ["nothing to change"] : []),
    ...(signed.kept.length === 0
      ? []
      : [`${count(signed.kept.length, "row")} reviewed on ${signed.date} or later already`]),
    ...signed.left.map((each) => `not signed: ${each}`),
  ];
  return { stdout: text.map((line) => `${escapeTerminal(line)}\n`).join(""), stderr };
}

function describeRow({ key, environments, clause }: ReviewRow): string {
  return clause === null ? key : `${key} in ${enumerateWords(environments, "and") || "no environment"}`;
}

function rowJson({ key, environments, place, reviewed }: ReviewRow): object {
  return { edge: key, environments, file: place.file, reviewed };
}
