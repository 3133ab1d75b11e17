import { readFileSync } from "node:fs";
import { Ajv, type AnySchemaObject } from "ajv";
import { describe, expect, test } from "vitest";
import { sealSnapshot } from "../../src/snapshot/seal-snapshot.ts";
import type {
  AccountRecord,
  Asked,
  Binding,
  Condition,
  Container,
  ContainerDetails,
  DenyPolicy,
  DenyRule,
  GroupRecord,
  IapRecord,
  KeyRecord,
  LiveIngress,
  Policy,
  PoolRecord,
  ProjectRecord,
  ProviderRecord,
  Reading,
  RoleRecord,
  ScopeRecord,
  ServiceRecord,
  Snapshot,
} from "../../src/snapshot/snapshot.ts";
import { type Keys, schemaShapes, undescribed } from "../schema-shapes.ts";
import { fullSnapshot } from "./full-snapshot.ts";

const schemaFile = new URL("../../schemas/snapshot.schema.json", import.meta.url);
const schema = JSON.parse(readFileSync(schemaFile, "utf8")) as AnySchemaObject;
const ajv = new Ajv({ strict: true, strictTypes: false, strictRequired: false, allowUnionTypes: true });
const validate = ajv.compile(schema);
const snapshot = sealSnapshot(fullSnapshot);

const required = "required";
const optional = "optional";

// A key that a type gains and the schema does not, or the other way round, fails to compile or fails here.
const shapes: Readonly<Record<string, Readonly<Record<string, "required" | "optional">>>> = {
  "": {
    schema: required,
    version: required,
    startedAt: required,
    finishedAt: required,
    reader: required,
    environment: required,
    asked: required,
    endpoints: required,
    scopes: required,
    containers: required,
    projects: required,
    accounts: required,
    roles: required,
    groups: required,
    sha256: required,
  } satisfies Keys<Snapshot>,
  asked: { projects: required, scope: required, groups: required } satisfies Keys<Asked>,
  scope: { resource: required, projects: required } satisfies Keys<ScopeRecord>,
  container: { resource: required, details: required, policy: required, deny: required } satisfies Keys<Container>,
  containerDetails: { number: required, parent: required } satisfies Keys<ContainerDetails>,
  policy: { etag: optional, bindings: required } satisfies Keys<Policy>,
  binding: { role: required, members: required, condition: optional } satisfies Keys<Binding>,
  condition: { title: required, expression: required } satisfies Keys<Condition>,
  denyPolicy: { name: required, rules: required } satisfies Keys<DenyPolicy>,
  denyRule: {
    deniedPrincipals: required,
    exceptionPrincipals: required,
    deniedPermissions: required,
    exceptionPermissions: required,
    condition: optional,
  } satisfies Keys<DenyRule>,
  project: {
    project: required,
    services: required,
    jobs: required,
    accounts: required,
    pools: required,
    iap: required,
  } satisfies Keys<ProjectRecord>,
  iap: { resource: required, policy: required } satisfies Keys<IapRecord>,
  service: {
    kind: required,
    region: required,
    name: required,
    policy: required,
    invokerCheckDisabled: required,
    ingress: required,
    defaultUrlDisabled: required,
    iapEnabled: required,
    iap: required,
    account: required,
    urls: required,
    audiences: required,
    labels: optional,
  } satisfies Keys<ServiceRecord>,
  account: {
    email: required,
    details: required,
    keys: optional,
    policy: optional,
    lastAuthenticated: optional,
  } satisfies Keys<AccountRecord>,
  accountDetails: { uniqueId: required, disabled: required },
  key: { id: required, disabled: required, validAfter: required, validBefore: required } satisfies Keys<KeyRecord>,
  role: { name: required, source: required, permissions: required } satisfies Keys<RoleRecord>,
  group: { email: required, members: required } satisfies Keys<GroupRecord>,
  pool: { name: required, active: required, providers: required } satisfies Keys<PoolRecord>,
  provider: {
    name: required,
    active: required,
    issuer: required,
    condition: required,
    mapping: optional,
    audiences: optional,
    jwks: optional,
  } satisfies Keys<ProviderRecord>,
};

describe("the schema of snapshots", () => {
  test("takes a snapshot that holds everything", () => {
    validate(snapshot);
    expect(validate.errors).toBeNull();
  });

  test("has the keys of the types", () => {
    const found = Object.entries(schemaShapes(schema)).filter(([name]) => !name.endsWith("Reading"));
    expect(Object.fromEntries(found)).toEqual(shapes);
  });

  test("has their words", () => {
    const words = (of: Readonly<Record<string, true>>) => Object.keys(of);
    expect(schema["definitions"].service.properties.ingress.enum).toEqual(
      words({
        all: true,
        internal: true,
        "internal-and-cloud-load-balancing": true,
        none: true,
        unknown: true,
      } satisfies Record<LiveIngress, true>),
    );
    expect(schema["definitions"].service.properties.kind.enum).toEqual(
      words({ service: true, job: true, function: true } satisfies Record<ServiceRecord["kind"], true>),
    );
    expect(schema["definitions"].status.enum).toEqual(
      words({ read: true, partial: true, denied: true, failed: true } satisfies Record<
        Reading<unknown>["status"],
        true
      >),
    );
  });

  test("describes every key", () => {
    expect(undescribed(schema)).toEqual([]);
  });

  test.each<readonly [string, unknown, boolean]>([
    ["read with its value", { status: "read", value: [] }, true],
    ["read with a note", { status: "read", value: [], note: "n" }, true],
    ["read in part with a reason", { status: "partial", value: [], reason: "r" }, true],
    ["denied with a reason", { status: "denied", reason: "r" }, true],
    ["read without a value", { status: "read" }, false],
    ["read with a reason", { status: "read", value: [], reason: "r" }, false],
    ["read in part without a reason", { status: "partial", value: [] }, false],
    ["read in part without a value", { status: "partial", reason: "r" }, false],
    ["denied without a reason", { status: "denied" }, false],
    ["denied with a value", { status: "denied", value: [], reason: "r" }, false],
    ["failed with a note", { status: "failed", reason: "r", note: "n" }, false],
    ["an unknown status", { status: "skipped", reason: "r" }, false],
    ["no status", { value: [] }, false],
    ["null", null, false],
  ])("a reading that is %s", (_, projects, isValid) => {
    expect(validate({ ...snapshot, scopes: [{ resource: "folders/2", projects }] })).toBe(isValid);
  });
});
