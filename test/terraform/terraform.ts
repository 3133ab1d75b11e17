import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execute, findTerraform, type Outcome } from "./command.ts";
import type { Plan } from "./plan.ts";
import { startGoogle } from "./stub-provider/google/google.ts";
import { startServer } from "./stub-provider/server.ts";
import { emptyWorld, type World } from "./stub-provider/world.ts";
import { Workspaces } from "./workspaces.ts";

export { findTerraform } from "./command.ts";

export interface TerraformOptions {
  /** What is already there. The stub changes it in place. */
  readonly world?: World;
  /** From 7.21 on the provider knows `iap_enabled` and `default_uri_disabled`. */
  readonly googleVersion?: string;
}

/**
 * Real Terraform against the stub of the provider. Every function takes a folder with a
 * `cdk.tf.json`, which stays untouched: Terraform works on a copy. Folders of one base name are one
 * stack, so that a second synthesis meets the state of the first. `init` runs by itself where needed.
 * Stacks may work at the same time; the commands of one stack must follow each other.
 */
export interface Terraform {
  readonly world: World;
  /** The calls that changed something at "Google", in order. Empty it between two steps of a test. */
  readonly log: string[];
  init(dir: string): Promise<void>;
  validate(dir: string): Promise<void>;
  /** `args` go to the command as they are, such as `-replace=ADDRESS`. */
  plan(dir: string, ...args: readonly string[]): Promise<Plan>;
  /** Whether a plan changes nothing: Terraform's own exit status 0 against 2. */
  planIsEmpty(dir: string, ...args: readonly string[]): Promise<boolean>;
  /** Returns what Terraform printed. */
  apply(dir: string, ...args: readonly string[]): Promise<string>;
  destroy(dir: string): Promise<string>;
  outputs(dir: string): Promise<Readonly<Record<string, unknown>>>;
  /** Ends the stub and removes copies and state. */
  stop(): Promise<void>;
}

/** Runs a command on the copy of the folder, which is made ready before. */
type Run = (dir: string, args: readonly string[], accepted?: readonly number[]) => Promise<Outcome>;

const QUIET = ["-input=false", "-no-color"] as const;

export async function startTerraform(options: TerraformOptions = {}): Promise<Terraform> {
  const command = findTerraform();
  if (command === undefined) throw new Error("there is no terraform command on the PATH");
  const google = startGoogle(options.world ?? emptyWorld());
  const server = await startServer(google, options.googleVersion ?? "6.50.0");
  const root = await mkdtemp(join(tmpdir(), "terraform-stub-"));
  return {
    world: google.world,
    log: google.log,
    ...commands(await runner(command, root, server.reattach)),
    stop: async () => {
      server.stop();
      await rm(root, { recursive: true, force: true });
    },
  };
}

async function runner(command: string, root: string, reattach: string): Promise<Run> {
  const cliConfig = join(root, "terraform.rc");
  await writeFile(cliConfig, "");
  const workspaces = new Workspaces(root);
  const run: Run = (dir, args, accepted = [0]) => {
    const { folder, data } = workspaces.of(dir);
    // Made from nothing: a developer's own Terraform settings must not reach a test.
    const env = {
      PATH: process.env["PATH"] ?? "",
      HOME: root,
      TF_CLI_CONFIG_FILE: cliConfig,
      TF_DATA_DIR: data,
      TF_REATTACH_PROVIDERS: reattach,
      TF_IN_AUTOMATION: "1",
      CHECKPOINT_DISABLE: "1",
      // Runs of half a second end before garbage would be in the way.
      GOGC: "off",
    };
    return execute(command, args, { cwd: folder, env }, accepted);
  };
  return async (dir, args, accepted) => {
    await workspaces.prepare(dir, () => run(dir, ["init", "-reconfigure", ...QUIET]));
    return run(dir, args, accepted);
  };
}

function commands(run: Run): Omit<Terraform, "world" | "log" | "stop"> {
  return {
    // Any command initialises; this one does next to nothing besides.
    init: async (dir) => void (await run(dir, ["version"])),
    validate: async (dir) => void (await run(dir, ["validate", "-no-color"])),
    plan: async (dir, ...args) => {
      await run(dir, ["plan", "-out=plan.bin", ...QUIET, ...args]);
      return JSON.parse((await run(dir, ["show", "-json", "plan.bin"])).stdout) as Plan;
    },
    planIsEmpty: async (dir, ...args) =>
      (await run(dir, ["plan", "-detailed-exitcode", ...QUIET, ...args], [0, 2])).exitCode === 0,
    apply: async (dir, ...args) => (await run(dir, ["apply", "-auto-approve", ...QUIET, ...args])).stdout,
    destroy: async (dir) => (await run(dir, ["destroy", "-auto-approve", ...QUIET])).stdout,
    outputs: async (dir) => {
      const { stdout } = await run(dir, ["output", "-json"]);
      const outputs = JSON.parse(stdout) as Readonly<Record<string, { readonly value: unknown }>>;
      return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
    },
  };
}
