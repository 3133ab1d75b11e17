import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { SKIPPED_WITHOUT_TERRAFORM, withoutTerraform } from "../terraform/fixture.ts";
import { actionsOf } from "../terraform/plan.ts";
import { startTerraform, type Terraform } from "../terraform/terraform.ts";
import { seedWorld } from "./seed-world.ts";
import { resourcesOf, type StackJson } from "./stack-json.ts";
import { parseStack, synthesize } from "./synthesize.ts";
import { themes } from "./themes.ts";
import { twoAtATime } from "./two-at-a-time.ts";

// Every golden file goes through real Terraform: init, plan (which validates), apply, and a plan that finds nothing to do.

const stacks = themes.flatMap(({ name, text }) =>
  [...synthesize(text)].map(([stack, file]) => ({ theme: name, stack, json: parseStack(file) })),
);

describe.skipIf(withoutTerraform)(`Terraform takes the golden files (${SKIPPED_WITHOUT_TERRAFORM})`, () => {
  test.concurrent.each(stacks)("$theme/$stack", { timeout: 180_000 }, async ({ stack, json }) => {
    await twoAtATime(() => withStack(stack, json, (terraform, dir) => applyAll(terraform, dir, json)));
  });
});

async function applyAll(terraform: Terraform, dir: string, json: StackJson): Promise<void> {
  const { managed, read, disabled } = addressesOf(json);
  const planned = actionsOf(await terraform.plan(dir));
  expect(Object.keys(planned).sort()).toEqual([...managed, ...read].sort());
  expect(Object.values(planned).filter((action) => action.includes("delete"))).toEqual([]);
  await terraform.apply(dir, "plan.bin");
  if (disabled.length > 0) {
    // Google's call that makes an account knows no "disabled": one that retires before it was ever applied takes two.
    expect(actionsOf(await terraform.plan(dir))).toMatchObject(allWith(disabled, "update"));
    await terraform.apply(dir);
  }
  // Check blocks read at every plan; that is then all there is to do.
  if (read.length === 0) expect(await terraform.planIsEmpty(dir)).toBe(true);
  else expect(actionsOf(await terraform.plan(dir))).toEqual(allWith(read, "read"));
}

function allWith(addresses: readonly string[], action: string): Readonly<Record<string, string>> {
  return Object.fromEntries(addresses.map((address) => [address, action]));
}

interface Addresses {
  /** Each resource once, each instance of members by its key. */
  readonly managed: readonly string[];
  readonly read: readonly string[];
  readonly disabled: readonly string[];
}

/** What the first plan of a stack must touch. */
function addressesOf(stack: StackJson): Addresses {
  const resources = resourcesOf(stack);
  return {
    managed: resources.flatMap(({ type, name, args }) => {
      const instances = args["for_each"] as Readonly<Record<string, string>> | undefined;
      return instances === undefined
        ? [`${type}.${name}`]
        : Object.keys(instances).map((key) => `${type}.${name}["${key}"]`);
    }),
    read: Object.keys(stack.check ?? {}).map((name) => `data.google_cloud_run_v2_service.${name}`),
    disabled: resources.flatMap(({ type, name, args }) =>
      type === "google_service_account" && args["disabled"] === true ? [`${type}.${name}`] : [],
    ),
  };
}

/** Works on a stack in a folder of its own, in a world in which it can be applied. */
async function withStack(
  stack: string,
  json: StackJson,
  work: (terraform: Terraform, dir: string) => Promise<void>,
): Promise<void> {
  const constraint = json.terraform.required_providers.google.version;
  const googleVersion = `${/[0-9]+\.[0-9]+/.exec(constraint)?.[0] ?? ""}.0`;
  const terraform = await startTerraform({ world: seedWorld(json), googleVersion });
  const root = await mkdtemp(join(tmpdir(), "golden-"));
  try {
    const dir = join(root, stack);
    await mkdir(dir);
    await writeFile(join(dir, "cdk.tf.json"), JSON.stringify(withLocalState(json)));
    await work(terraform, dir);
  } finally {
    await terraform.stop();
    await rm(root, { recursive: true });
  }
}

/** Nothing here reaches a bucket: remote state is the one thing that is not tried. */
function withLocalState(json: StackJson): StackJson {
  const backend = "local" in json.terraform.backend ? json.terraform.backend : { local: { path: "../state" } };
  return { ...json, terraform: { ...json.terraform, backend } };
}
