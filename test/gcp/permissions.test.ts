import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { describePermissions, neededPermissions } from "../../src/gcp/permissions-needed.ts";

const file = fileURLToPath(new URL("../../docs/permissions.md", import.meta.url));

test("docs/permissions.md is the text that the command prints", () => {
  expect(readFileSync(file, "utf8")).toBe(describePermissions());
});

test("no request stands in the table twice", () => {
  const requests = neededPermissions.map(({ request }) => request);
  expect(new Set(requests).size).toBe(requests.length);
});

test.each(neededPermissions)("$request takes a permission that reads", ({ permission }) => {
  expect(permission).toMatch(/\.(?:get|list|getIamPolicy|query)$|^a reader of groups/);
});
