import { expect, test } from "vitest";
import { nearestName } from "../../src/words/nearest-name.ts";

test.each([
  ["biling", ["billing", "ledger"], "billing"],
  ["chekcout", ["checkout", "storefront"], "checkout"],
  ["validat", ["validate", "synth"], "validate"],
  ["a", ["b", "c"], "b"],
  ["payments", ["ledger", "storefront"], undefined],
  ["billing", ["billing"], undefined],
  ["x".repeat(100), ["x".repeat(99)], undefined],
])("of %j, %j is nearest: %j", (name, candidates, nearest) => {
  expect(nearestName(name, candidates)).toBe(nearest);
});

test("of two that are as near, the first", () => {
  expect(nearestName("cat", ["bat", "rat"])).toBe("bat");
});
