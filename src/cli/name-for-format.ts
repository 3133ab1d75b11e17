import { namesFromTop } from "../git/names-from-top.ts";
import type { ValidatedMatrix } from "../matrix/validate-matrix.ts";
import type { Span } from "../matrix/text/source-text.ts";
import type { SweepReport } from "../sweep/sweep-report.ts";
import type { Io } from "./io.ts";
import { STDIN } from "./matrix-source.ts";

/** What GitHub reads, and looks up from the top of the repository, wherever the command ran. */
const readByGitHub: readonly string[] = ["github", "sarif"];

/**
 * A matrix whose files are called as the readers of a format know them: from the top of the repository in what GitHub
 * reads, otherwise as on the command line. At the top they are the same.
 * @param isOnDisk whether the files are those on the disk, not those of a commit
 */
export function nameForFormat(
  { cwd }: Pick<Io, "cwd">,
  format: string | undefined,
  matrix: ValidatedMatrix,
  isOnDisk = true,
): ValidatedMatrix {
  if (format === undefined || !readByGitHub.includes(format)) return matrix;
  const fromTop = namesFromTop({ cwd, root: matrix.name === STDIN ? undefined : matrix.name, isOnDisk });
  const rename = (name: string): string => (name === STDIN ? name : fromTop(name));
  const move = (span: Span): Span => ({ ...span, file: rename(span.file) });
  return {
    ...matrix,
    name: rename(matrix.name),
    findings: matrix.findings.map((finding) => ({
      ...finding,
      span: move(finding.span),
      related: finding.related.map((each) => ({ ...each, span: move(each.span) })),
    })),
    files: matrix.files.map(rename),
    locate: (at) => move(matrix.locate(at)),
  };
}

/**
 * The same for what was swept.
 * @param others sources that are no files: those of an API
 */
export function nameSweptForFormat(
  { cwd }: Pick<Io, "cwd">,
  format: string | undefined,
  report: SweepReport,
  others: ReadonlySet<string>,
): SweepReport {
  if (format === undefined || !readByGitHub.includes(format)) return report;
  const fromTop = namesFromTop({ cwd, root: undefined, isOnDisk: true });
  const rename = (name: string): string => (name === STDIN || others.has(name) ? name : fromTop(name));
  const { swept, credentials, unread } = report;
  return {
    ...report,
    unread: unread.map((each) => ({ ...each, source: rename(each.source) })),
    swept: { ...swept, skipped: { ...swept.skipped, huge: swept.skipped.huge.map(rename) } },
    credentials: credentials.map((credential) => ({
      ...credential,
      places: credential.places.map((place) => ({ ...place, file: rename(place.file) })),
    })),
  };
}
