import { expect, test } from "vitest";
import type { Snapshot } from "../../../src/snapshot/snapshot.ts";
import { denied } from "../../access/tiny-world.ts";
import { oneEdge } from "../cases/drift-case.ts";
import { driftOf } from "../drift-of.ts";
import { invoker, live, sa, world } from "../live-world.ts";

// Exceptions that make a reading look whole of which nobody said what is missing in it.

const whole = world({ services: [live("checkout"), live("billing", [invoker(sa("checkout"))])] });
const blind: Snapshot = { ...whole, projects: whole.projects.map((project) => ({ ...project, services: denied })) };

const excepted = (match: string): string => `${oneEdge}exceptions:
  - id: EX-1
    rule: not-readable
    match: ${match}
    owner: team-payments
    reason: The reader may not see all of it
    expires: 2027-03-31
`;

test("an exception accepts a blind spot only by its name", () => {
  expect(driftOf(excepted("{ resource: projects/acme-prod }"), blind).complete).toBe(true);
  for (const match of ["{ environment: prod }", "{ service: [billing, checkout] }"]) {
    const { complete, findings } = driftOf(excepted(match), blind);
    expect(complete, match).toBe(false);
    expect(findings.map(({ accepted }) => accepted)).toEqual([null]);
  }
});
