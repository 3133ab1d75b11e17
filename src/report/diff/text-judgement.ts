import type { DiffFinding, DiffReport, ReachPair } from "../../diff/diff-report.ts";
import { count } from "../../words/enumerate-words.ts";
import { approvalWords, approverNames } from "./approval.ts";
import { foldList } from "./fold-list.ts";
import { beyondChanges, type FoldedPair, foldReach } from "./fold-reach.ts";
import { environmentWords, inEnvironments } from "./in-environments.ts";
import { pairWords, pathWords } from "./path-words.ts";
import { isToldByReach } from "./told-by-reach.ts";
import type { DiffTextLook } from "./text-look.ts";

/** Of each list, what is told where not all is. */
const SHOWN = { findings: 10, pairs: 10, approvers: 8 };

/** What the changes mean beyond the single one, the gravest first, as lines. */
export function textFindings(report: DiffReport, look: DiffTextLook): readonly string[] {
  const told = report.findings.filter((finding) => look.verbose || !isToldByReach(finding));
  const [shown, left] = foldList(told, SHOWN.findings, look);
  return [
    ...shown.flatMap((finding) => [...findingLines(finding, report, look), ""]),
    ...(left === 0 ? [] : [`and ${count(left, "more finding")}; -v lists all`, ""]),
  ];
}

function findingLines(finding: DiffFinding, report: DiffReport, look: DiffTextLook): readonly string[] {
  const { paint, say, verbose } = look;
  const { severity, rule, message, help, environments, path, span, fingerprint } = finding;
  const where = environmentWords(environments, report, say);
  return [
    `${paint(severity, `${severity}[${rule}]`)}${paint("strong", `: ${say.prose(message)}`)}${where === "" ? "" : paint("faint", ` (${where})`)}`,
    ...(span === null ? [] : [` ${paint("faint", "-->")} ${say.name(span.file)}:${span.line}:${span.column}`]),
    ...(path.length === 0 ? [] : [`  ${paint("faint", "|")} ${pathWords(path, say, look)}`]),
    ...(help === null ? [] : [`  ${paint("faint", "= help:")} ${say.prose(help)}`]),
    ...(verbose ? [`  ${paint("faint", "= fingerprint:")} ${say.name(fingerprint)}`] : []),
  ];
}

/** Who reaches whom now, and no longer, as lines: without what the changes say by themselves. */
export function textReach(report: DiffReport, look: DiffTextLook): readonly string[] {
  const { gainedTotal, lostTotal, gained, lost } = report.reach;
  const gains = shownPairs(gained, report, look);
  const losses = shownPairs(lost, report, look);
  if (gains.length === 0 && losses.length === 0) return [];
  const totals = [
    ...(gainedTotal === 0 ? [] : [`${count(gainedTotal, "pair")} gained`]),
    ...(lostTotal === 0 ? [] : [`${count(lostTotal, "pair")} lost`]),
  ];
  const told = [...gains, ...losses].reduce((sum, { environments }) => sum + environments.length, 0);
  const left = gainedTotal + lostTotal - told;
  return [
    `${look.paint("strong", "reach:")} ${totals.join(", ")}`,
    ...gains.map((pair) => pairLine(pair, look.paint("warning", "+"), report, look)),
    ...losses.map((pair) => pairLine(pair, look.paint("good", "-"), report, look)),
    ...(left === 0
      ? []
      : [look.verbose ? `  and ${left} more, which are only counted` : `  and ${left} more; -v lists all`]),
    "",
  ];
}

function shownPairs(pairs: readonly ReachPair[], report: DiffReport, look: DiffTextLook): readonly FoldedPair[] {
  const folded = foldReach(pairs);
  return foldList(look.verbose ? folded : beyondChanges(folded, report), SHOWN.pairs, look)[0];
}

function pairLine(pair: FoldedPair, mark: string, report: DiffReport, look: DiffTextLook): string {
  return `  ${mark} ${pairWords(pair, look.say, look)}${inEnvironments(pair.environments, report, look.say)}`;
}

/** Who must approve, and why, as lines. */
export function textApprovers({ approvers }: DiffReport, look: DiffTextLook): readonly string[] {
  const { say, paint } = look;
  if (approvers.length === 0) return [];
  const [shown, left] = foldList(approvers, SHOWN.approvers, look);
  return [
    paint("strong", "needs the approval of"),
    ...shown.map((approver) => {
      const { owner, github, reasons, changes } = approver;
      const as = owner === null || github.length === 0 ? "" : ` for ${say.name(owner)}`;
      const why = reasons.map((reason) => approvalWords[reason]).join(", ");
      return `  ${approverNames(approver, say).join(" or ")}${as}: ${why} (${count(changes.length, "change")})`;
    }),
    ...(left === 0 ? [] : [`  and ${left} more; -v lists all`]),
    "",
  ];
}
