import { expect, test } from "vitest";
import { parseSnapshot } from "../../../src/snapshot/parse-snapshot.ts";
import { sealSnapshot } from "../../../src/snapshot/seal-snapshot.ts";
import type { Snapshot } from "../../../src/snapshot/snapshot.ts";
import { bind, read } from "../../access/tiny-world.ts";
import { invoker, live, sa, world } from "../live-world.ts";

// A second record of the same thing, by which the first one, with a grant in it, is not seen.

const whole = world({
  services: [live("checkout"), live("billing", [invoker(sa("checkout"))])],
  bindings: [bind("roles/run.developer", "user:eve@acme.example")],
});
const [project] = whole.projects;
if (project === undefined) throw new Error("no project");
const again = <T>(records: readonly T[]): readonly T[] => [...records, ...records.slice(0, 1)];

const doubled: Readonly<Record<string, Partial<Snapshot>>> = {
  container: { containers: again(whole.containers) },
  project: { projects: again(whole.projects) },
  role: { roles: again(whole.roles) },
  service: { projects: [{ ...project, services: read([live("billing"), live("billing", [invoker("allUsers")])]) }] },
};

const parse = ({ sha256: _old, ...content }: Snapshot): unknown =>
  parseSnapshot(Buffer.from(JSON.stringify(sealSnapshot(content))), "s.json");

test("one record of each is believed", () => {
  expect(parse(whole)).not.toHaveProperty("problem");
});

test.each(Object.entries(doubled))("two of a %s are not", (_, fields) => {
  expect(parse({ ...whole, ...fields })).toMatchObject({ problem: expect.stringContaining("two records of") });
});
