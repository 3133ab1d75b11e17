import type { GuardFinding, GuardReport } from "../../guard/guard-report.ts";
import { annotationCommands } from "../github/annotation.ts";
import { workflowCommand } from "../github/workflow-command.ts";
import { escapeTerminal } from "../terminal/escape-terminal.ts";
import type { GuardFormatter } from "./guard-format.ts";
import { doubt, headline, notes } from "./headline.ts";

/**
 * Annotations in a workflow of GitHub Actions, the gravest first. What stands already is counted only. They are of the
 * whole run: a plan has no lines, and the matrix may not be a file of the repository whose plan it is.
 */
export const github: GuardFormatter = (report) => {
  const brought = report.findings.filter(({ already }) => !already);
  const lines = [
    escapeTerminal(headline(report)),
    ...brought.map((each) =>
      workflowCommand(annotationCommands[each.severity], { title: each.rule }, annotation(each)),
    ),
    ...standingLine(report),
    ...notes(report).map(escapeTerminal),
  ];
  return lines.map((line) => `${line}\n`).join("");
};

function annotation(each: GuardFinding): string {
  const { address, action, message, fix } = each;
  return [`${address} (${action}): ${message}${doubt(each)}`, ...(fix === null ? [] : [`fix: ${fix}`])].join("\n");
}

function standingLine({ summary: { already } }: GuardReport): readonly string[] {
  return already === 0 ? [] : [`already there, and left by this plan: ${already}`];
}
