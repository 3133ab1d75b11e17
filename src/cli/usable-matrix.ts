import type { Matrix } from "../matrix/model/matrix.ts";
import type { ValidatedMatrix } from "../matrix/validate-matrix.ts";

/** The matrix, where it has a definite meaning. A rule that it breaks itself is no reason to look away from the world. */
export function usableMatrix({ matrix, findings }: ValidatedMatrix): Matrix | undefined {
  return findings.some(({ stopsSynth, rule }) => stopsSynth && rule !== "never" && rule !== "require")
    ? undefined
    : matrix;
}
