import { describe, expect, test } from "vitest";
import { snapshotDigest } from "../../src/snapshot/seal-snapshot.ts";
import type { CloudOptions } from "../cloud/server.ts";
import { grants, makeWorld, project } from "../cloud/world.ts";
import { read, web, world } from "./read-once.ts";

test("the same world gives the same snapshot, whatever order was asked in", async () => {
  const content = makeWorld({ ...world(), projects: [...world().projects, project("beta", "1002")] });
  const one = await read(content, { request: { projects: ["acme", "beta"], accounts: [web] } });
  const two = await read(content, { request: { projects: ["beta", "acme", "beta"] }, deps: { concurrency: 1 } });
  const { endpoints: _a, sha256, ...left } = one.snapshot;
  const { endpoints: _b, sha256: __, ...right } = two.snapshot;
  expect(left).toEqual(right);
  expect(sha256).toBe(snapshotDigest(one.snapshot));
});

test("requests are counted by API", async () => {
  const { requests, cloud } = await read(world());
  expect(Object.values(requests).reduce((sum, number) => sum + number)).toBe(cloud.requests.length);
  expect(requests).toMatchObject({ cloudresourcemanager: 4, run: 4 });
});

test("overridden hosts stand in the snapshot", async () => {
  const { snapshot, cloud } = await read(world());
  expect(snapshot.endpoints).toMatchObject({ run: cloud.endpoints.run, iam: cloud.endpoints.iam });
  expect(snapshot.endpoints).not.toHaveProperty("oauth2");
});

describe("a service that is expected", () => {
  const expected = { project: "acme", region: "europe-west1", name: "web", kind: "service" } as const;
  /** The list leaves it out. */
  const emptyList: CloudOptions["faults"] = ({ path }) => (path.endsWith("/locations/-/services") ? 503 : undefined);

  test("and listed is not asked for again", async () => {
    const { cloud } = await read(world(), { request: { services: [expected] } });
    expect(cloud.requests.filter(({ path }) => path.startsWith("/v2/") && path.includes("services"))).toHaveLength(0);
  });

  test("and not there is not there", async () => {
    const { record, cloud } = await read(world(), { request: { services: [{ ...expected, name: "absent" }] } });
    expect(record.services).toMatchObject({ status: "read", value: [{ name: "web" }] });
    expect(cloud.requests.map(({ path }) => path)).toContain(
      "/v2/projects/acme/locations/europe-west1/services/absent",
    );
  });

  test("and may not be looked for leaves the list as it is", async () => {
    const faults: CloudOptions["faults"] = ({ path }) => (path.endsWith("/absent") ? 403 : undefined);
    const { record } = await read(world(), { faults, request: { services: [{ ...expected, name: "absent" }] } });
    expect(record.services.status).toBe("read");
  });

  test("and cannot be looked for makes the list partial", async () => {
    const faults: CloudOptions["faults"] = ({ path }) => (path.endsWith("/absent") ? 500 : undefined);
    const { record } = await read(world(), { faults, request: { services: [{ ...expected, name: "absent" }] } });
    expect(record.services).toMatchObject({
      status: "partial",
      reason: expect.stringContaining("whether europe-west1/absent exists: 500"),
    });
  });

  test("is not looked for where the list failed", async () => {
    const { record, cloud } = await read(world(), { faults: emptyList, request: { services: [expected] } });
    expect(record.services).toMatchObject({ status: "failed" });
    expect(cloud.requests.filter(({ path }) => path.startsWith("/v2/projects"))).toEqual([]);
  });
});

test("a service that the list lacks and that exists makes the list partial, and is read", async () => {
  const { record } = await read(world({ unreachable: ["europe-west1"] }), {
    request: { services: [{ project: "acme", region: "europe-west1", name: "web", kind: "service" }] },
  });
  expect(record.services).toMatchObject({
    status: "partial",
    value: [{ name: "web", account: web, policy: { status: "read" } }],
    reason: expect.stringMatching(
      /region europe-west1 did not answer: 503.*; the list lacks europe-west1\/web, which exists/,
    ),
  });
});

test("an account that a service runs as, and that the list lacks, makes the list partial", async () => {
  const faults: CloudOptions["faults"] = ({ api, path }) =>
    api === "iam" && path.endsWith("/serviceAccounts") ? "empty" : undefined;
  const { record, snapshot } = await read(world(), { faults });
  expect(record.accounts).toEqual({ status: "partial", value: [web], reason: `the list lacks ${web}, which exists` });
  expect(snapshot.accounts).toMatchObject([{ email: web, keys: { status: "read" }, policy: { status: "read" } }]);
});

describe("a role", () => {
  const policy = grants(
    ["roles/run.invoker", "allUsers"],
    ["roles/run.developer", "allUsers"],
    ["roles/../x", "allUsers"],
  );

  test("that is not answered is of the built-in table; one that is no name is not asked for", async () => {
    const { snapshot } = await read(world({ policy }));
    expect(snapshot.roles).toEqual([
      {
        name: "roles/../x",
        source: "live",
        permissions: { status: "failed", reason: "not asked: it is not the name of a role" },
      },
      {
        name: "roles/run.developer",
        source: "2026-08-22",
        permissions: {
          status: "read",
          value: expect.arrayContaining(["run.routes.invoke"]),
          note: expect.stringContaining("not read live: 404"),
        },
      },
      { name: "roles/run.invoker", source: "live", permissions: { status: "read", value: ["run.routes.invoke"] } },
    ]);
  });
});

test("groups are named, and read only where that was asked", async () => {
  const content = {
    ...world({ policy: grants(["roles/run.invoker", "group:Ops@acme.test"]) }),
    groups: [{ email: "ops@acme.test", members: ["user:ann@acme.test"] }],
  };
  expect((await read(content)).snapshot.groups).toEqual([
    { email: "ops@acme.test", members: { status: "failed", reason: "members of groups were not asked for" } },
  ]);
  expect((await read(content, { request: { groups: true } })).snapshot.groups).toEqual([
    { email: "ops@acme.test", members: { status: "read", value: ["user:ann@acme.test"] } },
  ]);
});

test("an account that is deleted while it is read is missing, with a note", async () => {
  const gone: CloudOptions["faults"] = ({ path }) =>
    decodeURIComponent(path).includes(`serviceAccounts/${web}`) ? 404 : undefined;
  const { record, snapshot } = await read(world(), { faults: gone });
  expect(record.accounts).toEqual({ status: "read", value: [], note: `deleted while it was read: ${web}` });
  expect(snapshot.accounts).toEqual([{ email: web, details: { status: "read", value: null } }]);
});
