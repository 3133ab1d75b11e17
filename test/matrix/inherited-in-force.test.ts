import { expect, test } from "vitest";
import { inheritedEnd, inheritedGrants, isInheritedInForce } from "../../src/matrix/model/inherited-in-force.ts";
import type { InheritedAccess } from "../../src/matrix/schema/generated/document.ts";
import { parseEnd } from "../../src/time/instant.ts";
import { today } from "./in-memory.ts";

const entry: InheritedAccess = {
  principal: "group:Admins@Acme.example",
  role: "roles/run.admin",
  at: ["projects/acme-prod", "folders/1"],
  owner: "team-ops",
  reason: "Runs the platform",
};

test.each([
  [{}, Number.POSITIVE_INFINITY],
  [{ reason: "TODO: say why" }, 0],
  [{ owner: "TODO" }, 0],
  [{ expires: "2000-01-01" }, 0],
  [{ expires: "someday" }, 0],
  [{ expires: "2999-12-31" }, parseEnd("2999-12-31")],
])("an entry with %j accepts until then", (fields, end) => {
  expect(inheritedEnd({ ...entry, ...fields }, today)).toBe(end);
  expect(isInheritedInForce({ ...entry, ...fields }, today)).toBe(end !== 0);
});

test("its grants are keyed as IAM compares principals", () => {
  expect(inheritedGrants(entry)).toEqual([
    "projects/acme-prod roles/run.admin group:admins@acme.example",
    "folders/1 roles/run.admin group:admins@acme.example",
  ]);
});
