import { compareText } from "../words/compare-text.ts";
import type { Span } from "../matrix/text/source-text.ts";
import type { Severity } from "./severity.ts";

/** Something that a person should know about a matrix, at its place in the text. */
export interface Finding {
  /** The id of the rule; `matrix explain ID` says more. */
  readonly rule: string;
  readonly severity: Severity;
  /** What is wrong, in one sentence without a full stop. */
  readonly message: string;
  /** What to do. */
  readonly help?: string;
  /** The environments it is about, sorted; none where it is about the file itself. */
  readonly environments: readonly string[];
  readonly span: Span;
  /** The text of the line at which the span starts. */
  readonly line: string;
  readonly related: readonly RelatedPlace[];
  /** The exception of the matrix that accepts it. It is shown, and fails nothing. */
  readonly acceptedBy?: string;
  /** Whether synth refuses to go on. */
  readonly stopsSynth: boolean;
}

export interface RelatedPlace {
  readonly message: string;
  readonly span: Span;
  readonly line: string;
}

/** Total order: by file, place, rule, text. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    compareText(a.span.file, b.span.file) ||
    a.span.line - b.span.line ||
    a.span.column - b.span.column ||
    compareText(a.rule, b.rule) ||
    compareText(a.message, b.message) ||
    compareText(a.environments.join(), b.environments.join())
  );
}
