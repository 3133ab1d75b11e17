import type { Matrix } from "../matrix/model/matrix.ts";
import { buildMatrix } from "../matrix/model/build-matrix.ts";
import { type ValidatedMatrix, validateMatrix } from "../matrix/validate-matrix.ts";
import { escapeTerminal } from "../report/terminal/escape-terminal.ts";
import type { Instant } from "../time/instant.ts";
import type { MatrixVersion } from "./matrix-versions.ts";
import type { Session } from "./session.ts";
import { UsageError } from "./usage-error.ts";

/** A matrix that declares nothing, not even an environment. */
function emptyMatrix(root: string, asOf: Instant): Matrix {
  return buildMatrix(
    { root, document: { version: 1, environments: {} }, parts: new Map([[root, {}]]), keyFiles: new Map() },
    asOf,
  );
}

/**
 * One version of a matrix, read and judged; what declares nothing where there is none.
 * @throws UsageError where it is there and cannot be read at all, or git would check it out with other bytes
 */
export function readVersion(version: MatrixVersion, asOf: Instant): ValidatedMatrix {
  const validated = readAsHeld(version, asOf);
  const altered = version.tree.alteredByCheckout?.(validated.files);
  if (altered !== undefined) throw new UsageError(altered.problem, altered.help);
  return validated;
}

/**
 * The earlier of two versions. Where git would check it out with other bytes, that is said and no more: no change could
 * take the attribute away otherwise.
 * @throws UsageError where it is there and cannot be read at all
 */
export function readEarlierVersion(
  { io }: Pick<Session, "io">,
  version: MatrixVersion,
  asOf: Instant,
): ValidatedMatrix {
  const validated = readAsHeld(version, asOf);
  const altered = version.tree.alteredByCheckout?.(validated.files);
  if (altered !== undefined) io.stderr.write(`warning: ${escapeTerminal(altered.problem)}\n`);
  return validated;
}

/** What stands for a matrix that is not there: it declares nothing. */
export function readAbsent(name: string, asOf: Instant): ValidatedMatrix {
  const start = { line: 1, column: 1, endLine: 1, endColumn: 1 };
  return {
    name,
    matrix: emptyMatrix(name, asOf),
    findings: [],
    files: [],
    locate: ({ file }) => ({ file, ...start }),
  };
}

function readAsHeld({ tree, name, isPresent }: MatrixVersion, asOf: Instant): ValidatedMatrix {
  if (!isPresent) return readAbsent(name, asOf);
  const validated = validateMatrix(tree, name, asOf);
  if ("problem" in validated) throw new UsageError(validated.problem, validated.help);
  return validated;
}
