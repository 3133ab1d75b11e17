import type { Matrix } from "../../src/matrix/model/matrix.ts";
import { validateMatrix } from "../../src/matrix/validate-matrix.ts";
import { TODAY } from "../cli/test-io.ts";

/** Two owners, and sets of one and of both; a test adds its trust. */
export const head = `version: 1
environments:
  staging: { project: acme-staging, regions: [europe-west1] }
  prod: { project: acme-prod, regions: [europe-west1] }
owners: { one: { contact: "#one" }, two: { contact: "#two" } }
sets: { both: [a, b], every: [a, b, c] }
services:
  a: { owner: one }
  b: { owner: one }
  c: { owner: two }
`;

/** A matrix of one file, judged on the day of the command line's tests. */
export function matrixOf(text: string): Matrix {
  const validated = validateMatrix(
    { read: () => ({ bytes: Buffer.from(text) }), list: () => [] },
    "matrix.yaml",
    TODAY,
  );
  if ("problem" in validated || validated.matrix === undefined) throw new Error(JSON.stringify(validated));
  return validated.matrix;
}
