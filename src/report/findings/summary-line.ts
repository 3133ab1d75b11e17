import { severities } from "../../finding/severity.ts";
import { count } from "../../words/enumerate-words.ts";
import { escapeTerminal } from "../terminal/escape-terminal.ts";
import type { Paint } from "../terminal/paint.ts";
import type { FindingReport } from "./finding-report.ts";

/** What a report comes to, in one line for a terminal or a log. */
export function summaryLine(report: FindingReport, paint: Paint): string {
  const accepted = report.findings.filter(({ acceptedBy }) => acceptedBy !== undefined).length;
  const tally = severities.flatMap((severity) => {
    const number = report.findings.filter((each) => each.severity === severity && each.acceptedBy === undefined).length;
    return number === 0 ? [] : [paint(severity, count(number, severity))];
  });
  if (tally.length === 0) {
    const note = accepted === 0 ? "" : ` (${accepted} accepted)`;
    const none = report.since === undefined ? "no findings" : "no new findings";
    return `${cleanMatrix(report)}${paint("good", none)}${note}${stoodBefore(report)}`;
  }
  const note = accepted === 0 ? "" : ` (and ${accepted} accepted)`;
  return `${tally.join(", ")}${note}${whereabouts(report)}${stoodBefore(report)}`;
}

/** How many findings are left out because they are not new. */
export function stoodBefore({ since }: Pick<FindingReport, "since">): string {
  if (since === undefined) return "";
  const number = since.stood.length;
  const accepted = since.stood.filter(({ acceptedBy }) => acceptedBy !== undefined).length;
  const what = number === 0 ? "none" : count(number, "finding");
  // -v lists all of them.
  const note = accepted === 0 ? "" : accepted === number ? " (accepted)" : ` (${accepted} accepted)`;
  return `; ${what}${note} ${number > 1 ? "were" : "was"} there at ${escapeTerminal(since.name)}`;
}

function cleanMatrix({ files, summary }: FindingReport): string {
  const [root] = files;
  const name = root === undefined ? "" : `${escapeTerminal(root)}: `;
  if (summary === undefined) return name;
  const { services, callers, edges, environments } = summary;
  const what = [count(services, "service"), count(callers, "caller"), count(edges, "edge")].join(", ");
  return `${name}${what} in ${count(environments, "environment")}; `;
}

function whereabouts({ files }: FindingReport): string {
  const [root, ...included] = files;
  if (root === undefined) return "";
  const others = included.length === 0 ? "" : ` and ${count(included.length, "included file")}`;
  return ` in ${escapeTerminal(root)}${others}`;
}
