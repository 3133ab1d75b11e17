import * as fc from "fast-check";
import { expect, test } from "vitest";
import { changedLines } from "../../src/modes/changed-lines.ts";

test("lines that go and come have their numbers, and what is the same between them is left out", () => {
  const before = "a\nb\n\nc\nd\n";
  expect(changedLines(before, "a\nB\n\nc\nd\ne\n").map(({ sign, number, text }) => `${number} ${sign}${text}`)).toEqual(
    ["2 -b", "2 +B", "6 +e"],
  );
  expect(changedLines(before, before.replaceAll("\n", "\r\n"))).toEqual([]);
});

test("the changes make the one text of the other", () => {
  const text = fc.array(fc.constantFrom("a", "b", "c", "", "  d"), { maxLength: 12 }).map((lines) => lines.join("\n"));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const changes = changedLines(before, after);
      const gone = new Set(changes.flatMap(({ sign, number }) => (sign === "-" ? [number] : [])));
      const kept = before.split("\n").filter((_, i) => !gone.has(i + 1));
      const result: string[] = [];
      const come = new Map(changes.flatMap(({ sign, number, text: line }) => (sign === "+" ? [[number, line]] : [])));
      while (kept.length > 0 || come.has(result.length + 1))
        result.push(come.get(result.length + 1) ?? kept.shift() ?? "");
      expect(result.join("\n")).toBe(after);
    }),
    { numRuns: 60 },
  );
});
