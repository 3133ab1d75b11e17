import { expect, test } from "vitest";
import { matrixAt, matrixFinder } from "../../src/history/matrix-at.ts";
import { type Instant, parseInstant } from "../../src/time/instant.ts";

test("whatever commits say of their time, the newest by a moment is found, and no version is asked for in vain", () => {
  const days = [7, 9, 4, 4, 6, 2, 5, 1];
  let asked = 0;
  const versions = days.map((day, index) => ({
    commit: { id: String(index), at: day as Instant, author: "", subject: "" },
    name: "m.yaml",
    read: () => ({ kind: "absent" }) as const,
  }));
  const find = matrixFinder({
    versions: function* () {
      for (const version of versions) {
        asked += 1;
        yield version;
      }
    },
    cutOff: () => null,
  });
  expect(find(8 as Instant)?.commit.id).toBe("0");
  expect(asked).toBe(1);
  for (const moment of [10, 3, 0, 1, 2, 4, 5, 6, 7, 9])
    expect(find(moment as Instant)).toBe(versions.find(({ commit }) => commit.at <= moment));
});

test("the version in force at a moment is the newest that was committed by then", () => {
  const versions = ["2026-03-01", "2026-01-01"].map((day) => ({
    commit: { id: day, at: parseInstant(day) as Instant, author: "", subject: "" },
    name: "m.yaml",
    read: () => ({ kind: "absent" }) as const,
  }));
  const history = { versions: () => versions, cutOff: () => null };
  const at = (day: string): string | undefined => matrixAt(history, parseInstant(day) as Instant)?.commit.id;
  expect(["2025-12-31", "2026-01-01", "2026-02-28T23:59:59Z", "2026-03-01", "2027-01-01"].map(at)).toEqual([
    undefined,
    "2026-01-01",
    "2026-01-01",
    "2026-03-01",
    "2026-03-01",
  ]);
});
