import { describe, expect, test } from "vitest";
import {
  account,
  API,
  API_PATH,
  binding,
  INVOKER,
  SKIPPED_WITHOUT_TERRAFORM,
  SLOW,
  testStack,
  withoutTerraform,
} from "./fixture.ts";
import { actionsOf, changeOf } from "./plan.ts";
import { seedAccount, seedJob, seedMembers, seedService } from "./stub-provider/seed.ts";
import { emptyWorld, type World } from "./stub-provider/world.ts";

const ROW = "google_cloud_run_v2_service_iam_binding.row";
const SHOP = "serviceAccount:shop@acme.iam.gserviceaccount.com";
const POST = "serviceAccount:postbox@acme.iam.gserviceaccount.com";
const HUMAN = "user:Ada@example.test";

const row = (members: readonly string[], further = {}) => ({
  resource: { google_cloud_run_v2_service_iam_binding: { row: binding(members, further) } },
});

const callers = (members: readonly string[]) => ({
  google_cloud_run_v2_service_iam_member: {
    caller: { ...API, role: INVOKER, member: "${each.value}", for_each: `\${toset(${JSON.stringify(members)})}` },
  },
});

function worldWithApi(): World {
  const world = emptyWorld();
  seedService(world, API);
  for (const accountId of ["shop", "postbox"]) seedAccount(world, { project: "acme", accountId });
  return world;
}

describe.skipIf(withoutTerraform)(`IAM rows of the stub (${SKIPPED_WITHOUT_TERRAFORM})`, SLOW, () => {
  test("a binding overwrites who had the role, and leaves other roles alone", async () => {
    const { terraform, synthesize } = await testStack({ world: worldWithApi() });
    seedMembers(terraform.world, API_PATH, INVOKER, [HUMAN]);
    seedMembers(terraform.world, API_PATH, "roles/run.viewer", [HUMAN]);
    const dir = await synthesize(row([SHOP]));
    expect(changeOf(await terraform.plan(dir), ROW).before).toBeNull();
    await terraform.apply(dir);
    expect(terraform.world.policies[API_PATH]).toEqual({ [INVOKER]: [SHOP], "roles/run.viewer": [HUMAN] });
  });

  test("members added outside are drift of a binding, but not of a member", async () => {
    const { terraform, synthesize } = await testStack({ world: worldWithApi() });
    const dir = await synthesize(row([SHOP]));
    await terraform.apply(dir);
    seedMembers(terraform.world, API_PATH, INVOKER, [POST, SHOP]);
    const change = changeOf(await terraform.plan(dir), ROW);
    expect(change).toMatchObject({
      actions: ["update"],
      before: { members: [POST, SHOP] },
      after: { members: [SHOP] },
    });
    await terraform.apply(dir);
    expect(terraform.world.policies[API_PATH]).toEqual({ [INVOKER]: [SHOP] });
    expect(await terraform.planIsEmpty(dir)).toBe(true);
  });

  test("a row may be empty, and its import too", async () => {
    const { terraform, synthesize } = await testStack({ world: worldWithApi() });
    const imported = { import: [{ to: ROW, id: `${API_PATH} ${INVOKER}` }] };
    const empty = await synthesize({ ...row([]), ...imported });
    expect(actionsOf(await terraform.plan(empty))).toEqual({ [ROW]: "import no-op" });
    await terraform.apply(empty);
    expect(terraform.log).toEqual([]);
    expect(await terraform.planIsEmpty(empty)).toBe(true);

    await terraform.apply(await synthesize(row([SHOP])));
    await terraform.apply(await synthesize(row([])));
    expect(terraform.world.policies[API_PATH]).toEqual({});
  });

  test("the import of a row shows whom the apply will cut off", async () => {
    const { terraform, synthesize } = await testStack({ world: worldWithApi() });
    seedMembers(terraform.world, API_PATH, INVOKER, [POST, SHOP]);
    const dir = await synthesize({ ...row([SHOP]), import: [{ to: ROW, id: `${API_PATH} ${INVOKER}` }] });
    expect(changeOf(await terraform.plan(dir), ROW)).toMatchObject({
      actions: ["update"],
      before: { members: [POST, SHOP] },
    });
    const missing = { to: ROW, id: `${API_PATH}-not-there ${INVOKER}` };
    await expect(terraform.plan(await synthesize({ ...row([SHOP]), import: [missing] }))).rejects.toThrow(
      /non-existent remote object/,
    );
  });

  test("another role is granted before the old one is taken away", async () => {
    const { terraform, synthesize } = await testStack({ world: worldWithApi() });
    const lifecycle = { create_before_destroy: true };
    await terraform.apply(await synthesize(row([SHOP], { lifecycle })));
    terraform.log.length = 0;
    const dir = await synthesize(row([SHOP], { lifecycle, role: "roles/run.servicesInvoker" }));
    expect(changeOf(await terraform.plan(dir), ROW).actions).toEqual(["create", "delete"]);
    await terraform.apply(dir);
    expect(terraform.log).toEqual([
      `setIamPolicy ${API_PATH} roles/run.servicesInvoker [${SHOP}]`,
      `setIamPolicy ${API_PATH} ${INVOKER} []`,
    ]);
    expect(terraform.world.policies[API_PATH]).toEqual({ "roles/run.servicesInvoker": [SHOP] });
  });

  test("a row that is replaced by itself ends empty: the old one takes the role away last", async () => {
    const { terraform, synthesize } = await testStack({ world: worldWithApi() });
    const dir = await synthesize(row([SHOP], { lifecycle: { create_before_destroy: true } }));
    await terraform.apply(dir);
    await terraform.apply(dir, `-replace=${ROW}`);
    expect(terraform.world.policies[API_PATH]).toEqual({});
    expect(actionsOf(await terraform.plan(dir))).toEqual({ [ROW]: "update" });
  });

  test("members add to what is there, one instance each", async () => {
    const { terraform, synthesize } = await testStack({ world: worldWithApi() });
    seedMembers(terraform.world, API_PATH, INVOKER, [HUMAN.toLowerCase()]);
    const dir = await synthesize({ resource: callers([SHOP, POST]) });
    await terraform.apply(dir);
    expect(terraform.world.policies[API_PATH]?.[INVOKER]).toEqual([POST, SHOP, HUMAN.toLowerCase()]);
    expect(await terraform.planIsEmpty(dir)).toBe(true);
    seedMembers(terraform.world, API_PATH, INVOKER, [SHOP]);
    expect(actionsOf(await terraform.plan(dir))).toEqual({
      [`google_cloud_run_v2_service_iam_member.caller["${POST}"]`]: "create",
    });
    await terraform.apply(await synthesize({ resource: callers([]) }));
    expect(terraform.world.policies[API_PATH]).toEqual({});
  });

  test("a removed block forgets members that a binding takes over", async () => {
    const { terraform, synthesize } = await testStack({ world: worldWithApi() });
    await terraform.apply(await synthesize({ resource: callers([SHOP, POST]) }));
    terraform.log.length = 0;
    const enforced = await synthesize({
      ...row([SHOP, POST]),
      removed: [{ from: "google_cloud_run_v2_service_iam_member.caller", lifecycle: { destroy: false } }],
    });
    expect(Object.values(actionsOf(await terraform.plan(enforced))).toSorted()).toEqual(["create", "forget", "forget"]);
    await terraform.apply(enforced);
    expect(terraform.log).toEqual([`setIamPolicy ${API_PATH} ${INVOKER} [${POST}, ${SHOP}]`]);
    expect(await terraform.planIsEmpty(enforced)).toBe(true);
  });

  test("who does not exist gets no grant, and nothing is granted on what does not exist", async () => {
    const { terraform, synthesize } = await testStack({ world: worldWithApi() });
    const granting = async (further: object, member: string): Promise<string> =>
      terraform.apply(await synthesize(row([member], further)));
    await expect(granting({}, "serviceAccount:nobody@acme.iam.gserviceaccount.com")).rejects.toThrow(
      /Error 400: Service account nobody@.*does not exist/,
    );
    await expect(granting({ name: "apy" }, SHOP)).rejects.toThrow(/Error 404/);
    expect(terraform.log).toEqual([]);
    // Google cannot see into the projects of others, and neither can the stub.
    await granting({}, "serviceAccount:nobody@elsewhere.iam.gserviceaccount.com");
  });

  test("a deleted account keeps a useless grant, which a new one of its name does not inherit", async () => {
    const { terraform, synthesize } = await testStack({ world: worldWithApi() });
    const own = { google_service_account: { a: account("caller") } };
    const member = "serviceAccount:caller@acme.iam.gserviceaccount.com";
    await terraform.apply(await synthesize({ resource: own }));
    const uniqueId = () => terraform.world.accounts["caller@acme.iam.gserviceaccount.com"]?.uniqueId;
    const first = uniqueId();
    seedMembers(terraform.world, API_PATH, INVOKER, [member]);
    terraform.log.length = 0;
    await terraform.apply(await synthesize({}));
    terraform.log.length = 0;
    await terraform.apply(await synthesize({ resource: own }));
    expect(uniqueId()).not.toBe(first);
    expect(terraform.world.policies[API_PATH]?.[INVOKER]).toEqual([expect.stringMatching(/^deleted:.*\?uid=\d+$/)]);
  });

  test("letter case of an address and long names are no change", async () => {
    const { terraform, synthesize } = await testStack({ world: worldWithApi() });
    await terraform.apply(await synthesize(row([HUMAN])));
    expect(terraform.world.policies[API_PATH]?.[INVOKER]).toEqual([HUMAN.toLowerCase()]);
    expect(await terraform.planIsEmpty(await synthesize(row([HUMAN])))).toBe(true);
    expect(await terraform.planIsEmpty(await synthesize(row([HUMAN], { name: API_PATH })))).toBe(true);
  });

  test("every other kind of grant is made, found again and taken away", async () => {
    const { terraform, synthesize } = await testStack({ world: worldWithApi() });
    const job = { project: "acme", location: "europe-west1", name: "nightly" };
    const jobPath = seedJob(terraform.world, job);
    const role = INVOKER;
    const serviceAccountId = "projects/acme/serviceAccounts/shop@acme.iam.gserviceaccount.com";
    const dir = await synthesize({
      resource: {
        google_cloud_run_v2_job_iam_binding: { a: { ...job, role, members: [SHOP] } },
        google_cloud_run_v2_job_iam_member: { a: { ...job, role: "roles/run.viewer", member: SHOP } },
        google_iap_web_cloud_run_service_iam_binding: {
          a: {
            project: "acme",
            location: "europe-west1",
            cloud_run_service_name: "api",
            role: "roles/iap.httpsResourceAccessor",
            members: [HUMAN],
          },
        },
        google_service_account_iam_binding: {
          a: { service_account_id: serviceAccountId, role: "roles/iam.workloadIdentityUser", members: [POST] },
        },
        google_service_account_iam_member: {
          a: { service_account_id: serviceAccountId, role: "roles/iam.serviceAccountUser", member: POST },
        },
        google_project_iam_member: { a: { project: "acme", role: "roles/run.viewer", member: POST } },
      },
    });
    await terraform.apply(dir);
    expect(Object.keys(terraform.world.policies).toSorted()).toEqual([
      "projects/acme",
      "projects/acme/iap_web/cloud_run-europe-west1/services/api",
      jobPath,
      serviceAccountId,
    ]);
    expect(await terraform.planIsEmpty(dir)).toBe(true);
    await terraform.destroy(dir);
    expect(Object.values(terraform.world.policies).every((roles) => Object.keys(roles).length === 0)).toBe(true);
    const open = { google_cloud_run_v2_job_iam_binding: { a: { ...job, role, members: ["allUsers"] } } };
    await expect(terraform.apply(await synthesize({ resource: open }))).rejects.toThrow(/Error 400.*allUsers/);
  });
});
