import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { validateMatrix } from "../../src/matrix/validate-matrix.ts";
import { today, treeOf } from "./in-memory.ts";

const example = readFileSync(new URL("../../matrix.example.yaml", import.meta.url), "utf8");
const pieces = [
  "{",
  "}",
  "[",
  "]",
  ":",
  ": ",
  "- ",
  "#",
  "&a",
  "*a",
  "<<: ",
  '"',
  "'",
  "|",
  ">",
  "\t",
  "\n",
  "  ",
  "!x",
  "?",
  "%",
  "null",
  "0",
  "é",
  "\u{1f600}",
];

const mutation = fc.record({
  at: fc.nat({ max: example.length }),
  cut: fc.nat({ max: 40 }),
  put: fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 8 })),
});

test("whatever happens to the text, every finding has a place inside of it, and nothing is thrown", () => {
  fc.assert(
    fc.property(fc.array(mutation, { minLength: 1, maxLength: 4 }), (mutations) => {
      const text = mutations.reduce((now, { at, cut, put }) => now.slice(0, at) + put + now.slice(at + cut), example);
      const validated = validateMatrix(treeOf({ "matrix.yaml": text }), "matrix.yaml", today);
      if ("problem" in validated) return;
      const lines = text.split("\n");
      for (const { span } of validated.findings) {
        expect(span.line).toBeLessThanOrEqual(lines.length);
        expect(span.column - 1).toBeLessThanOrEqual((lines[span.line - 1] ?? "").length);
      }
    }),
    { numRuns: 150, seed: 7 },
  );
});
