import type { Change, DiffFinding, DiffReport } from "../../diff/diff-report.ts";
import type { Span } from "../../matrix/text/source-text.ts";
import { annotationCommands, annotationPosition } from "../github/annotation.ts";
import { workflowCommand } from "../github/workflow-command.ts";
import { changeDetails } from "./change-details.ts";
import type { DiffFormatter } from "./diff-format.ts";
import { describeChange } from "./describe-change.ts";
import { absentSides, conclusion, headFile } from "./headline.ts";
import { environmentWords, inEnvironments } from "./in-environments.ts";
import { broadeningFirst } from "./order-changes.ts";
import { pathWords } from "./path-words.ts";
import { sayPlain, sayTerminal } from "./say.ts";
import { isToldByReach } from "./told-by-reach.ts";
import { verdict } from "./verdict.ts";

const folded = { verbose: false };

/**
 * Annotations in a workflow of GitHub Actions, on the lines that changed: the gravest first, since of each level GitHub
 * shows ten. What neither broadens nor narrows is counted only. Nothing changed: nothing is written.
 */
export const github: DiffFormatter = (report) => {
  if (!report.changed) return "";
  const say = sayTerminal(false);
  const changes = broadeningFirst(report.changes).filter(({ impact }) => impact !== "neutral");
  const lines = [
    verdict(report, say).join("; "),
    ...report.findings.filter((each) => !isToldByReach(each)).map((each) => findingCommand(each, report)),
    ...changes.map((change) => changeCommand(change, report)),
    ...absentSides(report, say),
    conclusion(report, say),
  ];
  return lines.map((line) => `${line}\n`).join("");
};

function findingCommand(finding: DiffFinding, report: DiffReport): string {
  const { severity, rule, message, help, environments, path, span } = finding;
  const where = environmentWords(environments, report, sayPlain);
  const data = [
    `${sayPlain.prose(message)}${where === "" ? "" : ` (${where})`}`,
    ...(path.length === 0 ? [] : [pathWords(path, sayPlain, folded)]),
    ...(help === null ? [] : [`help: ${sayPlain.prose(help)}`]),
  ];
  return workflowCommand(annotationCommands[severity], { ...position(span, report), title: rule }, data.join("\n"));
}

function changeCommand(change: Change, report: DiffReport): string {
  const { impact, rules, span, baseSpan } = change;
  const data = [
    `${describeChange(change, sayPlain)}${inEnvironments(change.environments, report, sayPlain)}`,
    ...changeDetails(change, folded).map(({ about, text }) => `${sayPlain.name(about)}: ${sayPlain.prose(text)}`),
    // Lines of the earlier version are not those that the pull request shows.
    ...(span === null && baseSpan !== null
      ? [`it stood at ${sayPlain.name(baseSpan.file)}:${baseSpan.line} of ${sayPlain.name(report.base.name)}`]
      : []),
  ];
  const title = `${impact}${rules[0] === undefined ? "" : ` (${rules[0]})`}`;
  return workflowCommand(
    impact === "broadens" ? "warning" : "notice",
    { ...position(span, report), title },
    data.join("\n"),
  );
}

/** What has no line is put on the first of the file; what has no file, nowhere. */
function position(span: Span | null, report: DiffReport): Readonly<Record<string, string | number>> {
  if (span !== null) return annotationPosition(span);
  const file = headFile(report);
  return file === null ? {} : { file, line: 1 };
}
