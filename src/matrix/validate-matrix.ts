import type { FileTree } from "../files/file-tree.ts";
import { compareFindings, type Finding } from "../finding/finding.ts";
import type { Instant } from "../time/instant.ts";
import { compareText } from "../words/compare-text.ts";
import { type LoadResult, loadMatrix, type Unreadable } from "./load/load-matrix.ts";
import { buildMatrix } from "./model/build-matrix.ts";
import type { Matrix } from "./model/matrix.ts";
import { type Judged, runRules } from "./rules/run-rules.ts";
import { Locator } from "./text/locator.ts";
import type { Place } from "./text/place.ts";
import { lineAt, type Span } from "./text/source-text.ts";

/** A matrix and what there is to say about it. */
export interface ValidatedMatrix {
  /** The root file, as findings show it. */
  readonly name: string;
  /** Undefined where a file is not YAML, breaks its schema, or an include cannot be followed. */
  readonly matrix: Matrix | undefined;
  /** In order. */
  readonly findings: readonly Finding[];
  readonly files: readonly string[];
  /** Where a place stands in the text. */
  readonly locate: (at: Place) => Span;
}

/**
 * Reads a matrix and judges it.
 * @param name the root file, as findings show it
 * @param asOf when it is judged: expiry depends on it
 */
export function validateMatrix(tree: FileTree, name: string, asOf: Instant): ValidatedMatrix | Unreadable {
  const loaded = loadMatrix(tree, name);
  if ("problem" in loaded) return loaded;
  const matrix = loaded.matrix === undefined ? undefined : buildMatrix(loaded.matrix, asOf);
  const judged =
    matrix === undefined
      ? loaded.problems.map(({ rule, draft }): Judged => ({ rule, severity: "error", stopsSynth: true, draft }))
      : runRules(matrix);
  const locate = spanFinder(loaded);
  return {
    name,
    matrix,
    findings: locateFindings(foldEnvironments(judged), loaded, locate),
    files: [...loaded.sources.keys()].sort(compareText),
    locate,
  };
}

interface Folded extends Judged {
  readonly environments: readonly string[];
}

/** The same finding in several environments is one finding. */
function foldEnvironments(judged: readonly Judged[]): readonly Folded[] {
  const folded = new Map<string, Folded>();
  for (const each of judged) {
    const { rule, severity, acceptedBy, draft } = each;
    const key = JSON.stringify([rule, severity, acceptedBy, draft.message, draft.at]);
    const same = folded.get(key);
    const environments = new Set([
      ...(same?.environments ?? []),
      ...(draft.environment === undefined ? [] : [draft.environment]),
    ]);
    folded.set(key, { ...(same ?? each), environments: [...environments].sort(compareText) });
  }
  return [...folded.values()];
}

function spanFinder({ parsed }: LoadResult): (at: Place) => Span {
  const locators = new Map([...parsed].map(([name, file]) => [name, new Locator(file)]));
  return (at) => locators.get(at.file)?.locate(at) ?? { file: at.file, line: 1, column: 1, endLine: 1, endColumn: 1 };
}

function locateFindings(
  folded: readonly Folded[],
  { sources }: LoadResult,
  locate: (at: Place) => Span,
): readonly Finding[] {
  const spanAt = (at: Place | Span): Span => ("line" in at ? at : locate(at));
  const lineOf = (span: Span): string => {
    const source = sources.get(span.file);
    return source === undefined ? "" : lineAt(source, span.line);
  };
  const place = (at: Place | Span): { readonly span: Span; readonly line: string } => {
    const span = spanAt(at);
    return { span, line: lineOf(span) };
  };
  return folded
    .map(({ rule, severity, stopsSynth, acceptedBy, environments, draft }): Finding => ({
      rule,
      severity,
      message: draft.message,
      ...(draft.help === undefined ? {} : { help: draft.help }),
      environments,
      ...place(draft.at),
      related: (draft.related ?? []).map(({ message, at }) => ({ message, ...place(at) })),
      ...(acceptedBy === undefined ? {} : { acceptedBy }),
      stopsSynth,
    }))
    .sort(compareFindings);
}
