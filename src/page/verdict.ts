import type { DriftReport } from "../drift/drift-report.ts";
import { severities } from "../finding/severity.ts";
import { completenessOf, coveredFindings } from "../report/drift/completeness.ts";
import { isOpen } from "../report/drift/drift-format.ts";
import { count } from "../words/enumerate-words.ts";

/** What a page says first. */
export interface PageVerdict {
  readonly tone: "agree" | "differ" | "incomplete" | "declared";
  readonly sentence: string;
  /** What bears on belief, or what else there is. */
  readonly note: string;
}

/** The verdict of a report; of none, that nobody looked. Incompleteness comes before everything else. */
export function pageVerdict(report: DriftReport | null): PageVerdict {
  if (report === null)
    return {
      tone: "declared",
      sentence: "Only the matrix was looked at",
      note: "This is who may call what by declaration. Whether reality agrees was not asked.",
    };
  const { isComplete, missing } = completenessOf(report);
  const { sentence, hasOpen } = openFindings(report);
  if (!isComplete)
    return {
      tone: "incomplete",
      sentence: "Not everything could be read: the answer is not complete",
      note: `${count(missing.length, "read")} failed, and what was not read may hold more. ${hasOpen ? `In what was read: ${sentence}` : "Nothing differs in what was read"}.${aside(report)}`,
    };
  const read = "Everything in the scope was read.";
  if (hasOpen) return { tone: "differ", sentence, note: `${read}${aside(report)}` };
  const { services, callers } = report.summary;
  if (services === 0) return { tone: "incomplete", sentence: "Nothing was compared: no service was found", note: read };
  return {
    tone: "agree",
    sentence: "Reality agrees with the matrix",
    note: `${read} ${count(services, "service")} and ${count(callers, "caller")} were judged.${aside(report)}`,
  };
}

function openFindings(report: DriftReport): { readonly sentence: string; readonly hasOpen: boolean } {
  const covered = coveredFindings(report);
  const open = report.findings.filter((finding) => isOpen(finding) && !covered.has(finding));
  const tally = severities.flatMap((severity) => {
    const number = open.filter((finding) => finding.severity === severity).length;
    return number === 0 ? [] : [count(number, severity, severity === "info" ? "info" : `${severity}s`)];
  });
  return { sentence: `${count(open.length, "finding")}: ${tally.join(", ")}`, hasOpen: open.length > 0 };
}

function aside(report: DriftReport): string {
  const accepted = report.findings.filter((finding) => finding.accepted !== null).length;
  const pending = report.findings.filter((finding) => finding.accepted === null && finding.pending).length;
  const blind = completenessOf(report).accepted.length;
  const parts = [
    ...(accepted === 0 ? [] : [`${count(accepted, "more is", "more are")} accepted by exceptions`]),
    ...(pending === 0 ? [] : [`${count(pending, "more waits", "more wait")} for a change to arrive`]),
    ...(blind === 0 ? [] : [`${count(blind, "blind spot is", "blind spots are")} accepted by exceptions`]),
  ];
  return parts.length === 0 ? "" : ` ${parts.join("; ")}.`;
}
