import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { actionsOf, type Plan } from "../terraform/plan.ts";
import type { World } from "../terraform/stub-provider/world.ts";
import { startTerraform, type Terraform } from "../terraform/terraform.ts";
import { cutOffs } from "./grants-over-time.ts";
import { readRows } from "./read-rows.ts";
import { resourcePath, type Row } from "./row.ts";
import { parseStack, synthesize, TODAY } from "./synthesize.ts";
import { twoAtATime } from "./two-at-a-time.ts";

/** What one change of a matrix did. */
export interface Chapter {
  /** What Terraform planned, by address; what stays as it is left out. */
  readonly actions: Readonly<Record<string, string>>;
  /** Addresses that moved: the new one by the old one. */
  readonly moves: Readonly<Record<string, string>>;
  readonly plan: Plan;
  /** What was written at Google, in order. */
  readonly log: readonly string[];
  /** Where somebody who may call before and after could not in between. */
  readonly cutOffs: readonly string[];
}

/** A matrix over time, one stack of it unless another one is named: each version synthesized and applied on what the one before left. */
export interface Story {
  readonly world: World;
  readonly terraform: Terraform;
  apply(matrix: string, asOf?: string, stack?: string): Promise<Chapter>;
  /** Plans a version without applying it. */
  plan(matrix: string, asOf?: string): Promise<Plan>;
}

const STACK = "prod";

/** Tells a story with a Terraform of its own. Every apply must leave a plan that is empty, unless told otherwise. */
export function tell(tale: (story: Story) => Promise<void>, { settles = true } = {}): Promise<void> {
  return twoAtATime(async () => {
    const root = await mkdtemp(join(tmpdir(), "story-"));
    const terraform = await startTerraform();
    try {
      await tale(storyOf(terraform, root, settles));
    } finally {
      await terraform.stop();
      await rm(root, { recursive: true });
    }
  });
}

function storyOf(terraform: Terraform, root: string, settles: boolean): Story {
  let versions = 0;
  const write = async (
    matrix: string,
    asOf: string,
    stack: string,
  ): Promise<{ readonly dir: string; readonly text: string }> => {
    const text = synthesize(matrix, asOf).get(stack);
    if (text === undefined) throw new Error(`the matrix has no stack ${stack}`);
    versions += 1;
    const dir = join(root, String(versions), stack);
    await mkdir(dir, { recursive: true });
    await writeFile(join(dir, "cdk.tf.json"), text);
    return { dir, text };
  };
  const { world } = terraform;
  return {
    world,
    terraform,
    plan: async (matrix, asOf = TODAY) => terraform.plan((await write(matrix, asOf, STACK)).dir),
    apply: async (matrix, asOf = TODAY, stack = STACK) => {
      const { dir, text } = await write(matrix, asOf, stack);
      const plan = await terraform.plan(dir);
      const before = structuredClone(world.policies);
      terraform.log.length = 0;
      await terraform.apply(dir, "plan.bin");
      const log = [...terraform.log];
      if (settles) expect(await terraform.planIsEmpty(dir), "the plan after the apply").toBe(true);
      const declared = byResource(readRows(stack, parseStack(text)));
      return { actions: actionsOf(plan), moves: movesOf(plan), plan, log, cutOffs: cutOffs(before, log, declared) };
    },
  };
}

function byResource(rows: readonly Row[]): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(rows.map((row) => [resourcePath(row), new Set(row.principals)]));
}

function movesOf(plan: Plan): Readonly<Record<string, string>> {
  return Object.fromEntries(
    (plan.resource_changes ?? []).flatMap(({ address, previous_address: previous }) =>
      previous === undefined ? [] : [[previous, address]],
    ),
  );
}
