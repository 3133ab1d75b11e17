import { expect, test } from "vitest";
import { lineOf } from "./example.ts";
import { examples } from "./examples.ts";
import { evaluateCondition } from "./naive/cel.ts";
import { naiveAccess } from "./naive/naive-access.ts";
import { NOON } from "./tiny-world.ts";
import { linesOfGaps, linesOfOddGrants } from "./plain-access.ts";

test.each(examples)("naive: $name", ({ snapshot, rows, odd, unread }) => {
  const access = naiveAccess(snapshot, NOON, "all");
  expect(access.rows.map(lineOf).toSorted()).toEqual(rows.toSorted());
  if (odd !== undefined) expect(linesOfOddGrants(access)).toEqual(odd.toSorted());
  if (unread !== undefined) expect(linesOfGaps(access)).toEqual(unread.toSorted());
});

test.each([
  ["!(request.time < timestamp('2026-11-22T12:00:00Z')) && true", "true"],
  ["false || resource.name == 'x'", "unknown"],
  ["!(resource.matchTag('a', 'b')) && false || false", "false"],
  ["true || (false", "broken"],
  ["request.time", "broken"],
  ["true || weather.fine", "broken"],
  ["timestamp('never') > request.time", "broken"],
] as const)("%s is %s", (expression, truth) => {
  expect(evaluateCondition(expression, NOON)).toBe(truth);
});
