import type { ExplainedEdge, ExplainReport, FoundCause, LivePath } from "../../ask/explain/explain-report.ts";
import { otherAccountLine } from "../access/other-account-line.ts";
import { outsideLine } from "../access/outside-line.ts";
import { describePath } from "../access/describe-path.ts";
import { escapeTerminal } from "../terminal/escape-terminal.ts";
import { type Paint, paint as painter, type Style } from "../terminal/paint.ts";
import { wrapLine } from "../terminal/wrap-line.ts";
import { describeSince } from "./describe-since.ts";
import type { ExplainFormatter } from "./explain-format.ts";
import { headline } from "./headline.ts";

const styles = {
  allowed: "good",
  denied: "error",
  conditional: "warning",
  unknown: "warning",
} as const satisfies Readonly<Record<ExplainReport["answer"], Style>>;

/** For people: the answer, what it rests on, and why a call fails all the same. */
export const text: ExplainFormatter = (report, { color, width, quiet, verbose }) => {
  const paint = painter(color);
  // Where something certain was found, the rest is for whoever asks about a call of theirs.
  const isFolded =
    report.status === null && !verbose && report.causes.some(({ likelihood }) => likelihood === "certain");
  const causes =
    quiet || isFolded ? report.causes.filter(({ likelihood }) => likelihood !== "possible") : report.causes;
  const lines: readonly Line[] = [
    [0, paint(styles[report.answer], escapeTerminal(headline(report)))],
    ...(quiet ? [] : [...declaredLines(report, paint), ...liveLines(report, paint)]),
    ...causeLines(report, causes, paint),
    ...(isFolded && !quiet ? foldedLines(report) : []),
    ...(quiet ? [] : uncheckedLines(report, paint)),
    ...report.unread.map(({ what, resource, status, reason, accepted }): Line => {
      const blind = accepted === null ? "" : ` (accepted by ${accepted})`;
      return [2, escapeTerminal(`not read (${status}): ${what} of ${resource}: ${reason}${blind}`)];
    }),
  ];
  return lines
    .flatMap(([indent, line]) => wrapLine(`${" ".repeat(indent)}${line}`, width, indent + 2))
    .map((line) => `${line}\n`)
    .join("");
};

/** How far a line stands back, and the line as a terminal may show it. */
type Line = readonly [indent: number, line: string];

function declaredLines(report: ExplainReport, paint: Paint): readonly Line[] {
  const { edges, callee, declared, since, history, live, outside } = report;
  const isOpen = declared && edges.every(({ holds }) => holds !== "yes");
  const isOne = edges.length === 1;
  return [
    [2, paint("strong", "declared")],
    ...(isOpen ? [[4, escapeTerminal(`${callee.name} is open to everybody`)] satisfies Line] : []),
    ...(edges.length === 0 && !isOpen ? [[4, "nothing: the matrix has no edge of the two"] satisfies Line] : []),
    ...(live === null ? outsideLines(outside) : []),
    ...edges.flatMap((edge) => edgeLines(edge, paint)),
    // One edge says it itself.
    ...(since === null || isOne ? [] : [[4, escapeTerminal(`the pair: ${describeSince(since)}`)] satisfies Line]),
    ...(history?.cutOff == null
      ? []
      : [[4, paint("faint", escapeTerminal(`history: ${history.cutOff}`))] satisfies Line]),
  ];
}

function outsideLines(outside: ExplainReport["outside"]): readonly Line[] {
  return outside === null ? [] : [[4, escapeTerminal(outsideLine(outside))]];
}

function edgeLines(edge: ExplainedEdge, paint: Paint): readonly Line[] {
  const { key, holds, reason, owner, ticket, expires, reviewed, through, span, since, callerSet, calleeSet } = edge;
  const facts = [
    ...(owner === null ? [] : [`owner ${owner}`]),
    ...(ticket === null ? [] : [ticket]),
    ...(expires === null ? [] : [holds === "expired" ? `expired on ${expires}` : `until ${expires}`]),
    ...(holds === "retired" ? ["without effect: a side of it is retired"] : []),
    ...(reviewed === null ? [] : [`reviewed ${reviewed}`]),
    ...(through === null ? [] : ["through Identity-Aware Proxy"]),
    ...(callerSet === null ? [] : [`${edge.key.split(" -> ")[0] ?? ""} is a set that holds the caller`]),
    ...(calleeSet === null ? [] : [`${calleeSet} is a set that holds the service`]),
  ];
  return [
    [4, `${escapeTerminal(key)}  ${paint("faint", escapeTerminal(`${span.file}:${span.line}`))}`],
    [6, escapeTerminal([reason ?? "no reason", ...facts].join(" · "))],
    ...(since === null ? [] : [[6, escapeTerminal(describeSince(since))] satisfies Line]),
  ];
}

function liveLines({ live, regions, paths, as, outside }: ExplainReport, paint: Paint): readonly Line[] {
  if (live === null) return [];
  return [
    [2, paint("strong", "live")],
    ...outsideLines(outside),
    ...(as === null ? [] : [[4, escapeTerminal(otherAccountLine(as))] satisfies Line]),
    ...regions.flatMap(({ region, state, verdict, resource }): readonly Line[] => {
      if (state !== "present")
        return [[4, escapeTerminal(`${region}: ${state === "absent" ? "not deployed" : "not read"}`)]];
      const own = paths.filter((path) => path.resource === resource);
      return [
        [4, escapeTerminal(`${region}: ${verdicts[verdict]}`)],
        ...own.map((path): Line => [6, escapeTerminal(pathLine(path))]),
      ];
    }),
  ];
}

const verdicts = {
  allowed: "may call",
  conditional: "may perhaps call",
  unknown: "unknown",
  denied: "may not call: a deny policy",
  no: "may not call",
} as const;

const standings = {
  declared: "declared",
  within: "through a set that is declared",
  inherited: "inherited, as declared",
  managed: "of Google's own",
  undeclared: "not declared",
} as const;

function pathLine(path: LivePath): string {
  const ring = path.ring === "iap" ? "past Identity-Aware Proxy: " : "";
  const entry = path.inherited === null ? "" : ` by ${path.inherited}`;
  return `${ring}${describePath(path)} · ${standings[path.standing]}${entry}`;
}

function causeLines(report: ExplainReport, causes: readonly FoundCause[], paint: Paint): readonly Line[] {
  const { status, answer } = report;
  if (causes.length === 0 && (status === null || report.live === null)) return [];
  const title =
    status === null
      ? answer === "allowed"
        ? "in the way all the same"
        : "causes, the likeliest first"
      : `what explains a ${status}, the likeliest first`;
  return [
    [2, paint("strong", title)],
    ...(causes.length === 0
      ? [
          [
            4,
            report.causes.length > 0 ? "nothing certain or likely" : "nothing that was read explains it",
          ] satisfies Line,
        ]
      : []),
    ...causes.flatMap(({ likelihood, title: what, statuses, evidence, fix }): readonly Line[] => [
      [4, `${paint(likelihood === "certain" ? "error" : "strong", likelihood)}: ${what} (${statuses.join(", ")})`],
      ...evidence.map((each): Line => [6, escapeTerminal(each)]),
      [6, escapeTerminal(`fix: ${fix}`)],
    ]),
  ];
}

function foldedLines({ causes }: ExplainReport): readonly Line[] {
  const rest = causes.filter(({ likelihood }) => likelihood === "possible");
  if (rest.length === 0) return [];
  return [[4, `possible as well: ${rest.map(({ title }) => title).join("; ")} (--verbose says more)`]];
}

function uncheckedLines({ unchecked }: ExplainReport, paint: Paint): readonly Line[] {
  if (unchecked.length === 0) return [];
  return [
    [2, paint("strong", "not looked at: add --live or --snapshot")],
    ...unchecked.map(({ title }): Line => [4, paint("faint", title)]),
  ];
}
