import { afterAll, beforeAll, expect, test } from "vitest";
import type { Snapshot } from "../../src/snapshot/snapshot.ts";
import { billingAccount, everyWorld } from "./every-world.ts";
import { readWorld } from "./read-world.ts";
import { type Gcloud, hasGcloud, pointGcloud } from "./run-gcloud.ts";
import { type Cloud, startCloud } from "./server.ts";

/*
 * Google's own client in front of the same server: what it reads is what the reader reads. It proves that the shapes of
 * the server are such as gcloud understands, and that the reader asks where gcloud asks.
 */
const skipped = !hasGcloud();

let cloud: Cloud;
let gcloud: Gcloud;
let snapshot: Snapshot;

beforeAll(async () => {
  if (skipped) {
    return;
  }
  cloud = await startCloud(everyWorld);
  gcloud = pointGcloud(cloud, "acme-prod");
  snapshot = await readWorld(cloud, { projects: ["acme-prod"] });
});

afterAll(async () => {
  gcloud?.close();
  await cloud?.close();
});

/** Two at a time: each takes a second of one core. */
async function askAll(commands: readonly string[]): Promise<readonly unknown[]> {
  const answers: unknown[] = [];
  for (let index = 0; index < commands.length; index += 2) {
    answers.push(...(await Promise.all(commands.slice(index, index + 2).map(gcloud.ask))));
  }
  return answers;
}

/** What gcloud printed, which is unknown, on its way to be compared. */
function part(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((inner, name) => Object(inner)[name], value);
}

function list(value: unknown): readonly unknown[] {
  expect(value).toBeInstanceOf(Array);
  return Array.isArray(value) ? value : [];
}

/** Gcloud prints etags in the alphabet of URLs, and an empty policy without bindings. */
function policyOf(printed: unknown): unknown {
  const etag = String(part(printed, "etag")).replaceAll("-", "+").replaceAll("_", "/");
  return { status: "read", value: { etag, bindings: part(printed, "bindings") ?? [] } };
}

function denyPolicyOf(printed: unknown): unknown {
  return {
    name: part(printed, "name"),
    rules: list(part(printed, "rules")).map((rule) => {
      const { denialCondition, ...lists } = Object(part(rule, "denyRule"));
      const condition = part(denialCondition, "expression");
      return {
        exceptionPrincipals: [],
        exceptionPermissions: [],
        ...lists,
        ...(condition === undefined ? {} : { condition }),
      };
    }),
  };
}

test.skipIf(skipped)(`gcloud reads the same${skipped ? " (skipped: there is no gcloud here)" : ""}`, async () => {
  const [services, policy, ancestors, accounts, keys, role, activities] = await askAll([
    "run services list",
    "run services get-iam-policy billing --region europe-west1",
    "projects get-ancestors-iam-policy acme-prod --include-deny",
    "iam service-accounts list",
    `iam service-accounts keys list --managed-by user --iam-account ${billingAccount}`,
    "iam roles describe roles/run.invoker",
    "policy-intelligence query-activity --activity-type serviceAccountLastAuthentication --project acme-prod",
  ]);
  const [prod] = snapshot.projects;
  const read = prod?.services.status === "read" ? prod.services.value : [];
  const defaultAccount = "1001-compute@developer.gserviceaccount.com";

  expect(read.map(({ region, name, account, urls }) => ({ region, name, account, url: urls.at(-1) }))).toStrictEqual(
    list(services)
      .map((one) => ({
        region: part(one, "metadata", "labels", "cloud.googleapis.com/location"),
        name: part(one, "metadata", "name"),
        account: part(one, "spec", "template", "spec", "serviceAccountName") ?? defaultAccount,
        url: part(one, "status", "url"),
      }))
      .sort((a, b) => `${a.region}/${a.name}`.localeCompare(`${b.region}/${b.name}`, "en")),
  );
  expect(read[0]).toMatchObject({ name: "billing", region: "europe-west1", policy: policyOf(policy) });

  const levels = list(ancestors).map((one) => ({
    resource: `${String(part(one, "type"))}s/${String(part(one, "id"))}`,
    isDeny: part(one, "policy", "kind") === "DenyPolicy",
    policy: part(one, "policy"),
  }));
  expect(
    snapshot.containers.map(({ resource, policy: allow, deny }) => ({ resource, policy: allow, deny })),
  ).toStrictEqual(
    levels
      .filter(({ isDeny }) => !isDeny)
      .map(({ resource, policy: allow }) => ({
        resource,
        policy: policyOf(allow),
        deny: {
          status: "read",
          value: levels.filter((one) => one.isDeny && one.resource === resource).map((one) => denyPolicyOf(one.policy)),
        },
      }))
      .sort((a, b) => (a.resource < b.resource ? -1 : 1)),
  );

  const own = snapshot.accounts.filter(({ email }) => email.endsWith("@acme-prod.iam.gserviceaccount.com"));
  expect(own.map(({ email, details }) => ({ email, details }))).toStrictEqual(
    list(accounts).map((one) => ({
      email: part(one, "email"),
      details: { status: "read", value: { uniqueId: part(one, "uniqueId"), disabled: part(one, "disabled") } },
    })),
  );
  expect(own.find(({ email }) => email === billingAccount)?.keys).toStrictEqual({
    status: "read",
    value: list(keys).map((one) => ({
      id: String(part(one, "name")).split("/").at(-1),
      disabled: part(one, "disabled") ?? false,
      validAfter: part(one, "validAfterTime"),
      validBefore: part(one, "validBeforeTime"),
    })),
  });
  const active = own.flatMap(({ email, lastAuthenticated }) =>
    lastAuthenticated?.status === "read" && lastAuthenticated.value !== null ? [[email, lastAuthenticated.value]] : [],
  );
  expect(active).toStrictEqual(
    list(activities).map((one) => [
      String(part(one, "fullResourceName")).split("/").at(-1),
      part(one, "activity", "lastAuthenticatedTime"),
    ]),
  );
  expect(active).not.toStrictEqual([]);
  const invoker = snapshot.roles.find(({ name }) => name === part(role, "name"));
  expect(part(role, "includedPermissions")).toStrictEqual(
    expect.arrayContaining([...(invoker?.permissions.status === "read" ? invoker.permissions.value : ["none"])]),
  );
  expect(cloud.violations).toStrictEqual([]);
});
