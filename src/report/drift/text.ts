import type { AccessRow, DriftFinding, DriftReport } from "../../drift/drift-report.ts";
import { count } from "../../words/enumerate-words.ts";
import { escapeTerminal } from "../terminal/escape-terminal.ts";
import { paint as painter } from "../terminal/paint.ts";
import { completenessOf, coveredFindings } from "./completeness.ts";
import { describePath } from "../access/describe-path.ts";
import { describeUnread } from "../access/describe-unread.ts";
import { type DriftFormatOptions, type DriftFormatter, isDriftFailure, isOpen } from "./drift-format.ts";
import { VERBOSE_HINT } from "../../words/fold-words.ts";
import { conclusion, headline } from "./headline.ts";
import { notes } from "./notes.ts";
import { worstFirst } from "./order-findings.ts";
import { type DriftTextLook, textDriftFinding, textDriftLabel } from "./text-finding.ts";
import { textUnread } from "./text-unread.ts";

type Look = DriftFormatOptions & DriftTextLook;

/** For people: whether all was read, what differs, worst first, and what else bears on belief. */
export const text: DriftFormatter = (report, options) => {
  const look = { ...options, paint: painter(options.color), hint: VERBOSE_HINT };
  const lines = options.quiet ? quietLines(report, look) : fullLines(report, look);
  return lines.map((line) => `${line}\n`).join("");
};

/** Only what makes the run fail, a line each. */
function quietLines(report: DriftReport, look: Look): readonly string[] {
  const { missing } = completenessOf(report);
  const covered = coveredFindings(report);
  return [
    ...missing.map((entry) => {
      const what = escapeTerminal(`${report.environment}: INCOMPLETE: not read: ${describeUnread(entry)}`);
      return look.paint("error", what);
    }),
    ...worstFirst(report.findings)
      .filter((finding) => isDriftFailure(finding, look) && !covered.has(finding))
      .map(
        (finding) =>
          `${escapeTerminal(report.environment)}: ${textDriftLabel(finding, look.paint)}: ${escapeTerminal(finding.message)}`,
      ),
  ];
}

function fullLines(report: DriftReport, look: Look): readonly string[] {
  const { isComplete } = completenessOf(report);
  const covered = coveredFindings(report);
  const shown = worstFirst(report.findings).filter((finding) => !covered.has(finding));
  const open = shown.filter(isOpen);
  const ending = escapeTerminal(conclusion(report));
  const isClean = isComplete && !report.findings.some(isOpen);
  return [
    look.paint(isComplete ? "strong" : "error", escapeTerminal(headline(report))),
    "",
    ...section(textUnread(report, covered, look)),
    ...open.flatMap((finding) => [...textDriftFinding(finding, look), ""]),
    ...section([...acceptedReads(report, look), ...shown.flatMap((finding) => asideLine(finding, look))]),
    ...section(look.indirect === true ? indirectLines(report, look) : []),
    ...notes(report, look).map((note) => `${look.paint("faint", `${note.about}:`)} ${escapeTerminal(note.text)}`),
    "",
    look.paint(isClean ? "good" : isComplete ? "strong" : "error", ending),
  ];
}

/** Lines with an empty one after them, where there are any. */
function section(lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [...lines, ""];
}

function acceptedReads(report: DriftReport, { paint }: Look): readonly string[] {
  return completenessOf(report).accepted.map((entry) => {
    const label = paint("faint", "accepted[not-readable]");
    return `${label} by ${escapeTerminal(entry.accepted ?? "")}: not read: ${escapeTerminal(describeUnread(entry))}`;
  });
}

function asideLine({ rule, accepted, pending, message }: DriftFinding, { paint }: Look): readonly string[] {
  const line = (word: string, by: string): string =>
    `${paint("faint", `${word}[${escapeTerminal(rule)}]`)}${by}: ${escapeTerminal(message)}`;
  if (accepted !== null) return [line("accepted", ` by ${escapeTerminal(accepted)}`)];
  return pending ? [line("pending", "")] : [];
}

function indirectLines({ access }: DriftReport, { paint }: Look): readonly string[] {
  const rows = access.filter(({ ring, verdict }) => ring === "indirect" && verdict !== "denied");
  if (rows.length === 0) return ["indirect: nobody comes to a service by way of another identity"];
  return [
    paint("strong", `indirect: ${count(rows.length, "way")} to a service by another identity`),
    ...rows.flatMap(indirectRow),
  ];
}

function indirectRow(row: AccessRow): readonly string[] {
  const place = `${row.service ?? `${row.name} of ${row.project}`} in ${row.region}`;
  return [
    `  ${escapeTerminal(`${row.principal} at ${place} (${row.verdict})`)}`,
    ...row.paths.map((path) => `    ${escapeTerminal(describePath(path))}`),
  ];
}
