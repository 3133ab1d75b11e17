import type { MatrixHistory } from "../history/matrix-history.ts";
import { escapeTerminal } from "../report/terminal/escape-terminal.ts";
import type { Io } from "./io.ts";
import { isProblem } from "./page-history.ts";
import { readHistory } from "./read-history.ts";

/** The history of a matrix; where there is none to look at, null, and standard error says why: the answer stands without. */
export function historyOrNote(io: Io, file: string | undefined): MatrixHistory | null {
  const history = readHistory(io, file);
  if (!isProblem(history)) return history;
  io.stderr.write(`since when: unknown (${escapeTerminal(history.problem)}); ${escapeTerminal(history.help)}\n`);
  return null;
}
