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
    side.isPresent ? [] : [`${say.name(sideName(side))} holds no matrix, which counts as one that declares nothing`],
  );
}

/** The file that the later version is read from, without the commit: where to put what has no place of its own. */
export function headFile(report: DiffReport): string | null {
  return report.changes.find(({ span }) => span !== null)?.span?.file ?? rootFile(report);
}

/** The root file of the later version, whatever changed. */
export function rootFile({ head }: DiffReport): string | null {
  if (head.name === "-" || head.name === "<stdin>") return null;
  return head.commit === null ? head.name : head.name.slice(head.name.indexOf(":") + 1);
}

/** What a side is called: a commit in it is short. */
export function sideName({ name }: Pick<DiffSide, "name">): string {
  return name.replace(/\b[0-9a-f]{40}\b/g, (commit) => commit.slice(0, SHORT_COMMIT));
}

const SHORT_COMMIT = 12;

function sideWords(side: DiffSide, say: Say): string {
  const name = sideName(side);
  const commit = side.commit?.slice(0, SHORT_COMMIT);
  return commit === undefined || name.includes(commit) ? say.name(name) : `${say.name(name)} (${say.name(commit)})`;
}

/** `2026-11-22T13:18Z`: seconds decide nothing that a reader looks for. */
function toTheMinute(moment: string): string {
  return moment.replace(/^(\d{4}-\d\d-\d\dT\d\d:\d\d):\d\d(?:\.\d+)?Z$/, "$1Z");
}
