import type { DiffFinding, DiffReport } from "../../diff/diff-report.ts";
import { count } from "../../words/enumerate-words.ts";
import { approvalReasonWords, approverNames } from "./approval.ts";
import { foldFindings } from "./fold-findings.ts";
import { foldList } from "./fold-list.ts";
import { countingWords, type FoldedPair, saidWords, splitReach } from "./fold-reach.ts";
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
  const { verbose, paint } = look;
  const { gained, gainedTotal, lost, lostTotal } = report.reach;
  const gains = splitReach(gained, gainedTotal, report);
  const losses = splitReach(lost, lostTotal, report);
  // What the changes say is known by now.
  if ([gains, losses].every(({ said, total }) => total === (verbose ? 0 : said))) return [];
  const listed = [gains, losses].map(({ all, beyond }) => foldList(verbose ? all : beyond, SHOWN.pairs, look));
  const [[shownGains, leftGains] = none, [shownLosses, leftLosses] = none] = listed;
  const [left, unlisted] = [leftGains + leftLosses, gains.unlisted + losses.unlisted];
  const said = verbose ? { gains: 0, losses: 0 } : { gains: gains.said, losses: losses.said };
  const words = [
    ...totalWords(gains.total, "gained", said.gains),
    ...totalWords(losses.total, "lost", said.losses),
  ].join("; ");
  return [
    `${paint("strong", "reach:")} ${words}${countingWords(report, gains, losses)}`,
    ...shownGains.map((pair) => pairLine(pair, paint("warning", "+"), report, look)),
    ...shownLosses.map((pair) => pairLine(pair, paint("good", "-"), report, look)),
    ...(left === 0 ? [] : [`  and ${left} more; -v lists ${unlisted === 0 ? "all" : "them"}`]),
    ...(unlisted === 0 ? [] : [`  and ${unlisted} more, which are only counted`]),
    "",
  ];
}

const none: readonly [readonly FoldedPair[], number] = [[], 0];

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
