import * as fc from "fast-check";
import { expect, test } from "vitest";
import { arbitraryDocument, NOON } from "./arbitrary-documents.ts";
import { declaredRows } from "./declared-rows.ts";
import type { RawDocument } from "./document.ts";
import { readRows } from "./read-rows.ts";
import { linesOf } from "./row.ts";
import { parseStack, synthesizeMatrix, validate } from "./synthesize.ts";

// The one thing that must be true: who may call according to the Terraform is who may call according to the matrix.
// Both sides are worked out here a second time, without the code of src/.

const SEED = 20261122;

test("the Terraform lets in exactly whom the document names", () => {
  let refused = 0;
  let pairs = 0;
  fc.assert(
    fc.property(arbitraryDocument, (document) => {
      const text = JSON.stringify(document);
      const { matrix, findings } = validate(text, NOON);
      if (matrix === undefined || findings.some(({ stopsSynth }) => stopsSynth)) {
        refused += 1;
        return;
      }
      const stacks = synthesizeMatrix(matrix);
      const environments = environmentsOf(document);
      const found = [...stacks].flatMap(([stack, file]) => readRows(environments.get(stack) ?? "", parseStack(file)));
      const declared = declaredRows(document, new Date(NOON));
      pairs += declared.flatMap(({ principals }) => principals).length;
      expect(linesOf(found)).toEqual(linesOf(declared));
    }),
    { numRuns: 200, seed: SEED },
  );
  // The generator must not hide behind documents that nobody can synthesize, or that let nobody in.
  expect(refused).toBeLessThan(10);
  expect(pairs).toBeGreaterThan(1500);
});

/** The environment of each stack, by the stack's name. */
function environmentsOf({ environments }: RawDocument): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(environments).flatMap(([name, { projects = {} }]) => [
      [name, name] as const,
      ...Object.values(projects).map(({ stack }) => [stack ?? name, name] as const),
    ]),
  );
}
