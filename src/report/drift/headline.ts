import type { DriftReport } from "../../drift/drift-report.ts";
import { severities } from "../../finding/severity.ts";
import { count, enumerateWords } from "../../words/enumerate-words.ts";
import { completenessOf, coveredFindings } from "./completeness.ts";
import { isOpen } from "./drift-format.ts";

/** Blind spots that a line has room for. */
const MAX_NAMED = 3;

/** How much was read and judged, in one line: the first of every format for people. To be escaped. */
export function headline(report: DriftReport): string {
  const { isComplete, missing } = completenessOf(report);
  const { services, callers } = report.summary;
  const judged = `${count(services, "service")}, ${count(callers, "caller")}`;
  if (isComplete) return `${report.environment}: complete${exceptions(report)}, ${judged}`;
  const doubted = new Set(missing.flatMap((entry) => entry.services)).size;
  const doubts = [
    ...(doubted === 0 ? [] : [`${doubted} of them in doubt`]),
    ...(missing.every((entry) => entry.services.length > 0) ? [] : ["some may be missing"]),
  ];
  const found = [`${count(services, "service")} found`, ...doubts].join(", ");
  return `${report.environment}: INCOMPLETE, ${count(missing.length, "read")} failed; ${found}`;
}

/** What it comes to, in one line: the last of every format for people. To be escaped. */
export function conclusion(report: DriftReport): string {
  const { isComplete } = completenessOf(report);
  const covered = coveredFindings(report);
  const open = report.findings.filter((finding) => isOpen(finding) && !covered.has(finding));
  const tally = severities.flatMap((severity) => {
    const number = open.filter((finding) => finding.severity === severity).length;
    return number === 0 ? [] : [count(number, severity, severity === "info" ? "info" : `${severity}s`)];
  });
  const found = tally.join(", ");
  if (!isComplete) {
    const soFar = found === "" ? "" : `; ${found} in what was read${aside(report)}`;
    return `INCOMPLETE: what was not read may hold more${soFar}`;
  }
  if (found !== "") return `${found}${aside(report)}`;
  return clean(report);
}

function clean(report: DriftReport): string {
  const { services, callers, undeclared } = report.summary;
  if (services === 0) return "nothing was compared: no service was found";
  const hasManaged = report.access.some(({ managed, verdict }) => managed && verdict !== "denied");
  const declared = undeclared > 0 ? "" : hasManaged ? ", all declared or agents of Google" : ", all declared";
  const proven = `${count(services, "service")}, ${count(callers, "caller")}${declared}`;
  return `no drift${exceptions(report)}: ${proven}${aside(report)}`;
}

function aside(report: DriftReport): string {
  const covered = coveredFindings(report);
  const findings = report.findings.filter((finding) => !covered.has(finding));
  const accepted = findings.filter((finding) => finding.accepted !== null).length;
  const pending = findings.filter((finding) => finding.accepted === null && finding.pending).length;
  const parts = [...(accepted === 0 ? [] : [`${accepted} accepted`]), ...(pending === 0 ? [] : [`${pending} pending`])];
  return parts.length === 0 ? "" : ` (and ${parts.join(", ")})`;
}

/** ` except projects/x (exception EX-4)` */
function exceptions(report: DriftReport): string {
  const { accepted } = completenessOf(report);
  if (accepted.length === 0) return "";
  const names = new Set(accepted.map((entry) => `${entry.resource} (exception ${entry.accepted})`));
  return names.size > MAX_NAMED
    ? ` except ${names.size} blind spots that exceptions accept`
    : ` except ${enumerateWords([...names], "and")}`;
}
