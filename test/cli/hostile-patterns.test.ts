import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { findingsOf, matrixWith } from "./answer.ts";

const LENGTH = 50_000;

/** Long enough for a pattern whose time grows with the square of the length; one that is linear takes a millisecond. */
const LIMIT_MS = 500;

// Each takes seconds for a text of 50,000 characters, where a repeated part can begin anywhere in the one before it.
const quadratic = new Set([
  String.raw`^\S+:\S+$`,
  String.raw`^\s*(=|!=|>=|<=|>|<|~>)?\s*[0-9]+(\.[0-9]+){0,2}\s*(,\s*(=|!=|>=|<=|>|<|~>)?\s*[0-9]+(\.[0-9]+){0,2}\s*)*$`,
]);

function patternsIn(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    key === "pattern" && typeof part === "string" ? [part] : patternsIn(part),
  );
}

const schemas = ["matrix", "include"].map((name): unknown =>
  JSON.parse(readFileSync(new URL(`../../schemas/${name}.schema.json`, import.meta.url), "utf8")),
);
const starts = ["", "a", "0", "1", "roles/", "https://", "a@", "a@a", "projects/", "/", "a:"];
const repeated = [
  " ",
  "a",
  "A",
  "0",
  ".",
  "-",
  "_",
  ":",
  "/",
  "@",
  ",",
  "=",
  ">",
  "1.",
  "1,",
  " ,1",
  "a-",
  "-a",
  "a.",
  "a/",
];
const ends = ["\n!", " x", "!"];

/** The longest time that a pattern takes for texts that it nearly fits, in milliseconds. */
function longestTime(pattern: string): number {
  const form = new RegExp(pattern, "u");
  let longest = 0;
  for (const start of starts)
    for (const part of repeated)
      for (const end of ends) {
        const text = start + part.repeat(LENGTH / part.length) + end;
        const before = performance.now();
        form.test(text);
        longest = Math.max(longest, performance.now() - before);
        if (longest > LIMIT_MS) return longest;
      }
  return longest;
}

for (const pattern of new Set(patternsIn(schemas)))
  test.skipIf(quadratic.has(pattern))(`the pattern ${pattern} takes no long time for any text`, () => {
    expect(longestTime(pattern)).toBeLessThan(LIMIT_MS);
  });

test.each<readonly [string, string]>([
  ["blanks in an edge", `? "a${" ".repeat(1_000_000)}b"\n  : x`],
  ["hyphens in an edge", `? "a${"-".repeat(1_000_000)}b"\n  : x`],
  ["arrows in an edge", `? "a${"->".repeat(500_000)}b"\n  : x`],
  ["hyphens in a short edge", `"a${"-".repeat(1000)}b": x`],
])("%s", async (_, edge) => {
  const text = matrixWith("").replace(/trust: .*/, `trust:\n  ${edge}`);
  expect((await findingsOf({ "matrix.yaml": text })).join("\n")).toMatch(/ (yaml|edge-key): /);
});

test.each<readonly [string, string]>([
  ["an email", `callers: { a: { user: "a@${"a.".repeat(500_000)}" } }`],
  ["an email without @", `callers: { a: { user: "${"a".repeat(1_000_000)}" } }`],
  ["a name", `sets: { a: ["${"a-".repeat(500_000)}"] }`],
  ["an image", `services: { a: { image: "${"a ".repeat(500_000)}" } }`],
  ["a date", `inherited: { a: { expires: "${"2026-".repeat(200_000)}" } }`],
  ["a value of few", `defaults: { mode: "${"enforce".repeat(100_000)}" }`],
])("%s of a megabyte is answered in a line", async (_, text) => {
  const findings = await findingsOf({ "matrix.yaml": `version: 1\n${text}\n` });
  expect(findings.join("\n")).toContain(" schema: ");
  expect(Math.max(...findings.map(({ length }) => length))).toBeLessThan(500);
});
