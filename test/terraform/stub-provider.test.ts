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
import { seedAccount, seedService } from "./stub-provider/seed.ts";

const CALLER = "serviceAccount:caller@acme.iam.gserviceaccount.com";
const CALLER_TEXT = "${google_service_account.caller.member}";

describe.skipIf(withoutTerraform)(`validate with the stub (${SKIPPED_WITHOUT_TERRAFORM})`, SLOW, () => {
  test("accepts a stack and names what is wrong with another", async () => {
    const { terraform, synthesize } = await testStack();
    const valid = {
      google_service_account: { caller: account("caller-one", { description: "a", timeouts: { create: "5m" } }) },
    };
    await terraform.validate(await synthesize({ resource: valid }));

    const wrong: readonly (readonly [resource: unknown, message: RegExp])[] = [
      [
        { google_service_account: { a: account("caller-one", { displayname: "x" }) } },
        /Extraneous JSON object property.*"displayname"/s,
      ],
      [{ google_service_account: { a: account("caller-one", { disabled: "perhaps" }) } }, /a bool is required/],
      [{ google_service_account: { a: { project: "acme" } } }, /"account_id" is required/],
      [{ google_cloud_run_v2_service_iam_binding: { a: binding([CALLER_TEXT]) } }, /undeclared resource/],
      [
        {
          ...valid,
          google_cloud_run_v2_service_iam_binding: { a: binding(["${google_service_account.caller.mail}"]) },
        },
        /Unsupported attribute/,
      ],
      [
        { google_cloud_run_v2_service: { a: { ...API, template: { containers: [{ image: "x", imagine: 1 }] } } } },
        /"imagine"/,
      ],
      [{ google_cloud_run_v2_service: { a: { ...API } } }, /Insufficient template blocks|at least 1 "template"/i],
      [{ google_storage_bucket: { a: {} } }, /does not support resource type/],
    ];
    for (const [resource, message] of wrong) {
      await expect(terraform.validate(await synthesize({ resource }))).rejects.toThrow(message);
    }
  });

  test("checks values as the provider does", async () => {
    const { terraform, synthesize } = await testStack();
    const rejected = async (resource: unknown, message: RegExp): Promise<void> => {
      await expect(terraform.validate(await synthesize({ resource }))).rejects.toThrow(message);
    };
    await rejected({ google_service_account: { a: account("short") } }, /doesn't match regexp/);
    await rejected({ google_service_account: { a: account("ends-with-") } }, /doesn't match regexp/);
    // 129 times two bytes: the limits count bytes, not characters.
    await rejected(
      { google_service_account: { a: account("caller-one", { description: "é".repeat(129) }) } },
      /\(0 - 256\)/,
    );
    await rejected(
      { google_service_account: { a: account("caller-one", { display_name: "é".repeat(51) }) } },
      /\(0 - 100\)/,
    );
    await rejected(
      { google_cloud_run_v2_service_iam_binding: { a: binding([`deleted:${CALLER}?uid=1`]) } },
      /deleted principals/,
    );
    await rejected({ google_cloud_run_v2_service_iam_binding: { a: binding(["nobody"]) } }, /invalid value "nobody"/);
  });
});

describe.skipIf(withoutTerraform)(`plan and apply with the stub (${SKIPPED_WITHOUT_TERRAFORM})`, SLOW, () => {
  test("a plan knows an account's address, an apply creates it, the next plan is empty", async () => {
    const { terraform, synthesize } = await testStack();
    seedService(terraform.world, API);
    const dir = await synthesize({
      resource: {
        google_service_account: { caller: account("caller", { display_name: "Caller" }) },
        google_cloud_run_v2_service_iam_binding: { row: binding([CALLER_TEXT]) },
      },
      output: { email: { value: "${google_service_account.caller.email}" } },
    });

    const plan = await terraform.plan(dir);
    expect(actionsOf(plan)).toEqual({
      "google_service_account.caller": "create",
      "google_cloud_run_v2_service_iam_binding.row": "create",
    });
    expect(changeOf(plan, "google_service_account.caller")).toMatchObject({
      after: { email: "caller@acme.iam.gserviceaccount.com", member: CALLER },
      after_unknown: { unique_id: true, name: true, id: true },
    });
    expect(changeOf(plan, "google_cloud_run_v2_service_iam_binding.row").after?.["members"]).toEqual([CALLER]);

    await terraform.apply(dir);
    expect(terraform.log).toEqual([
      "createServiceAccount projects/acme/serviceAccounts/caller@acme.iam.gserviceaccount.com",
      `setIamPolicy ${API_PATH} ${INVOKER} [${CALLER}]`,
    ]);
    expect(terraform.world.policies[API_PATH]).toEqual({ [INVOKER]: [CALLER] });
    expect(await terraform.planIsEmpty(dir)).toBe(true);
    expect(await terraform.outputs(dir)).toEqual({ email: "caller@acme.iam.gserviceaccount.com" });
  });

  test("what a plan cannot know stays unknown, also inside a text", async () => {
    const { terraform, synthesize } = await testStack();
    seedService(terraform.world, API);
    const dir = await synthesize({
      resource: {
        google_iam_workload_identity_pool: { pool: { workload_identity_pool_id: "builders" } },
        google_cloud_run_v2_service_iam_binding: {
          row: binding(["principalSet://iam.googleapis.com/${google_iam_workload_identity_pool.pool.name}/*"]),
        },
      },
    });
    const change = changeOf(await terraform.plan(dir), "google_cloud_run_v2_service_iam_binding.row");
    expect(change.after_unknown).toMatchObject({ members: [true] });
    await terraform.apply(dir);
    expect(terraform.world.policies[API_PATH]?.[INVOKER]).toEqual([
      "principalSet://iam.googleapis.com/projects/acme/locations/global/workloadIdentityPools/builders/*",
    ]);
    expect(await terraform.planIsEmpty(dir)).toBe(true);
  });

  test("an account is replaced by its id, updated by its texts and not disabled when it is made", async () => {
    const { terraform, synthesize } = await testStack();
    const resource = (accountId: string, further = {}) => ({
      resource: { google_service_account: { a: account(accountId, further) } },
    });
    const disabled = await synthesize(resource("caller", { disabled: true }));
    await terraform.apply(disabled);
    const email = "caller@acme.iam.gserviceaccount.com";
    expect(terraform.world.accounts[email]?.disabled).toBe(false);
    expect(actionsOf(await terraform.plan(disabled))).toEqual({ "google_service_account.a": "update" });
    await terraform.apply(disabled);
    expect(terraform.world.accounts[email]?.disabled).toBe(true);

    const described = await synthesize(resource("caller", { disabled: true, description: "who" }));
    expect(actionsOf(await terraform.plan(described))).toEqual({ "google_service_account.a": "update" });
    const renamed = changeOf(
      await terraform.plan(await synthesize(resource("caller-two"))),
      "google_service_account.a",
    );
    expect(renamed).toMatchObject({
      actions: ["delete", "create"],
      after: { email: "caller-two@acme.iam.gserviceaccount.com" },
      after_unknown: { unique_id: true },
    });
  });

  test("an account that exists is refused, imported, and gone when it is deleted outside", async () => {
    const { terraform, synthesize } = await testStack();
    const email = seedAccount(terraform.world, { project: "acme", accountId: "caller" });
    const resource = { google_service_account: { a: account("caller") } };
    const plain = await synthesize({ resource });
    await expect(terraform.apply(plain)).rejects.toThrow(/Error 409/);

    const importing = await synthesize({
      resource,
      import: [{ to: "google_service_account.a", id: `projects/acme/serviceAccounts/${email}` }],
    });
    expect(actionsOf(await terraform.plan(importing))).toEqual({ "google_service_account.a": "import no-op" });
    await terraform.apply(importing);
    expect(terraform.log).toEqual([]);
    delete terraform.world.accounts[email];
    expect(actionsOf(await terraform.plan(plain))).toEqual({ "google_service_account.a": "create" });
  });

  test("a moved block renames in the state only", async () => {
    const { terraform, synthesize } = await testStack();
    await terraform.apply(await synthesize({ resource: { google_service_account: { old: account("caller") } } }));
    const renamed = await synthesize({
      resource: { google_service_account: { new: account("caller") } },
      moved: [{ from: "google_service_account.old", to: "google_service_account.new" }],
    });
    const plan = await terraform.plan(renamed);
    expect(actionsOf(plan)).toEqual({});
    expect(plan.resource_changes?.[0]).toMatchObject({
      address: "google_service_account.new",
      previous_address: "google_service_account.old",
    });
    terraform.log.length = 0;
    await terraform.apply(renamed);
    expect(terraform.log).toEqual([]);
  });

  test("two stacks work at the same time, each in its own world", async () => {
    const stacks = await Promise.all([testStack(), testStack()]);
    await Promise.all(
      stacks.map(async ({ terraform, synthesize }, index) => {
        await terraform.apply(
          await synthesize({ resource: { google_service_account: { a: account(`caller-${index}`) } } }),
        );
      }),
    );
    expect(stacks.map(({ terraform }) => Object.keys(terraform.world.accounts))).toEqual([
      ["caller-0@acme.iam.gserviceaccount.com"],
      ["caller-1@acme.iam.gserviceaccount.com"],
    ]);
  });
});
