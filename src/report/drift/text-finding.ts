import type { DriftFinding } from "../../drift/drift-report.ts";
import { count } from "../../words/enumerate-words.ts";
import { escapeTerminal } from "../terminal/escape-terminal.ts";
import type { Paint } from "../terminal/paint.ts";
import { describePath } from "../access/describe-path.ts";
import { describeAttribution } from "./describe-attribution.ts";
import { type Folding, foldWords } from "../../words/fold-words.ts";

export interface DriftTextLook extends Folding {
  readonly paint: Paint;
}

/** Paths that are shown of one finding where not all are. */
const SHOWN_PATHS = 3;

/** A finding as lines: what, where the matrix says it, by which paths, which services, what to do. */
export function textDriftFinding(finding: DriftFinding, look: DriftTextLook): readonly string[] {
  const { paint } = look;
  const { message, confidence, services, span, fix } = finding;
  const sure = confidence === "certain" ? "" : paint("faint", ` (${confidence})`);
  return [
    `${textDriftLabel(finding, paint)}${paint("strong", `: ${escapeTerminal(message)}`)}${sure}`,
    ...(span === null ? [] : [` ${paint("faint", "-->")} ${escapeTerminal(span.file)}:${span.line}:${span.column}`]),
    ...pathLines(finding, look),
    ...describeAttribution(finding).map((each) => `  ${paint("faint", "= who:")} ${escapeTerminal(each)}`),
    ...(services.length < 2
      ? []
      : [`  ${paint("faint", `= ${services.length} services:`)} ${escapeTerminal(foldWords(services, look))}`]),
    ...(fix === null ? [] : [`  ${paint("faint", "= fix:")} ${escapeTerminal(fix)}`]),
  ];
}

/** `error[undeclared-caller]` */
export function textDriftLabel({ severity, rule }: DriftFinding, paint: Paint): string {
  return paint(severity, `${severity}[${escapeTerminal(rule)}]`);
}

function pathLines({ paths }: DriftFinding, { paint, verbose, hint = "" }: DriftTextLook): readonly string[] {
  // One more line takes no more room than to say that there is one more.
  const isFolded = !verbose && paths.length > SHOWN_PATHS + 1;
  const shown = isFolded ? paths.slice(0, SHOWN_PATHS) : paths;
  return [
    ...shown.map((path) => `  ${paint("faint", "|")} ${escapeTerminal(describePath(path))}`),
    ...(isFolded ? [`  ${paint("faint", "|")} and ${count(paths.length - SHOWN_PATHS, "more path")}${hint}`] : []),
  ];
}
