import type { PackJudgement, Remark } from "../../evidence/judge-pack.ts";
import { escapeTerminal } from "../terminal/escape-terminal.ts";

/** What verify says of a pack, a line each. */
export function verifyText(folder: string, { problems, unsure, notes, version }: PackJudgement): string {
  const line = ({ file, what }: Remark): string => `  ${file} ${what}`;
  const head =
    problems.length > 0
      ? `${folder} does not hold`
      : unsure.length > 0
        ? `${folder} could not be checked in full`
        : `${folder} holds: every sum, and the verdict follows from the snapshot and the matrix`;
  const made = version === null ? [] : [`  made by matrix ${version}`];
  return [head, ...problems.map(line), ...unsure.map(line), ...notes.map(line), ...made]
    .map((each) => `${escapeTerminal(each)}\n`)
    .join("");
}
