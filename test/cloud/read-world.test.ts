import { afterEach, describe, expect, test } from "vitest";
import { snapshotDigest } from "../../src/snapshot/seal-snapshot.ts";
import { billingAccount, everyWorld } from "./every-world.ts";
import { everySnapshot } from "./every-snapshot.ts";
import { findUnread } from "./honesty.ts";
import { readWorld } from "./read-world.ts";
import { type Cloud, type CloudOptions, startCloud } from "./server.ts";
import { type CloudWorld, folder, makeWorld, organization, project, service, type WorldProject } from "./world.ts";

let cloud: Cloud;

afterEach(() => cloud.close());

async function start(world: CloudWorld, options: CloudOptions = {}): Promise<Cloud> {
  cloud = await startCloud(world, options);
  return cloud;
}

const asked = { projects: ["acme-prod"], scope: ["folders/222"] };

describe("a world with everything in it", () => {
  test.each([1, 2, 1000])("is read as what it is, %i records to a page", async (pageSize) => {
    await start(everyWorld, { pageSize });
    const { sha256, endpoints, ...content } = await readWorld(cloud, asked);
    expect(content).toStrictEqual(everySnapshot);
    expect(sha256).toBe(snapshotDigest({ ...content, endpoints, sha256 }));
    const { oauth2: _, ...overridden } = cloud.endpoints;
    expect(endpoints).toStrictEqual(overridden);
    expect(cloud.violations).toStrictEqual([]);
  });

  test("every request has the token", async () => {
    await start(everyWorld);
    await readWorld(cloud, asked);
    const tokens = cloud.requests.map(({ headers }) => headers.authorization);
    expect(new Set(tokens)).toStrictEqual(new Set(["Bearer ya29.fake"]));
  });
});

function oneProject(parts: Partial<WorldProject>): CloudWorld {
  return makeWorld({
    organizations: [organization("111")],
    folders: [folder("222", "organizations/111")],
    projects: [project("acme-prod", "1001", { parent: "folders/222", ...parts })],
    roles: { "roles/run.invoker": ["run.routes.invoke"] },
  });
}

describe("what a list leaves out", () => {
  test("a region that is silent in the list and alone makes the services partial, and is named", async () => {
    await start(
      oneProject({
        services: [service("here"), service("there", { region: "us-central1" })],
        unreachable: ["us-central1"],
      }),
    );
    const { projects } = await readWorld(cloud, { projects: ["acme-prod"] });
    expect(projects[0]?.services).toMatchObject({
      status: "partial",
      value: [{ name: "here" }],
      reason: expect.stringContaining("us-central1"),
    });
    expect(projects[0]?.jobs).toMatchObject({ status: "partial" });
  });

  test("a service that is deleted between list and policy is gone, with a note; its neighbours stay", async () => {
    const world = oneProject({ services: [service("gone"), service("here")] });
    await start(world, { faults: ({ path }) => (path.includes("/services/gone") ? 404 : undefined) });
    const { projects } = await readWorld(cloud, { projects: ["acme-prod"] });
    expect(projects[0]?.services).toMatchObject({
      status: "read",
      value: [{ name: "here" }],
      note: expect.stringContaining("europe-west1/gone"),
    });
  });

  test("a project that is being deleted is not below its folder", async () => {
    await start(oneProject({ state: "DELETE_REQUESTED" }));
    const { scopes } = await readWorld(cloud, { scope: ["folders/222"] });
    expect(scopes).toStrictEqual([{ resource: "folders/222", projects: { status: "read", value: [] } }]);
  });

  test("what the world closes is denied or failed, with nothing else", async () => {
    const closed = {
      "policy projects/acme-prod": "denied",
      "deny folders/222": "failed",
      [`keys ${billingAccount}`]: "denied",
    } as const;
    await start({ ...everyWorld, closed: { ...everyWorld.closed, ...closed } });
    const snapshot = await readWorld(cloud, asked);
    expect(findUnread(snapshot)).toStrictEqual([
      "deny policies of folders/222",
      `keys of ${billingAccount}`,
      "policy of projects/acme-prod",
    ]);
  });
});

describe("pace", () => {
  test("requests go side by side", async () => {
    const services = Array.from({ length: 40 }, (_, index) => service(`s${index}`));
    await start(oneProject({ services }), { latencyMs: 20 });
    await readWorld(cloud, { projects: ["acme-prod"] });
    expect(cloud.mostAtOnce("run")).toBeGreaterThan(10);
  });

  test("five reads of deny policies go at once, the sixth waits for a minute", async () => {
    const rule = {
      deniedPrincipals: ["principalSet://goog/public:all"],
      exceptionPrincipals: [],
      deniedPermissions: ["run.googleapis.com/routes.invoke"],
      exceptionPermissions: [],
    };
    const deny = [1, 2, 3, 4, 5, 6, 7, 8].map((number) => ({ id: `fence-${number}`, rules: [rule] }));
    // Three lists, one of them with so many policies.
    const finish = async (policies: number): Promise<string> => {
      await start(oneProject({ deny: deny.slice(0, policies) }));
      const { finishedAt } = await readWorld(cloud, { projects: ["acme-prod"] });
      await cloud.close();
      return finishedAt;
    };
    expect(await finish(2)).toBe("2026-11-22T08:00:00Z");
    expect(await finish(3)).toBe("2026-11-22T08:01:00Z");
    expect(await finish(8)).toBe("2026-11-22T08:02:00Z");
  });
});
