import { paint as painter } from "../terminal/paint.ts";
import type { DiffFormatter } from "./diff-format.ts";
import { graveOf, othersOf } from "./grave-findings.ts";
import { absentSides, conclusion } from "./headline.ts";
import { joinClauses } from "./join-clauses.ts";
import { sayTerminal } from "./say.ts";
import { tellTogether } from "./tell-together.ts";
import { textChanges } from "./text-changes.ts";
import { textApprovers, textFindings, textReach } from "./text-judgement.ts";
import { wrapLine } from "../terminal/wrap-line.ts";
import { verdict } from "./verdict.ts";

/** Below this, clauses would stand one to a line. */
const MIN_WIDTH = 50;

/** For people: what it means in a sentence, what is wrong with it, what changed, what follows, who must approve. With `quiet`, nothing. */
export const text: DiffFormatter = (judged, { color, width, verbose, quiet }) => {
  if (quiet) return "";
  const report = tellTogether(judged);
  const paint = painter(color);
  const say = sayTerminal(verbose);
  const look = { paint, say, verbose, width: Math.max(MIN_WIDTH, width) };
  const sentence = joinClauses(verdict(report, sayTerminal(false)), look.width).map((line) => paint("strong", line));
  const notes = absentSides(report, say);
  const lines = report.changed
    ? [
        ...sentence,
        "",
        ...textFindings(graveOf(report), look),
        ...textChanges(report, look),
        ...textFindings(othersOf(report), look),
        ...textReach(report, look),
        ...textApprovers(report, look),
        ...notes,
        conclusion(report, say),
      ]
    : [...sentence, ...notes];
  return lines
    .flatMap((line) => wrapLine(line, look.width, hangOf(line)))
    .map((line) => `${line}\n`)
    .join("");
};

/** What continues a line stands a bit behind its start. */
function hangOf(line: string): number {
  return (/^ */.exec(line)?.[0].length ?? 0) + 2;
}
