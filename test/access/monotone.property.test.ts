import * as fc from "fast-check";
import { expect, test } from "vitest";
import { evaluateAccess } from "../../src/access/evaluate-access.ts";
import type { Binding, Container, DenyRule, Policy, Reading, Snapshot } from "../../src/snapshot/snapshot.ts";
import { arbitraryWorld } from "./arbitrary-worlds.ts";
import { NOON } from "./tiny-world.ts";

// Whatever else is true: who is let in stays in when somebody else is let in, and a fence lets nobody in.

const SEED = 20261122;

/** `service principal` of everybody who can invoke, surely or perhaps, by whatever ring. */
function callersOf(snapshot: Snapshot): ReadonlySet<string> {
  const { rows } = evaluateAccess(snapshot, { asOf: NOON, indirect: "all" });
  return new Set(
    rows.flatMap(({ service, principal, verdict }) =>
      verdict === "denied" ? [] : [`${service.resource} ${principal}`],
    ),
  );
}

const roles = ["roles/run.invoker", "roles/run.developer", "roles/owner", "projects/p1/roles/custom", "roles/unheard"];
const members = ["user:new@acme.test", "user:ana@acme.test", "group:ops@acme.test", "allUsers", "domain:acme.test"];
const binding: fc.Arbitrary<Binding> = fc.record({
  role: fc.constantFrom(...roles),
  members: fc.subarray(members, { minLength: 1 }),
});

const rule: fc.Arbitrary<DenyRule> = fc.record({
  deniedPrincipals: fc.subarray(["principalSet://goog/public:all", "principal://goog/subject/ana@acme.test"], {
    minLength: 1,
  }),
  exceptionPrincipals: fc.subarray(["principalSet://goog/group/ops@acme.test"]),
  deniedPermissions: fc.subarray(
    ["run.googleapis.com/routes.invoke", "run.googleapis.com/*", "iam.googleapis.com/serviceAccounts.actAs"],
    { minLength: 1 },
  ),
  exceptionPermissions: fc.constant([]),
});

test("an allow binding more never removes a caller", () => {
  let gained = 0;
  const property = fc.property(arbitraryWorld, binding, fc.nat(), (snapshot, added, which) => {
    const before = callersOf(snapshot);
    const after = callersOf(addBinding(snapshot, added, which));
    for (const caller of before) expect(after.has(caller), caller).toBe(true);
    gained += after.size - before.size;
  });
  fc.assert(property, { numRuns: 60, seed: SEED });
  expect(gained).toBeGreaterThan(40);
});

test("a deny policy more never adds a caller", () => {
  let lost = 0;
  const property = fc.property(arbitraryWorld, rule, fc.nat(), (snapshot, added, which) => {
    const before = callersOf(snapshot);
    const after = callersOf(addDeny(snapshot, added, which));
    for (const caller of after) expect(before.has(caller), caller).toBe(true);
    lost += before.size - after.size;
  });
  fc.assert(property, { numRuns: 60, seed: SEED });
  expect(lost).toBeGreaterThan(8);
});

/** The binding in one of the policies: of a container, or of a service. What was not read stays so. */
function addBinding(snapshot: Snapshot, added: Binding, which: number): Snapshot {
  const services = snapshot.projects.flatMap(({ services: list }) => ("value" in list ? list.value : []));
  const at = which % Math.max(1, snapshot.containers.length + services.length);
  const record = services[at - snapshot.containers.length];
  const extend = (policy: Reading<Policy>): Reading<Policy> =>
    "value" in policy ? { ...policy, value: { bindings: [...policy.value.bindings, added] } } : policy;
  return {
    ...snapshot,
    containers: snapshot.containers.map((each, index) =>
      index === at ? { ...each, policy: extend(each.policy) } : each,
    ),
    projects: snapshot.projects.map((each) =>
      "value" in each.services
        ? {
            ...each,
            services: {
              ...each.services,
              value: each.services.value.map((service) =>
                service === record ? { ...service, policy: extend(service.policy) } : service,
              ),
            },
          }
        : each,
    ),
  };
}

function addDeny(snapshot: Snapshot, added: DenyRule, which: number): Snapshot {
  const policy = { name: "policies/more", rules: [added] };
  const extend = ({ deny }: Container): Container["deny"] =>
    "value" in deny ? { ...deny, value: [...deny.value, policy] } : deny;
  return {
    ...snapshot,
    containers: snapshot.containers.map((each, index) =>
      index === which % snapshot.containers.length ? { ...each, deny: extend(each) } : each,
    ),
  };
}
