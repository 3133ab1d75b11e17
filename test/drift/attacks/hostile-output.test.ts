import { expect, test } from "vitest";
import { parse } from "yaml";
import { writeExceptions } from "../../../src/drift/drift.ts";
import { removeCommand } from "../../../src/drift/remove-command.ts";
import type { Hop } from "../../../src/access/access.ts";
import { bind } from "../../access/tiny-world.ts";
import { oneEdge } from "../cases/drift-case.ts";
import { driftOf, readMatrixFor, worldOf } from "../drift-of.ts";
import { invoker, live, sa, world } from "../live-world.ts";

// Text of a snapshot that wants to be obeyed: by a terminal, a reader of YAML, a shell, gcloud.

const nasty = [
  "user:x\u001b[2;9m\u009b31m@acme.test",
  "user:x\n- id: EX-9\u0085\u2028@acme.test",
  'user:"}\\\u202e{@acme.test',
  "user:$(touch /tmp/owned)`id`@acme.test",
];

test("the exceptions that it writes show every character, and parse to what they name", () => {
  const snapshot = world({ services: [live("checkout"), live("billing", [invoker(sa("checkout"), ...nasty)])] });
  const text = writeExceptions(driftOf(oneEdge, snapshot), worldOf(readMatrixFor(oneEdge, snapshot)), () => true);
  expect(text).not.toMatch(/[^\n\x20-\x7e]/);
  const { exceptions }: { exceptions: readonly { readonly match: { readonly principal: string } }[] } = parse(text);
  expect(exceptions.map(({ match }) => match.principal).toSorted()).toEqual(nasty.toSorted());
});

test("a line for the matrix holds nothing that a shell obeys, should somebody paste it with its command", () => {
  const bindings = [bind("roles/run.developer", "user:$(touch /tmp/owned)`id`@acme.test")];
  const snapshot = world({ services: [live("checkout"), live("billing", [invoker(sa("checkout"))])], bindings });
  const [finding] = driftOf(oneEdge, snapshot).findings;
  // What is between single quotes means itself.
  expect(finding?.fix?.replaceAll(/'[^']*'/g, "")).not.toMatch(/[$`]/);
});

const hop: Hop = {
  kind: "binding",
  level: "service",
  resource: "projects/p1/locations/r1/services/--flags-file=x",
  role: "roles/run.invoker",
  member: "allUsers",
  condition: null,
};

test("no name is an option of gcloud", () => {
  expect(removeCommand(hop)).toBeUndefined();
  expect(removeCommand({ ...hop, level: "project", resource: "projects/--quiet" })).toBeUndefined();
  expect(removeCommand({ ...hop, resource: "projects/p1/locations/r1/services/s" })).toContain(" s --region");
});
