import type { GuardFinding, GuardReport } from "../../guard/guard-report.ts";
import { count } from "../../words/enumerate-words.ts";
import { escapeTerminal } from "../terminal/escape-terminal.ts";
import { type Paint, paint as painter } from "../terminal/paint.ts";
import { type GuardFormatOptions, type GuardFormatter, isGuardFailure } from "./guard-format.ts";
import { doubt, headline, notes } from "./headline.ts";

/** For people: the verdict, what the plan would bring, what stands already, and what it was judged by. */
export const text: GuardFormatter = (report, options) => {
  const paint = painter(options.color);
  const lines = options.quiet ? quietLines(report, options, paint) : fullLines(report, options, paint);
  return lines.map((line) => `${line}\n`).join("");
};

/** Only what makes the run fail, a line each. */
function quietLines({ findings }: GuardReport, options: GuardFormatOptions, paint: Paint): readonly string[] {
  return findings.filter((each) => isGuardFailure(each, options)).map((each) => title(each, paint));
}

function fullLines(report: GuardReport, { verbose }: GuardFormatOptions, paint: Paint): readonly string[] {
  const brought = report.findings.filter(({ already }) => !already);
  const standing = report.findings.filter(({ already }) => already);
  const isBad = brought.some(({ severity }) => severity === "error");
  return [
    paint(isBad ? "error" : "good", escapeTerminal(headline(report))),
    "",
    ...brought.flatMap((each) => [...findingLines(each, paint), ""]),
    ...(standing.length === 0
      ? []
      : [
          paint("strong", `already there, and left by this plan: ${count(standing.length, "finding")}`),
          ...standing.flatMap((each) =>
            verbose
              ? [...findingLines(each, paint), ""]
              : [`  ${title(each, paint)} (${escapeTerminal(each.address)})`],
          ),
          ...(verbose ? [] : [""]),
        ]),
    ...notes(report).map((note) => paint("faint", escapeTerminal(note))),
  ];
}

function title(each: GuardFinding, paint: Paint): string {
  const { severity, rule, message } = each;
  return `${paint(severity, `${severity}[${rule}]`)}: ${escapeTerminal(message)}${paint("faint", doubt(each))}`;
}

function findingLines(each: GuardFinding, paint: Paint): readonly string[] {
  const { address, action, span, condition, fix } = each;
  return [
    title(each, paint),
    ` ${paint("faint", "-->")} ${escapeTerminal(address)} (${action})`,
    ...(span === null
      ? []
      : [`  ${paint("faint", "|")} ${escapeTerminal(`${span.file}:${span.line}:${span.column}`)}`]),
    ...(condition === null ? [] : [`  ${paint("faint", "| if")} ${escapeTerminal(condition)}`]),
    ...(fix === null ? [] : [`  ${paint("faint", "= fix:")} ${escapeTerminal(fix)}`]),
  ];
}
