import { test } from "vitest";
import { mkdirSync, writeFileSync } from "node:fs";
import { fleet } from "./fleet.ts";
import { adopt } from "./adopt-of.ts";
test("x", () => {
  mkdirSync("/tmp/fd", {recursive:true});
  writeFileSync("/tmp/fd/hostile.yaml", adopt(fleet({seed: 21, services: 0, projects: 2, regions: 1, hostile: ["reserved-names","named-like-callers","five-regions","same-name-in-two-projects","two-on-one-account","foreign-runtime", "long-names", "withcond-roles", "sets-of-principals"]})).files["matrix.yaml"]!);
  const st = fleet({seed: 7, services: 12, projects: 2, regions: 2, environment: "staging"}), pr = fleet({seed: 7, services: 12, projects: 2, regions: 2});
  const a = adopt(st, {environment: "staging"});
  writeFileSync("/tmp/fd/staging.yaml", a.files["matrix.yaml"]!);
  writeFileSync("/tmp/fd/both.yaml", adopt(pr, {into: a.files}).files["matrix.yaml"]!);
});
