import { type Version, diffMatrices } from "../../src/diff/diff-matrices.ts";
import type { DiffReport } from "../../src/diff/diff-report.ts";
import { type ValidatedMatrix, validateMatrix } from "../../src/matrix/validate-matrix.ts";
import type { Instant } from "../../src/time/instant.ts";
import { treeOf, today } from "../matrix/in-memory.ts";

/** A version of a matrix from its document, or from its text. It must be one that can be used. */
export function versionOf(written: object | string, asOf: Instant = today): Version {
  const validated = readVersion(written, asOf);
  if (validated.matrix === undefined) throw new Error(JSON.stringify(validated.findings));
  return {
    matrix: validated.matrix,
    side: { name: "matrix.yaml", commit: null, isPresent: true },
    locate: validated.locate,
  };
}

function readVersion(written: object | string, asOf: Instant): ValidatedMatrix {
  const text = typeof written === "string" ? written : JSON.stringify(written);
  const validated = validateMatrix(treeOf({ "matrix.yaml": text }), "matrix.yaml", asOf);
  if ("problem" in validated) throw new Error(validated.problem);
  return validated;
}

/** What the step from one document to another means. */
export function diffOf(before: object | string, after: object | string, asOf: Instant = today): DiffReport {
  return diffMatrices({ before: versionOf(before, asOf), after: versionOf(after, asOf), environments: undefined });
}
