import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { parseSnapshot } from "../../src/snapshot/parse-snapshot.ts";
import type { Snapshot } from "../../src/snapshot/snapshot.ts";
import { type Ran, runMatrix } from "../cli/test-io.ts";
import { startCloud } from "../cloud/server.ts";
import { worldFromSnapshot } from "../cloud/world-from-snapshot.ts";
import { readSynthesized, type Synthesized } from "../synth/read-synthesized.ts";

/** What `matrix adopt --format json` says, as far as tests read it. */
export interface AdoptAnswer {
  readonly complete: boolean;
  readonly found: { readonly services: number; readonly importable: number };
  readonly observed: readonly { readonly service: string; readonly why: readonly string[] }[];
  readonly contested: readonly { readonly service: string; readonly why: readonly string[] }[];
  readonly unsayable: readonly string[];
  readonly absent: readonly string[];
  readonly kept: readonly string[];
  readonly errors: number;
  readonly removedBlocks: string;
  readonly files: readonly { readonly file: string; readonly changed: boolean }[];
}

/** Runs a command in the folder, and makes sure that no bug of the program ended it. */
export async function runIn(folder: string, ...argv: readonly string[]): Promise<Ran> {
  const ran = await runMatrix(argv, { cwd: folder });
  expect(ran.stderr).not.toMatch(/\n {4}at |has a bug/);
  return ran;
}

/**
 * Reads a fleet by `matrix snapshot` from a Google Cloud of the tests' own, into `NAME.snapshot.json` in the folder.
 * @returns what the snapshot says: it is another one than the fleet's, with the words and the moment of the reading
 */
export async function takeSnapshot(folder: string, fleet: Snapshot, environment = "prod"): Promise<Snapshot> {
  const cloud = await startCloud(worldFromSnapshot(fleet));
  const file = `${environment}.snapshot.json`;
  try {
    const projects = fleet.asked.projects.flatMap((id) => ["--project", id]);
    const ran = await runMatrix(["snapshot", ...projects, "--activity", "--out", file, "--quiet"], {
      cwd: folder,
      env: cloud.env,
    });
    expect(ran.stderr).not.toMatch(/\n {4}at |has a bug/);
    expect(cloud.violations).toEqual([]);
  } finally {
    await cloud.close();
  }
  const snapshot = parseSnapshot(readFileSync(join(folder, file)), file);
  if ("problem" in snapshot) throw new Error(snapshot.problem);
  return snapshot;
}

/** Adopts the snapshot of an environment into the folder. */
export async function adoptIn(
  folder: string,
  environment: string,
  ...more: readonly string[]
): Promise<{ readonly code: number; readonly answer: AdoptAnswer }> {
  const argv = ["adopt", "--snapshot", `${environment}.snapshot.json`, "--env", environment, "-o", ".", ...more];
  const { code, stdout, stderr } = await runIn(folder, ...argv, "--format", "json");
  if (stdout === "") throw new Error(stderr);
  return { code, answer: JSON.parse(stdout) as AdoptAnswer };
}

/** What synth writes into a new folder, all stacks of it together. */
export async function synthesizedIn(folder: string, ...more: readonly string[]): Promise<Synthesized> {
  const out = join(folder, "tf");
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out);
  const ran = await runIn(folder, "synth", "matrix.yaml", "--out", "tf", "--quiet", ...more);
  expect([ran.stderr.split("\n").filter((line) => /error/.test(line)), ran.code]).toEqual([[], 0]);
  const stacks = readdirSync(join(out, "stacks")).map((name) =>
    readSynthesized(readFileSync(join(out, "stacks", name, "cdk.tf.json"), "utf8")),
  );
  return {
    rows: stacks.flatMap(({ rows }) => rows),
    accounts: stacks.flatMap(({ accounts }) => accounts),
    services: stacks.flatMap(({ services }) => services),
    imports: stacks.flatMap(({ imports }) => imports),
    outputs: Object.assign({}, ...stacks.map(({ outputs }) => outputs)) as Synthesized["outputs"],
    forgotten: stacks.flatMap(({ forgotten }) => forgotten),
  };
}
