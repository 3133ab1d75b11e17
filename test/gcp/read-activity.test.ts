import { describe, expect, test } from "vitest";
import { evaluateAccess } from "../../src/access/evaluate-access.ts";
import type { ApiRequest } from "../../src/gcp/api-client.ts";
import { addActivity, readActivities } from "../../src/gcp/read-activity.ts";
import type { AccountRecord, Snapshot } from "../../src/snapshot/snapshot.ts";
import type { Instant } from "../../src/time/instant.ts";
import type { CloudOptions } from "../cloud/server.ts";
import { account, grants, makeWorld, project } from "../cloud/world.ts";
import { read, web, world } from "./read-once.ts";

const day = "2026-11-20T08:00:00Z";
const idle = "idle@acme.iam.gserviceaccount.com";
const busy = "busy@acme.iam.gserviceaccount.com";
const stranger = "caller@elsewhere.iam.gserviceaccount.com";

/** Two accounts that did something, one that did not, and one of a project that is not read. */
const busyWorld = () => {
  const acme = world({
    policy: grants([
      "roles/run.invoker",
      `serviceAccount:${stranger}`,
      "serviceAccount:gone@acme.iam.gserviceaccount.com",
    ]),
    accounts: [
      account(busy, { lastAuthenticated: "2026-11-19T08:00:00Z" }),
      account(idle),
      account(web, { lastAuthenticated: day }),
    ],
  });
  const elsewhere = project("elsewhere", "1002", { accounts: [account(stranger, { lastAuthenticated: day })] });
  return makeWorld({ ...acme, projects: [...acme.projects, elsewhere] });
};

const lastOf = ({ accounts }: Snapshot): Readonly<Record<string, AccountRecord["lastAuthenticated"]>> =>
  Object.fromEntries(accounts.map(({ email, lastAuthenticated }) => [email, lastAuthenticated]));

describe("the activity of accounts", () => {
  test("is read only where that was asked", async () => {
    const { snapshot, cloud } = await read(busyWorld());
    expect(snapshot.accounts.some((one) => "lastAuthenticated" in one)).toBe(false);
    expect(cloud.requests.some(({ api }) => api === "policyanalyzer")).toBe(false);
  });

  test("is that of the accounts that exist in the projects that are read; of those that did nothing it is null", async () => {
    const { snapshot } = await read(busyWorld(), { request: { activity: true } });
    expect(lastOf(snapshot)).toEqual({
      [busy]: { status: "read", value: "2026-11-19T08:00:00Z" },
      [idle]: { status: "read", value: null },
      [web]: { status: "read", value: day },
      [stranger]: undefined,
      "gone@acme.iam.gserviceaccount.com": undefined,
    });
  });

  test("that is refused is denied, with the permission that is missing, and nothing else is", async () => {
    const closed = { "activity projects/acme": "denied" } as const;
    const { snapshot } = await read({ ...busyWorld(), closed }, { request: { activity: true } });
    const denied = {
      status: "denied",
      reason: expect.stringContaining("policyanalyzer.serviceAccountLastAuthenticationActivities.query is missing"),
    };
    expect(lastOf(snapshot)).toMatchObject({ [web]: denied, [idle]: denied });
    const asOf = Date.parse(snapshot.finishedAt) as Instant;
    const before = (await read(busyWorld())).snapshot;
    expect(evaluateAccess(snapshot, { asOf, indirect: "all" })).toEqual(
      evaluateAccess(before, { asOf, indirect: "all" }),
    );
  });

  test("of an API that is not enabled is no silence of the accounts", async () => {
    const closed = { "activity projects/acme": "disabled" } as const;
    const { snapshot } = await read({ ...busyWorld(), closed }, { request: { activity: true } });
    expect(lastOf(snapshot)[idle]).toMatchObject({
      status: "denied",
      reason: expect.stringContaining("not been used"),
    });
  });

  test("that breaks off is true of those that were named, and says nothing of the others", async () => {
    const faults: CloudOptions["faults"] = ({ api, query }) =>
      api === "policyanalyzer" && query.includes("pageToken") ? 503 : undefined;
    const { snapshot } = await read(busyWorld(), { request: { activity: true }, faults, pageSize: 1 });
    expect(lastOf(snapshot)).toMatchObject({
      [busy]: { status: "read", value: "2026-11-19T08:00:00Z" },
      [idle]: { status: "failed", reason: expect.stringContaining("page 2: 503") },
      [web]: { status: "failed" },
    });
  });
});

/** What is made of these activities for an account with the unique id 7. */
async function lastAmong(...activities: readonly unknown[]): Promise<AccountRecord["lastAuthenticated"]> {
  const asked: ApiRequest[] = [];
  const client = {
    call: (request: ApiRequest) => {
      asked.push(request);
      return Promise.resolve({ kind: "read" as const, body: { activities } });
    },
  };
  const contexts = [{ client, project: "acme", number: "1001" }];
  const record = { email: web, details: { status: "read", value: { uniqueId: "7", disabled: false } } } as const;
  const [found] = addActivity([record], contexts, await readActivities(contexts));
  expect(asked.map(({ path }) => path)).toEqual([
    "v1/projects/acme/locations/global/activityTypes/serviceAccountLastAuthentication/activities:query",
  ]);
  return found?.lastAuthenticated;
}

const seen = (name: string, activity: unknown) => ({
  fullResourceName: `//iam.googleapis.com/projects/acme/serviceAccounts/${name}`,
  activity,
});
const at = (lastAuthenticatedTime: unknown) => ({ lastAuthenticatedTime });

describe("an answer", () => {
  test.each([
    ["names the account by email, in any case", [seen("Web@acme.iam.gserviceaccount.com", at(day))], day],
    ["names it by its unique id", [seen("7", at(day))], day],
    [
      "names it several times",
      [seen(web, at("2026-11-01T08:00:00Z")), seen("7", at(day)), seen(web, at("2026-11-02T08:00:00Z"))],
      day,
    ],
    ["names it without a time", [seen(web, {})], null],
    ["names it without anything", [seen(web, undefined)], null],
    ["names another", [seen("70", at(day))], null],
    ["is empty", [], null],
  ])("that %s is read", async (_, activities, value) => {
    expect(await lastAmong(...activities)).toEqual({ status: "read", value });
  });

  test.each([
    ["no object", null, "activities[0] is not an object"],
    ["no name", { activity: at(day) }, "activities[0].fullResourceName is missing"],
    ["a time that is none", seen(web, at("yesterday")), "lastAuthenticatedTime is no moment"],
    ["a day without a time", seen(web, at("2026-11-20")), "lastAuthenticatedTime is no moment"],
    ["a thirteenth month", seen(web, at("2026-13-20T08:00:00Z")), "lastAuthenticatedTime is no moment"],
    ["a number", seen(web, at(5)), "lastAuthenticatedTime is not text"],
  ])("with %s is failed", async (_, activity, reason) => {
    expect(await lastAmong(activity)).toEqual({ status: "failed", reason: expect.stringContaining(reason) });
  });
});
