import { describe, expect, test } from "vitest";
import { builtInRole } from "../../src/gcp/builtin-roles.ts";
import { quote, writeScalar } from "../../src/matrix/edit/write-scalar.ts";
import { sealSnapshot } from "../../src/snapshot/seal-snapshot.ts";
import type { Binding, Snapshot } from "../../src/snapshot/snapshot.ts";
import { describeOwner } from "../../src/state/owned-elsewhere.ts";
import { readTerraformState } from "../../src/state/read-terraform-state.ts";
import { adopt, errorsIn, type Files, leftOver, ROOT, validate } from "./adopt-of.ts";
import { emailOf, invoker, type Placed, placed, type Place, policyOf } from "./fleet-plan.ts";

// Worlds and matrices that a review of adopt found it wrong about.

const core: Place = { alias: "core", id: "acme-prod", number: "111111111111" };
const region = "europe-west1";
const dana = "user:dana@acme.test";
const admin = (...members: readonly string[]): Binding => ({ role: "roles/run.admin", members });

interface Given {
  readonly services: readonly Placed[];
  readonly above?: readonly Binding[];
  readonly on?: string;
}

function world({ services, above = [], on = "2026-11-22" }: Given): Snapshot {
  const records = services.map(({ record }) => record);
  const emails = [...new Set(records.flatMap(({ account }) => account ?? []))].sort();
  const policies = records.flatMap(({ policy }) => ("value" in policy ? policy.value.bindings : []));
  const roles = [...new Set([...policies, ...above].map(({ role }) => role))].sort();
  return sealSnapshot({
    schema: "matrix/snapshot/v1",
    version: "0.1.0",
    startedAt: `${on}T05:00:00Z`,
    finishedAt: `${on}T06:00:00Z`,
    reader: null,
    environment: "prod",
    asked: { projects: [core.id], scope: [`projects/${core.id}`], groups: false },
    endpoints: {},
    scopes: [],
    containers: [
      {
        resource: `projects/${core.id}`,
        details: { status: "read", value: { number: core.number, parent: null } },
        policy: policyOf(above),
        deny: { status: "read", value: [] },
      },
    ],
    projects: [
      {
        project: core.id,
        services: { status: "read", value: records.filter(({ kind }) => kind !== "job") },
        jobs: { status: "read", value: records.filter(({ kind }) => kind === "job") },
        accounts: { status: "read", value: emails },
        pools: { status: "read", value: [] },
        iap: [],
      },
    ],
    accounts: emails.map((email) => ({
      email,
      details: { status: "read", value: { uniqueId: "1", disabled: false } },
      keys: { status: "read", value: [] },
      policy: policyOf([]),
    })),
    roles: roles.map((name) => ({
      name,
      source: "live",
      permissions: builtInRole(name) ?? { status: "read", value: ["run.routes.invoke"] },
    })),
    groups: [],
  });
}

const api = (...bindings: readonly Binding[]): Placed => placed(core, region, "api", { bindings });
const matrixOf = (rest: string): Files => ({
  [ROOT]: `version: 1
environments:
  prod: { project: acme-prod, number: "111111111111", regions: [europe-west1] }
${rest}`,
});
const declared = "owner: t, account: { id: api-run, manage: adopt }";
const rulesLeft = (adopted: ReturnType<typeof adopt>): readonly string[] =>
  leftOver(adopted).map((line) => line.slice(0, line.indexOf(":")));

describe("what a person gave a day", () => {
  test.each([
    [
      "an edge",
      `services: { api: { ${declared} } }
callers: { dana: { user: dana@acme.test } }
trust:
  dana -> api: { reason: Until the audit, expires: 2026-01-31 }
`,
      world({ services: [api(invoker(dana))] }),
      "expired-grant",
    ],
    [
      "a service",
      `services: { api: { ${declared}, retired: 2026-01-31 } }
`,
      world({ services: [api(invoker(dana))] }),
      "service-not-in-matrix",
    ],
    [
      "a grant from above",
      `services: { api: { ${declared} } }
inherited:
  admins: { principal: "${dana}", role: roles/run.admin, at: [projects/acme-prod], reason: Moves, expires: 2026-01-31 }
`,
      world({ services: [api()], above: [admin(dana)] }),
      "undeclared-caller-inherited",
    ],
    [
      "an exception",
      `services: { api: { ${declared} } }
exceptions:
  - id: EX-1
    rule: undeclared-caller-other-role
    match: { environment: prod, principal: "${dana}" }
    owner: t
    reason: Until June
    expires: 2026-06-30
`,
      world({ services: [api(admin(dana))] }),
      "undeclared-caller-other-role",
    ],
  ] as const)("is not renewed: %s", (_, rest, snapshot, rule) => {
    const before = matrixOf(rest);
    const adopted = adopt(snapshot, { into: before });
    expect(adopted.files).toEqual(before);
    expect(rulesLeft(adopted)).toContain(rule);
  });

  test("is not renewed where adopt gave it, in whatever run", () => {
    const first = adopt(world({ services: [api(admin(dana))] })).files;
    const late = world({ services: [api(admin(dana))], on: "2027-06-01" });
    const second = adopt(late, { into: first });
    expect(second.files).toEqual(first);
    expect(adopt(late, { into: second.files }).files).toEqual(first);
    expect(rulesLeft(second)).toEqual(["undeclared-caller-other-role"]);
  });

  test("says nothing of another service that runs as the account of a retired one", () => {
    const email = emailOf("shared", core);
    const services = [placed(core, region, "worker", { account: email }), api(invoker(`serviceAccount:${email}`))];
    const rest = `services:
  api: { ${declared} }
  old: { owner: t, retired: 2026-01-31, account: { id: shared, manage: reference } }
trust: { old -> api: Was there }
`;
    expect(adopt(world({ services }), { into: matrixOf(rest) }).files[ROOT]).toContain("worker -> api");
  });
});

describe("what a person wrote stays", () => {
  test("that everybody may call a service, which is closed", () => {
    const before = matrixOf(`services: { api: { ${declared}, public: { reason: Customers browse } } }\n`);
    const adopted = adopt(world({ services: [api()] }), { into: before });
    expect(adopted.files).toEqual(before);
    expect(rulesLeft(adopted)).toEqual(["declared-public-closed"]);
  });

  test("that services are only observed where nobody says otherwise", () => {
    const { files } = adopt(world({ services: [api()] }), { into: matrixOf("defaults: { mode: observe }\n") });
    expect(files[ROOT]).not.toContain("enforce");
  });
});

test("services of a project that a newer snapshot leaves out are not called gone", () => {
  const rest = `services:
  api: { ${declared}, project: core }
  web: { owner: t, project: data }
`;
  const before = matrixOf(rest)[ROOT]?.replace(
    /prod: .*/,
    "prod: { projects: { core: { id: acme-prod }, data: { id: acme-data } }, regions: [europe-west1] }",
  );
  const { adoption } = adopt(world({ services: [api()] }), { into: { [ROOT]: before ?? "" } });
  expect(adoption.services.absent).toEqual([]);
  expect(adoption.report.complete).toBe(false);
});

describe("names", () => {
  test("do not begin with x-, which the language passes over", () => {
    const services = [
      placed(core, region, "x-ray", { bindings: [invoker("user:x@acme.test", "user:.x@acme.test")] }),
      placed(core, region, "x--y", { kind: "job" }),
    ];
    const snapshot = world({ services, above: [admin("user:x@acme.test")] });
    const first = adopt(snapshot);
    expect([...errorsIn(first.files, snapshot), ...leftOver(first)]).toEqual([]);
    expect(adopt(snapshot, { into: first.files }).files).toEqual(first.files);
    expect(validate(first.files, snapshot).matrix?.worlds[0]?.services.size).toBe(2);
  });
});

describe("hostile text", () => {
  const roles = ["roles/a b", "roles/a\nb: c", "roles/", "customRoles/x", `roles/${"x".repeat(3000)}`, "roles/\u202e"];
  const members = ["user:x\u0000@a.test", "user:\u202e\u200bx@a.test", "user:\u{e0041}y@a.test\n- id: EVIL", "user:"];
  const condition = { title: "\u001b[2J", expression: "request.time < \u001b[2J \u0000" };
  test.each([
    ...roles.flatMap((role) => [
      world({ services: [api({ role, members: [dana] })] }),
      world({ services: [api()], above: [{ role, members: [dana] }] }),
    ]),
    ...members.flatMap((member) => [
      world({ services: [api(invoker(member), admin(member))] }),
      world({ services: [api()], above: [admin(member)] }),
    ]),
    world({ services: [api({ ...invoker(dana), condition })] }),
  ])("is written so that the matrix can be read, or left to drift (%#)", (snapshot) => {
    const { files } = adopt(snapshot);
    expect(errorsIn(files, snapshot)).toEqual([]);
    expect(files[ROOT]).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
    expect(adopt(snapshot, { into: files }).files).toEqual(files);
  });

  test("is quoted where nobody would see it", () => {
    expect(writeScalar("a\u202eb", false)).toBe(String.raw`"a\u202eb"`);
    expect(writeScalar("a\u{e0041}b", true)).toBe(String.raw`"a\U000e0041b"`);
    expect(JSON.parse(quote("a\u{e0041}\u200bb", true))).toBe("a\u{e0041}\u200bb");
  });

  test("in the name of a state ends no line and reaches no terminal", () => {
    const owner = describeOwner({ address: "a.b", stateName: "x\u001b[31m\n.json" });
    expect(owner).toBe(String.raw`a.b in x\u{1b}[31m\u{a}.json`);
  });

  test("a state with modules in modules is read, however deep", () => {
    const deep = `${'{"child_modules":['.repeat(20_000)}${"]}".repeat(20_000)}`;
    const text = `{"format_version":"1.0","values":{"root_module":{"child_modules":[${deep}]}}}`;
    expect(readTerraformState(text, "deep")?.resources).toEqual([]);
  });
});
