import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { allRemovedBlocks, removedBlocks } from "../../src/state/removed-blocks.ts";
import { describeOwner, ownedElsewhere } from "../../src/state/owned-elsewhere.ts";
import { type OwnedResource, ownedResources } from "../../src/state/owned-resources.ts";
import { readTerraformState, type TerraformState } from "../../src/state/read-terraform-state.ts";
import { SKIPPED_WITHOUT_TERRAFORM, SLOW, withoutTerraform } from "../terraform/fixture.ts";
import { execute, findTerraform } from "../terraform/command.ts";
import { startTerraform } from "../terraform/terraform.ts";
import { BILLING, CHECKOUT, INVOKER, instances, SETTLE, shownState, stateFile } from "./world.ts";

function read(text: string, name = "team-a.json"): TerraformState {
  const state = readTerraformState(text, name);
  if (state === undefined) throw new Error("no state");
  return state;
}

const state = read(stateFile(instances));
const owned = ownedResources(state);
const addressesOf = (resources: readonly OwnedResource[]): readonly string[] => resources.map(({ address }) => address);

/** What deploys the service itself, which takes nothing from a matrix. */
const deployed = ({ resources }: ReturnType<typeof ownedElsewhere>) =>
  resources.filter(({ kind, resource }) => kind === "service" && resource === BILLING);

describe("a state", () => {
  test("is the same as a file, as terraform show prints it, and as the state before a plan", () => {
    const shown = shownState(instances);
    expect(ownedResources(read(shown))).toEqual(owned);
    const plan = JSON.stringify({ format_version: "1.2", planned_values: {}, prior_state: JSON.parse(shown) });
    expect(ownedResources(read(plan))).toEqual(owned);
    expect(ownedResources(read(`\uFEFF${shown}`))).toEqual(owned);
  });

  test("has addresses as Terraform writes them", () => {
    expect(addressesOf(owned)).toEqual([
      "google_cloud_run_service_iam_binding.old",
      "google_cloud_run_v2_job.settle",
      "google_cloud_run_v2_job_iam_binding.settle",
      "google_cloud_run_v2_service.billing",
      'google_cloud_run_v2_service_iam_member.callers["say \\"hi\\"\\n\\u202e"]',
      'google_cloud_run_v2_service_iam_member.callers["serviceAccount:$${x}@a.iam"]',
      "google_cloudfunctions2_function_iam_member.fn",
      "google_iap_web_cloud_run_service_iam_binding.people",
      "google_service_account.billing",
      "module.policies.google_cloud_run_v2_service_iam_policy.all",
      'module.run["eu"].module.inner[0].google_cloud_run_v2_service_iam_binding.row[1]',
    ]);
    expect(owned.at(-1)?.block).toBe("module.run.module.inner.google_cloud_run_v2_service_iam_binding.row");
  });

  test("says what each resource manages", () => {
    const named = (part: string): object | undefined => {
      const found = owned.find(({ address }) => address.includes(part));
      return found === undefined
        ? undefined
        : { kind: found.kind, resource: found.resource, grants: found.grants, email: found.email };
    };
    expect(named('callers["service')).toEqual({
      kind: "row-member",
      resource: BILLING,
      grants: [{ role: INVOKER, members: ["serviceAccount:checkout@acme-prod.iam.gserviceaccount.com"] }],
      email: undefined,
    });
    expect(named(".row[1]")).toMatchObject({
      kind: "row-binding",
      resource: BILLING,
      grants: [{ role: INVOKER, members: ["user:ana@acme.com", "user:bo@acme.com"] }],
    });
    expect(named("policy.all")).toMatchObject({
      kind: "row-policy",
      resource: CHECKOUT,
      grants: [{ role: "roles/run.admin", members: ["user:ana@acme.com"] }],
    });
    expect(named(".old")).toMatchObject({ kind: "row-binding", resource: BILLING });
    expect(named("function_iam")).toMatchObject({
      kind: "function-member",
      resource: "projects/acme-prod/locations/europe-west1/functions/billing",
    });
    expect(named("iap_web")).toMatchObject({ kind: "iap-binding", resource: BILLING });
    expect(named("google_service_account")).toEqual({
      kind: "account",
      resource: "projects/acme-prod/serviceAccounts/billing@acme-prod.iam.gserviceaccount.com",
      grants: [],
      email: "billing@acme-prod.iam.gserviceaccount.com",
    });
    expect(named("v2_service.billing")).toMatchObject({ kind: "service", resource: BILLING, grants: [] });
    expect(named("v2_job.settle")).toMatchObject({ kind: "job", resource: SETTLE });
  });

  test("of matrix itself is told by its output", () => {
    expect(state).toMatchObject({ isOurs: false, hash: undefined });
    for (const text of [stateFile([], "00ff"), shownState([], "00ff")])
      expect(read(text)).toMatchObject({ isOurs: true, hash: "00ff" });
  });

  test("may be empty", () => {
    expect(read('{"format_version":"1.0"}').resources).toEqual([]);
    expect(read('{"version":4,"resources":[]}').resources).toEqual([]);
    expect(read('{"format_version":"1.2","resource_changes":[]}').resources).toEqual([]);
  });

  const one = { type: "google_service_account", name: "a", values: {} };
  test.each([
    ["text", "hello"],
    ["a list", "[]"],
    ["a version before 0.12", '{"version":3,"resources":[]}'],
    ["a version to come", '{"format_version":"2.0","values":{}}'],
    ["schemas of providers", '{"format_version":"1.0","provider_schemas":{}}'],
    ["a file without resources", '{"version":4}'],
    ["a resource without a name", stateFile([{ ...one, name: "" }])],
    ["a name that is none", stateFile([{ ...one, name: 'a"]\nremoved {' }])],
    ["a type that is none", shownState([{ ...one, type: "a.b" }])],
    ["a key that is none", stateFile([{ ...one, index: -1 }])],
    ["a module that is none", stateFile([{ ...one, module: "module.a\nmodule.b" }])],
    ["a module that ends too early", stateFile([{ ...one, module: "module.a." }])],
    ["a module with a line in its key", stateFile([{ ...one, module: 'module.a["\n"]' }])],
  ])("is not: %s", (_, text) => {
    expect(readTerraformState(text, "x")).toBeUndefined();
  });
});

describe("who else manages", () => {
  const elsewhere = ownedElsewhere(
    [state, read(stateFile(instances, "00ff"), "ours.tfstate")],
    new Map([["123", "acme-prod"]]),
  );

  test("a row: its bindings and members, and the policy of the service whatever the role", () => {
    expect(elsewhere.rowOwners(BILLING, INVOKER).map(describeOwner)).toEqual([
      "google_cloud_run_service_iam_binding.old in team-a.json",
      'google_cloud_run_v2_service_iam_member.callers["serviceAccount:$${x}@a.iam"] in team-a.json',
      'module.run["eu"].module.inner[0].google_cloud_run_v2_service_iam_binding.row[1] in team-a.json',
    ]);
    expect(elsewhere.rowOwners(BILLING, "roles/run.servicesInvoker")).toEqual([]);
    expect(addressesOf(elsewhere.rowOwners(CHECKOUT, "roles/run.servicesInvoker"))).toEqual([
      "module.policies.google_cloud_run_v2_service_iam_policy.all",
    ]);
    expect(elsewhere.rowOwners(CHECKOUT, INVOKER)).toHaveLength(2);
  });

  test("a row of a project that the state calls by its number", () => {
    expect(addressesOf(elsewhere.rowOwners(SETTLE, INVOKER))).toEqual(["google_cloud_run_v2_job_iam_binding.settle"]);
    expect(ownedElsewhere([state]).rowOwners(SETTLE, INVOKER)).toEqual([]);
  });

  test("an account, and who deploys a service", () => {
    expect(elsewhere.accountOwners("BILLING@acme-prod.iam.gserviceaccount.com")).toHaveLength(1);
    expect(elsewhere.accountOwners("read@acme-prod.iam")).toEqual([]);
    expect(addressesOf(deployed(elsewhere))).toEqual(["google_cloud_run_v2_service.billing"]);
  });
});

describe("blocks for the owners", () => {
  test("let go of whole resources, and say how to let go of some instances", () => {
    const elsewhere = ownedElsewhere([state]);
    const concerned = [
      ...elsewhere.rowOwners(BILLING, INVOKER),
      ...elsewhere.rowOwners(BILLING, INVOKER),
      ...elsewhere.accountOwners("billing@acme-prod.iam.gserviceaccount.com"),
      ...deployed(elsewhere),
    ];
    expect(removedBlocks(state, concerned)).toMatchInlineSnapshot(`
      "# team-a.json: lets go of what the matrix manages from now on. Nothing changes at Google.
      # Delete the resource blocks that are named here from the configuration, with what refers to them, put this in their
      # place, and apply it before the matrix is applied. Otherwise:
      # - google_cloud_run_service_iam_binding: The two fight: each apply of either state makes the row what it says itself, and undoes the other.
      # - google_cloud_run_v2_service_iam_binding: The two fight: each apply of either state makes the row what it says itself, and undoes the other.
      # - google_cloud_run_v2_service_iam_member: It flaps: each apply of its state adds the member again, and each apply of the matrix takes it out again.
      # - google_service_account: Two states then hold one account: whoever applies last decides what it is called, and who deletes it there deletes it for all.
      # removed blocks need Terraform 1.7 or newer; with an older one use terraform state rm.

      removed {
        from = google_cloud_run_service_iam_binding.old

        lifecycle {
          destroy = false
        }
      }

      # Only some instances of google_cloud_run_v2_service_iam_member.callers are concerned, and a removed block would let go of all.
      # Run this, and take their keys out of for_each before the next plan. With count, change it to for_each first:
      # to take one out of the middle moves all behind it.
      #   terraform state rm 'google_cloud_run_v2_service_iam_member.callers["serviceAccount:$\${x}@a.iam"]'

      removed {
        from = google_service_account.billing

        lifecycle {
          destroy = false
        }
      }

      removed {
        from = module.run.module.inner.google_cloud_run_v2_service_iam_binding.row

        lifecycle {
          destroy = false
        }
      }
      "
    `);
  });

  test("are none where nothing is concerned that could be let go", () => {
    const informs = owned.filter(({ kind }) => kind === "service" || /^(iap|function)-/.test(kind));
    expect(informs).toHaveLength(3);
    expect(removedBlocks(state, informs)).toBe("");
    expect(allRemovedBlocks([state, read(stateFile([]), "b")], [])).toBe("");
  });

  test("hold no line that a name could have begun", () => {
    const name = "evil\nremoved { from = x }\r\u2028\u202e##[command]";
    const evil = read(stateFile(instances), name);
    const text = removedBlocks(evil, ownedResources(evil));
    const lines = text.split(/[\n\r\u2028]/);
    expect(new Set(lines.filter((line) => line.startsWith("removed")))).toEqual(new Set(["removed {"]));
    expect(text).not.toMatch(/\u202e|##\[/);
    expect(text).toContain("callers");
  });
});

describe.skipIf(withoutTerraform)(`what Terraform says of the blocks (${SKIPPED_WITHOUT_TERRAFORM})`, SLOW, () => {
  test("they are in its form, and it takes them", async () => {
    const text = allRemovedBlocks([state], owned);
    const root = await mkdtemp(join(tmpdir(), "removed-"));
    const dir = join(root, "owner");
    await mkdir(dir);
    await writeFile(join(dir, "removed.tf"), text);
    await writeFile(
      join(dir, "cdk.tf.json"),
      JSON.stringify({
        terraform: { required_providers: { google: { source: "google", version: "6.50.0" } } },
        provider: { google: [{}] },
      }),
    );
    const terraform = await startTerraform();
    try {
      await execute(findTerraform() ?? "", ["fmt", "-check", "-diff", dir], { cwd: root, env: { HOME: root } }, [0]);
      await terraform.validate(dir);
      expect(await terraform.planIsEmpty(dir)).toBe(true);
      expect(text.match(/^removed \{$/gm)).toHaveLength(6);
    } finally {
      await terraform.stop();
      await rm(root, { recursive: true });
    }
  });
});
