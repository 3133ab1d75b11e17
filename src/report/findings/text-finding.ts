import type { Finding } from "../../finding/finding.ts";
import type { Span } from "../../matrix/text/source-text.ts";
import { escapeTerminal } from "../terminal/escape-terminal.ts";
import { markLine } from "../terminal/mark-line.ts";
import type { Paint, Style } from "../terminal/paint.ts";

export interface TextLook {
  readonly paint: Paint;
  readonly width: number;
  /** Columns for line numbers, the same for all findings so that their bars stand in one line. */
  readonly gutter: number;
}

/** A finding with its frames, as lines. The note is what comes after its message. */
export function textFinding(finding: Finding, note: string, look: TextLook): readonly string[] {
  const { paint } = look;
  const pad = " ".repeat(look.gutter);
  return [
    `${textLabel(finding, paint)}${paint("strong", `: ${escapeTerminal(finding.message)}`)}${paint("faint", escapeTerminal(note))}`,
    ...frame(finding, { mark: "^", style: finding.severity }, look),
    ...(finding.help === undefined ? [] : [`${pad} ${paint("faint", "= help:")} ${escapeTerminal(finding.help)}`]),
    ...finding.related.flatMap((place) => [
      `${pad} ${paint("faint", "= note:")} ${escapeTerminal(place.message)}`,
      ...frame(place, { mark: "-", style: "info" }, look),
    ]),
  ];
}

/** `error[unknown-name]` */
export function textLabel({ severity, rule }: Finding, paint: Paint): string {
  return paint(severity, `${severity}[${escapeTerminal(rule)}]`);
}

/** `matrix.yaml:42:15` */
export function textPlace({ file, line, column }: Span): string {
  return `${escapeTerminal(file)}:${line}:${column}`;
}

interface Marking {
  readonly mark: "^" | "-";
  readonly style: Style;
}

/** Where something stands, and the line itself where there is one. */
function frame(
  { span, line }: Pick<Finding, "span" | "line">,
  { mark, style }: Marking,
  { paint, width, gutter }: TextLook,
): readonly string[] {
  const pad = " ".repeat(gutter);
  const place = `${pad}${paint("faint", "-->")} ${textPlace(span)}`;
  if (line === "") return [place];
  const from = span.column - 1;
  const to = span.endLine === span.line ? span.endColumn - 1 : line.length;
  const { code, underline } = markLine(line, from, to, width - gutter - " | ".length, mark);
  const bar = paint("faint", "|");
  return [
    place,
    `${pad} ${bar}`,
    `${paint("faint", String(span.line).padStart(gutter))} ${bar} ${code}`,
    `${pad} ${bar} ${underline.replace(/[^ ]+/, (marks) => paint(style, marks))}`,
  ];
}
