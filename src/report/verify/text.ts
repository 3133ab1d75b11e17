import type { JudgedCall, VerifyReport } from "../../verify/verify-report.ts";
import { escapeTerminal } from "../terminal/escape-terminal.ts";
import { type Paint, paint as painter } from "../terminal/paint.ts";
import { headlineOf, leftOutLines, remarksOf, requestOf, shownIn, titleOf } from "./describe-calls.ts";
import type { VerifyFormatter } from "./verify-format.ts";

/** For people: what is not as the matrix says first, then what nobody knows, then what was not tried. */
export const text: VerifyFormatter = (report, { color, quiet, verbose }) => {
  const paint = painter(color);
  const of = (wanted: JudgedCall["verdict"]): readonly JudgedCall[] =>
    report.calls.filter(({ verdict }) => verdict === wanted);
  const trouble = [
    ...of("finding").map((call) =>
      troubleLines("error", `error[${call.finding ?? ""}]`, call, report, { paint, quiet }),
    ),
    ...of("unknown").map((call) => troubleLines("warning", "unknown", call, report, { paint, quiet })),
  ];
  const fine =
    report.dryRun || verbose ? [...of("ok"), ...of("not-sent")].map((call) => fineLine(call, report, paint)) : [];
  const blocks = [
    [paint("strong", escapeTerminal(headlineOf(report)))],
    ...(quiet ? [trouble.flat()] : trouble),
    ...(quiet ? [] : [fine, restLines(report, paint)]),
  ].filter((block) => block.length > 0);
  return `${blocks.map((block) => block.join("\n")).join(quiet ? "\n" : "\n\n")}\n`;
};

interface Look {
  readonly paint: Paint;
  readonly quiet: boolean;
}

function troubleLines(
  style: "error" | "warning",
  label: string,
  call: JudgedCall,
  { method }: VerifyReport,
  { paint, quiet }: Look,
): readonly string[] {
  const { message, help, probe, finding } = call;
  const what = finding === null ? `${titleOf(probe)}: ${message}` : message;
  const first = `${paint(style, label)}: ${escapeTerminal(what)}`;
  if (quiet) return [first];
  return [
    first,
    ...(probe.url === null ? [] : [`  | ${escapeTerminal(requestOf(call, method))}`]),
    ...(help === null ? [] : [`  = help: ${escapeTerminal(help)}`]),
  ];
}

function fineLine(call: JudgedCall, { method }: VerifyReport, paint: Paint): string {
  const { verdict, evidence, message, probe } = call;
  if (verdict === "not-sent") return escapeTerminal(`${requestOf(call, method)} ${shownIn(probe)}: ${message}`);
  return `${paint("good", "ok")}: ${escapeTerminal(`${titleOf(probe)}: ${message} [${evidence}]`)}`;
}

function restLines(report: VerifyReport, paint: Paint): readonly string[] {
  return [
    ...leftOutLines(report.leftOut).map((line) => paint("faint", escapeTerminal(`not called: ${line}`))),
    ...remarksOf(report).map((line) => escapeTerminal(`note: ${line}`)),
  ];
}
