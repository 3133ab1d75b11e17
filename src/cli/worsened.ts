import type { ValidatedMatrix } from "../matrix/validate-matrix.ts";

/** The edited matrix with the errors that it did not have before; undefined where there are none. */
export function worsened(before: ValidatedMatrix, after: ValidatedMatrix): ValidatedMatrix | undefined {
  const known = new Set(before.findings.map(({ rule, message }) => `${rule} ${message}`));
  const findings = after.findings
    .filter(({ severity, rule, message }) => severity === "error" && !known.has(`${rule} ${message}`))
    .map((finding) => ({ ...finding, stopsSynth: true }));
  return findings.length === 0 ? undefined : { ...after, findings };
}
