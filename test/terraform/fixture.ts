import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { findTerraform, startTerraform, type Terraform, type TerraformOptions } from "./terraform.ts";

/** For `describe.skipIf`: tests that need the command show as skipped where it is missing. */
export const withoutTerraform = findTerraform() === undefined;
export const SKIPPED_WITHOUT_TERRAFORM = "skipped where terraform is not on the PATH";

/** A command takes a third of a second on an idle machine, and much longer on one that others use too. */
export const SLOW = { timeout: 60_000 } as const;

export type Configuration = Readonly<Record<string, unknown>>;

export interface TestStack {
  readonly terraform: Terraform;
  /** Writes the configuration in a new folder of the stack's name, as another synthesis would. */
  synthesize(configuration: Configuration): Promise<string>;
}

/** A stack of handwritten configurations, of its own world and state; gone when the test ends. */
export async function testStack(options: TerraformOptions = {}): Promise<TestStack> {
  const terraform = await startTerraform(options);
  const root = await mkdtemp(join(tmpdir(), "terraform-fixture-"));
  onTestFinished(async () => {
    await terraform.stop();
    await rm(root, { recursive: true, force: true });
  });
  let count = 0;
  return {
    terraform,
    synthesize: async (configuration) => {
      count += 1;
      const dir = join(root, String(count), "demo");
      await mkdir(dir, { recursive: true });
      const version = options.googleVersion ?? "6.50.0";
      await writeFile(join(dir, "cdk.tf.json"), JSON.stringify({ ...frame(version), ...configuration }));
      return dir;
    },
  };
}

/** What every synthesized stack begins with. */
function frame(googleVersion: string): Configuration {
  return {
    terraform: {
      backend: { local: { path: "../../../terraform.demo.tfstate" } },
      required_providers: { google: { source: "google", version: googleVersion } },
    },
    provider: { google: [{ project: "acme", region: "europe-west1" }] },
  };
}

export const API = { project: "acme", location: "europe-west1", name: "api" } as const;
export const API_PATH = "projects/acme/locations/europe-west1/services/api";
export const INVOKER = "roles/run.invoker";

export function account(accountId: string, further: Configuration = {}): Configuration {
  return { account_id: accountId, project: "acme", ...further };
}

export function binding(members: readonly string[], further: Configuration = {}): Configuration {
  return { ...API, role: INVOKER, members, ...further };
}
