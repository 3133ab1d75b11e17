import type { DiffFinding, DiffReport } from "../../diff/diff-report.ts";
import { count } from "../../words/enumerate-words.ts";
import { approvalReasonWords, approverNames } from "./approval.ts";
import { foldFindings } from "./fold-findings.ts";
import { foldList } from "./fold-list.ts";
import { type FoldedPair, saidWords, sizeOf, type SplitReach, splitReach } from "./fold-reach.ts";
import { environmentWords, inEnvironments } from "./in-environments.ts";
import { pairWords, pathWords } from "./path-words.ts";
import type { DiffTextLook } from "./text-look.ts";

/** Of each list, what is told where not all is. */
const SHOWN = { findings: 10, pairs: 10, approvers: 8 };

/** What the changes mean beyond the single one, the gravest first, as lines. */
export function textFindings(report: DiffReport, look: DiffTextLook): readonly string[] {
  const told = foldFindings(report, look);
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
  const [gains, losses] = [splitReach(gained, report), splitReach(lost, report)];
  // What the changes say is known by now.
  const isKnown = ({ beyond, said }: SplitReach, total: number): boolean => beyond.length === 0 && said === total;
  if (!look.verbose && isKnown(gains, gainedTotal) && isKnown(losses, lostTotal)) return [];
  const said = look.verbose ? nothing : { gains: gains.said, losses: losses.said };
  const shownOf = ({ all, beyond }: SplitReach): readonly FoldedPair[] =>
    foldList(look.verbose ? all : beyond, SHOWN.pairs, look)[0];
  const [shownGains, shownLosses] = [shownOf(gains), shownOf(losses)];
  const left = gainedTotal + lostTotal - said.gains - said.losses - sizeOf(shownGains) - sizeOf(shownLosses);
  return [
    `${look.paint("strong", "reach:")} ${[...totalWords(gainedTotal, "gained", said.gains), ...totalWords(lostTotal, "lost", said.losses)].join("; ")}`,
    ...shownGains.map((pair) => pairLine(pair, look.paint("warning", "+"), report, look)),
    ...shownLosses.map((pair) => pairLine(pair, look.paint("good", "-"), report, look)),
    ...(left === 0
      ? []
      : [look.verbose ? `  and ${left} more, which are only counted` : `  and ${left} more; -v lists all`]),
    "",
  ];
}

const nothing = { gains: 0, losses: 0 };

function totalWords(total: number, verb: string, said: number): readonly string[] {
  if (total === 0) return [];
  return [`${count(total, "pair")} ${verb}${saidWords(said, total)}`];
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
      const { owner, github, changes } = approver;
      const as = owner === null || github.length === 0 ? "" : ` for ${say.name(owner)}`;
      const why = approvalReasonWords(approver).join(", ");
      return `  ${approverNames(approver, say).join(" or ")}${as}: ${why} (${count(changes.length, "change")})`;
    }),
    ...(left === 0 ? [] : [`  and ${left} more; -v lists all`]),
    "",
  ];
}
