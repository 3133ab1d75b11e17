import * as fc from "fast-check";
import { watchedPermissions } from "../../src/access/permissions.ts";
import type {
  AccountRecord,
  Binding,
  Container,
  DenyRule,
  GroupRecord,
  IapRecord,
  PoolRecord,
  Policy,
  ProjectRecord,
  Reading,
  RoleRecord,
  ServiceRecord,
  Snapshot,
} from "../../src/snapshot/snapshot.ts";
import { emptySnapshot, knownRoles } from "./tiny-world.ts";
import {
  accountEmails,
  brokenConditions,
  conditionAtoms,
  denyPermissionKinds,
  denyPrincipalWords,
  groupEmails,
  groupMemberWords,
  memberKinds,
  poolNames,
  roleKinds,
} from "./world-words.ts";

// Small worlds in which much goes wrong at once. They are judged at NOON of tiny-world.ts.

const word = (kinds: readonly (readonly string[])[]): fc.Arbitrary<string> =>
  fc.oneof(...kinds.map((words) => fc.constantFrom(...words)));

/** Mostly read; now and then in part or not at all. */
function reading<T>(value: fc.Arbitrary<T>, weight = 14): fc.Arbitrary<Reading<T>> {
  return fc.oneof(
    { weight, arbitrary: value.map((each): Reading<T> => ({ status: "read", value: each })) },
    {
      weight: 1,
      arbitrary: value.map((each): Reading<T> => ({ status: "partial", value: each, reason: "a page is missing" })),
    },
    { weight: 1, arbitrary: fc.constant<Reading<T>>({ status: "denied", reason: "403" }) },
    { weight: 1, arbitrary: fc.constant<Reading<T>>({ status: "failed", reason: "500" }) },
  );
}

function rarely<T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });
}

const atom = fc.constantFrom(...conditionAtoms);
const negated = fc.tuple(atom, fc.boolean()).map(([text, isNegated]) => (isNegated ? `!(${text})` : text));
const joined = fc
  .tuple(negated, fc.constantFrom("&&", "||"), negated, fc.constantFrom("&&", "||"), negated)
  .map(([a, first, b, second, c]) => `${a} ${first} (${b} ${second} ${c})`);
const expression = fc.oneof(
  { weight: 4, arbitrary: negated },
  { weight: 3, arbitrary: joined },
  { weight: 1, arbitrary: fc.constantFrom(...brokenConditions) },
);

const binding: fc.Arbitrary<Binding> = fc
  .record({
    role: word(roleKinds),
    members: fc.array(word(memberKinds), { minLength: 1, maxLength: 3 }),
    text: rarely(expression),
  })
  .map(({ role, members, text }) => ({
    role,
    members,
    ...(text === undefined ? {} : { condition: { title: "when", expression: text } }),
  }));

const policy: fc.Arbitrary<Policy> = fc.record({ bindings: fc.array(binding, { maxLength: 3 }) });

const denyRule: fc.Arbitrary<DenyRule> = fc
  .record({
    deniedPrincipals: fc.subarray([...denyPrincipalWords], { minLength: 1, maxLength: 2 }),
    exceptionPrincipals: rarely(fc.subarray([...denyPrincipalWords], { minLength: 1, maxLength: 2 })),
    deniedPermissions: fc.array(word(denyPermissionKinds), { minLength: 1, maxLength: 2 }),
    exceptionPermissions: rarely(fc.array(word(denyPermissionKinds), { minLength: 1, maxLength: 1 })),
    condition: rarely(fc.constantFrom("resource.matchTag('acme/env', 'prod')", "false")),
  })
  .map(({ exceptionPrincipals = [], exceptionPermissions = [], condition, ...rule }) => ({
    ...rule,
    exceptionPrincipals,
    exceptionPermissions,
    ...(condition === undefined ? {} : { condition }),
  }));

const deny = rarely(fc.array(denyRule, { minLength: 1, maxLength: 2 })).map((rules) =>
  rules === undefined ? [] : [{ name: "policies/deny", rules }],
);

/** A container, or none where the snapshot has no record of it. */
function container(resource: string, number: string, parents: readonly (string | null)[], missing: number) {
  return fc
    .record({
      details: reading(
        fc.constantFrom(...parents).map((parent) => ({ number, parent })),
        30,
      ),
      policy: reading(policy),
      deny: reading(deny, 20),
      isThere: fc.nat({ max: 20 }).map((draw) => draw >= missing),
    })
    .map(({ isThere, ...fields }): Container[] => (isThere ? [{ resource, ...fields }] : []));
}

const containers = fc
  .tuple(
    container("organizations/901", "901", [null], 1),
    container("organizations/902", "902", [null], 1),
    container("folders/801", "801", ["organizations/901"], 1),
    container("folders/802", "802", ["folders/801", "organizations/902"], 1),
    container("projects/p1", "111", ["folders/801", "folders/802", "organizations/901", null, "folders/899"], 0),
    container("projects/p2", "222", ["folders/802", "organizations/901", null], 0),
    container("projects/p3", "333", ["folders/801", null], 10),
  )
  .map((lists) => lists.flat());

const someAccount = fc.constantFrom(...accountEmails);

function service(kind: ServiceRecord["kind"], name: string, region: string, number: string) {
  const web = `projects/${number}/iap_web/cloud_run-${region}/services/${name}`;
  const iap = policy.chain((value): fc.Arbitrary<IapRecord> =>
    fc.record({ resource: fc.constant(web), policy: reading(fc.constant(value)) }),
  );
  return fc
    .record({
      policy: reading(policy),
      invokerCheckDisabled: fc.nat({ max: 7 }).map((draw) => kind !== "job" && draw === 7),
      iap: kind === "job" ? fc.constant(undefined) : rarely(fc.option(iap, { freq: 8 })),
      account: fc.option(someAccount, { freq: 8 }),
    })
    .map(({ iap: record, ...fields }): ServiceRecord => ({
      kind,
      region,
      name,
      ...fields,
      iapEnabled: record !== undefined,
      iap: record ?? null,
      ingress: "all",
      defaultUrlDisabled: false,
      urls: [],
      audiences: [],
    }));
}

function some<T>(...values: readonly fc.Arbitrary<T>[]): fc.Arbitrary<readonly T[]> {
  const drawn = values.map((value) => fc.option(value, { nil: undefined, freq: 4 }));
  return fc.tuple(...drawn).map((list) => list.flatMap((each) => (each === undefined ? [] : [each])));
}

const pool = (number: string): fc.Arbitrary<PoolRecord> =>
  fc.record({
    name: fc.constantFrom(...poolNames).map((name) => name.replace("111", number)),
    active: fc.boolean(),
    providers: fc.constant<PoolRecord["providers"]>({ status: "read", value: [] }),
  });

function project(id: string, number: string, accounts: readonly string[]): fc.Arbitrary<ProjectRecord> {
  const web = `projects/${number}/iap_web`;
  const iapAt = (resource: string): fc.Arbitrary<IapRecord> =>
    fc.record({ resource: fc.constant(resource), policy: reading(policy) });
  return fc.record({
    project: fc.constant(id),
    services: reading(some(service("service", "api", "r1", number), service("function", "hook", "r2", number)), 30),
    jobs: reading(some(service("job", "nightly", "r1", number)), 30),
    accounts: reading(fc.subarray([...accounts])),
    pools: reading(fc.uniqueArray(pool(number), { maxLength: 2, selector: ({ name }) => name })),
    iap: some(iapAt(web), iapAt(`${web}/cloud_run-r1`), iapAt(`${web}/cloud_run-r2`)),
  });
}

function account(email: string): fc.Arbitrary<AccountRecord> {
  return fc
    .record({
      details: reading(fc.option(fc.record({ uniqueId: fc.constant("1"), disabled: fc.boolean() }), { freq: 6 })),
      policy: fc.option(reading(policy), { nil: undefined, freq: 6 }),
    })
    .map(({ details, policy: own }) => ({ email, details, ...(own === undefined ? {} : { policy: own }) }));
}

const group = (email: string): fc.Arbitrary<GroupRecord> =>
  fc.record({ email: fc.constant(email), members: reading(fc.subarray([...groupMemberWords], { maxLength: 4 }), 6) });

const customNames = ["projects/p1/roles/custom", "projects/p2/roles/custom", "organizations/901/roles/custom"];
const custom = (name: string): fc.Arbitrary<RoleRecord> =>
  fc.record({
    name: fc.constant(name),
    source: fc.constant("live"),
    permissions: reading(fc.subarray([...watchedPermissions], { maxLength: 5 })),
  });

const liveRole = (name: string, permissions: RoleRecord["permissions"]): RoleRecord => ({
  name,
  source: "live",
  permissions,
});
const fixedRoles: readonly RoleRecord[] = [
  ...Object.entries(knownRoles).map(([name, value]) => liveRole(name, { status: "read", value })),
  liveRole("projects/p1/roles/gone", { status: "read", value: [] }),
  liveRole("projects/p1/roles/myServiceAgent", { status: "read", value: ["run.routes.invoke"] }),
  liveRole("roles/half", { status: "partial", value: ["run.routes.invoke"], reason: "cut off" }),
  liveRole("roles/mystery", { status: "denied", reason: "403" }),
];

const scope = reading(fc.subarray(["p1", "p2", "p3"], { minLength: 1 })).map((projects) => ({
  resource: "organizations/901",
  projects,
}));

export const arbitraryWorld: fc.Arbitrary<Snapshot> = fc
  .record({
    containers,
    projects: fc.tuple(
      project("p1", "111", [accountEmails[0], accountEmails[1], accountEmails[4]]),
      fc.option(project("p2", "222", [accountEmails[2]]), { nil: undefined, freq: 3 }),
    ),
    accounts: some(...accountEmails.map(account)),
    roles: some(...customNames.map(custom)),
    groups: some(...groupEmails.map(group)),
    scopes: rarely(scope),
  })
  .map(({ projects, roles, scopes, ...parts }) => ({
    ...emptySnapshot,
    ...parts,
    projects: projects.flatMap((each) => each ?? []),
    roles: [...fixedRoles, ...roles],
    scopes: scopes === undefined ? [] : [scopes],
  }));
