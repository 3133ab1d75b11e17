import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compareText } from "../../src/words/compare-text.ts";
import { describe, expect, onTestFinished, test } from "vitest";
import { SKIPPED_WITHOUT_TERRAFORM, SLOW, withoutTerraform } from "../terraform/fixture.ts";
import { startTerraform } from "../terraform/terraform.ts";
import { emptyWorld, type World } from "../terraform/stub-provider/world.ts";
import { seedWorld } from "../synth/seed-world.ts";
import { parseStack, synthesize } from "../synth/synthesize.ts";
import { foreign } from "./foreign-configuration.ts";
import { guarded, SHOP, told } from "./guarded.ts";

const recorded = new URL("./plans/foreign.json", import.meta.url).pathname;

describe.skipIf(withoutTerraform)(`plans of real Terraform (${SKIPPED_WITHOUT_TERRAFORM})`, () => {
  test(
    "a stack of the matrix is clean before it is applied and after, and tells what it would destroy",
    SLOW,
    async () => {
      const [stack = ""] = synthesize(SHOP).values();
      const { terraform, write } = await start(seedWorld(parseStack(stack)));
      const dir = await write({ "cdk.tf.json": JSON.parse(stack) as object });
      const first = guarded(await terraform.plan(dir));
      expect(told(first)).toEqual([]);
      expect(first).toMatchObject({ complete: true, assumed: [], plan: { isOurs: true } });
      expect(first.summary.declared).toBe(first.summary.grants);
      expect(first.summary.grants).toBeGreaterThan(4);
      await terraform.apply(dir);
      expect(told(guarded(await terraform.plan(dir)))).toEqual([]);
      const gone = guarded(await terraform.plan(dir, "-destroy"));
      expect(told(gone)[0]).toMatch(/^plan-destroys-account google_service_account\.admin /);
      const later = SHOP.replace("  checkout -> billing: Charges cards\n", "");
      expect(told(guarded(await terraform.plan(dir), later))).toEqual([
        "~plan-grants-undeclared google_cloud_run_v2_service_iam_binding.billing_europe-west1_invoker serviceAccount:checkout-sa@acme-prod.iam.gserviceaccount.com",
      ]);
    },
  );

  test("the recorded plan of another team is what Terraform writes today", SLOW, async () => {
    const { terraform, write } = await start(emptyWorld());
    const plan = await terraform.plan(await write(foreign));
    // Terraform lists them in whatever order its map yields.
    const { relevant_attributes: relevant = [] } = plan as { readonly relevant_attributes?: readonly object[] };
    const stable = {
      ...plan,
      timestamp: "2026-11-22T00:00:00Z",
      relevant_attributes: relevant.toSorted((a, b) => compareText(JSON.stringify(a), JSON.stringify(b))),
    };
    await expect(`${JSON.stringify(stable, null, 1)}\n`).toMatchFileSnapshot(recorded);
  });
});

async function start(world: World) {
  const terraform = await startTerraform({ world });
  const root = await mkdtemp(join(tmpdir(), "guard-"));
  onTestFinished(async () => {
    await terraform.stop();
    await rm(root, { recursive: true, force: true });
  });
  const write = async (files: Readonly<Record<string, object | string>>): Promise<string> => {
    const dir = join(root, "demo");
    for (const [name, content] of Object.entries(files)) {
      await mkdir(join(dir, name, ".."), { recursive: true });
      await writeFile(join(dir, name), typeof content === "string" ? content : JSON.stringify(content));
    }
    return dir;
  };
  return { terraform, write };
}
