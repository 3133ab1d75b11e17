import { expect, test } from "vitest";
import { changeDetails } from "../../../src/report/diff/change-details.ts";
import { describeChange } from "../../../src/report/diff/describe-change.ts";
import { sayPlain } from "../../../src/report/diff/say.ts";
import { changeOf } from "./report-of.ts";

test.each([
  [{ stage: "live" }, { stage: "gone", retired: "2026-12-01" }, "retires a for good (on 2026-12-01)"],
  [{ stage: "live" }, { stage: "retiring", retired: "2026-12-01T18:00Z" }, "retires a at 2026-12-01T18:00Z"],
  [{ stage: "retiring", retired: "2026-12-31" }, { stage: "live" }, "brings a back (retiring before)"],
  [{ stage: "planned" }, { stage: "live" }, "makes a live"],
  [{ stage: "live" }, { stage: "planned" }, "only plans a (live before)"],
  [
    { stage: "retiring", retired: "2026-12-31" },
    { stage: "retiring", retired: "2027-01-31" },
    "changes when a is retired from 2026-12-31 to 2027-01-31",
  ],
])("a stage: %j => %j", (before, after, phrase) => {
  expect(describeChange(changeOf("stage-changed", "a", { before, after }), sayPlain)).toBe(phrase);
});

test.each([
  [["x"], ["y"], "moves a to the region y (from x)"],
  [["x"], ["y", "z"], "moves a to the regions y and z (from x)"],
  [["x"], ["x", "y"], "adds the region y to a"],
  [["x", "y", "z"], ["y"], "removes the regions x and z from a"],
  [["x", "y"], ["y", "z"], "adds the region z to a and removes the region x"],
])("regions: %j => %j", (before, after, phrase) => {
  expect(describeChange(changeOf("regions-changed", "a", { before, after }), sayPlain)).toBe(phrase);
});

test("a project that a service goes to is called one: it could be taken for a region, or a person", () => {
  const change = changeOf("project-changed", "admin", { before: "acme-prod", after: "evil-prod" });
  expect(describeChange(change, sayPlain)).toBe("moves admin to the project evil-prod (from acme-prod)");
});

test.each([
  ["environment-added", null, "projects: acme-prod (stack prod)"],
  [
    "environment-changed",
    { projects: { "acme-prod": { number: "12", stack: "core" } } },
    "projects was: acme-prod (number 12, stack core)",
  ],
] as const)("the projects of an environment are told as prose: %s", (kind, before, first) => {
  const projects = { "acme-prod": { stack: "prod" } };
  const details = changeDetails(changeOf(kind, "prod", { before, after: { projects } }), { verbose: false });
  const [told] = details;
  expect(`${told?.about}: ${told?.text}`).toBe(first);
  expect(details.filter(({ isYaml }) => isYaml)).toEqual([]);
});
