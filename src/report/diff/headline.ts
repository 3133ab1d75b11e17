import type { DiffReport, DiffSide } from "../../diff/diff-report.ts";
import { count } from "../../words/enumerate-words.ts";
import { tallyOf } from "./tally.ts";
import type { Say } from "./say.ts";

/** How much changed between what, in a line: the last of the formats for people. */
export function conclusion(report: DiffReport, say: Say): string {
  const { base, head, changes, asOf } = report;
  const sides = `from ${sideWords(base, say)} to ${sideWords(head, say)}`;
  return `${count(changes.length, "change")} ${sides}: ${tallyOf(changes)}; judged as of ${say.name(toTheMinute(asOf))}`;
}

/** What to say of a side that holds no matrix. */
export function absentSides({ base, head }: DiffReport, say: Say): readonly string[] {
  return [base, head].flatMap((side) =>
    side.isPresent ? [] : [`${say.name(side.name)} holds no matrix, which counts as one that declares nothing`],
  );
}

/** The file that the later version is read from, without the commit: where to put what has no place of its own. */
export function headFile({ head, changes }: DiffReport): string | null {
  const spoken = changes.find(({ span }) => span !== null)?.span?.file;
  if (spoken !== undefined) return spoken;
  if (head.name === "-" || head.name === "<stdin>") return null;
  return head.commit === null ? head.name : head.name.slice(head.name.indexOf(":") + 1);
}

function sideWords({ name, commit }: DiffSide, say: Say): string {
  return commit === null ? say.name(name) : `${say.name(name)} (${say.name(commit.slice(0, 12))})`;
}

/** `2026-11-22T13:18Z`: seconds decide nothing that a reader looks for. */
function toTheMinute(moment: string): string {
  return moment.replace(/^(\d{4}-\d\d-\d\dT\d\d:\d\d):\d\d(?:\.\d+)?Z$/, "$1Z");
}
