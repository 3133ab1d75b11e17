import { expect, test } from "vitest";
import { addDays, formatInstant, type Instant, parseEnd, parseInstant } from "../../src/time/instant.ts";

const at = (iso: string): number => Date.parse(iso);

test.each([
  ["2027-01-31", "2027-02-01T00:00:00Z", "a date holds through that day in UTC"],
  ["2026-12-31", "2027-01-01T00:00:00Z", "over the end of a year"],
  ["2028-02-29", "2028-03-01T00:00:00Z", "a leap day"],
  ["2026-12-01T18:00Z", "2026-12-01T18:00:00Z", "a timestamp to the second"],
  ["2026-12-01T18:00:30+02:00", "2026-12-01T16:00:30Z", "with an offset"],
])("%s ends at %s: %s", (text, end) => {
  expect(parseEnd(text)).toBe(at(end));
});

test.each([
  "2026-02-30",
  "2027-02-29",
  "2026-13-01",
  "2026-00-10",
  "2026-12-01T25:00Z",
  "2026-12-01T18:61Z",
  "tomorrow",
  "2026-1-1",
  "",
])("%j is no date", (text) => {
  expect(parseInstant(text)).toBeUndefined();
  expect(parseEnd(text)).toBeUndefined();
});

test("as a moment, a date is its first", () => {
  expect(parseInstant("2027-01-31")).toBe(at("2027-01-31T00:00:00Z"));
});

test.each([
  ["2027-01-31", "2027-01-31T00:00:00Z"],
  ["2026-12-01T18:00:30+02:00", "2026-12-01T16:00:30Z"],
])("%s is written as %s, which means the same", (text, written) => {
  const moment = parseInstant(text);
  if (moment === undefined) throw new Error(`${text} is no date`);
  expect(formatInstant(moment)).toBe(written);
  expect(parseInstant(written)).toBe(moment);
});

test("what is less than a second is left out, so that --as-of takes it", () => {
  expect(formatInstant(addDays((at("2026-12-01T18:00:30Z") + 999) as Instant, 1))).toBe("2026-12-02T18:00:30Z");
});
