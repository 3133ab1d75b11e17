import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished, expect, test } from "vitest";
import { parseSnapshot } from "../../src/snapshot/parse-snapshot.ts";
import { plantedSnapshot } from "../example/planted-snapshot.ts";
import { type Cloud, type CloudOptions, startCloud } from "../cloud/server.ts";
import { worldFromSnapshot } from "../cloud/world-from-snapshot.ts";
import { exampleSnapshotText } from "./edit-snapshot.ts";
import { type Ran, runMatrix, temporaryFolder } from "./test-io.ts";

// What the commands that read say and write: files, standard error, exit codes. What they find is live-drift.test.ts.

const example = readFileSync(new URL("../../matrix.example.yaml", import.meta.url), "utf8");

interface Live {
  readonly cloud: Cloud;
  readonly folder: string;
  readonly matrix: (...argv: readonly string[]) => Promise<Ran>;
}

async function live(options: CloudOptions = {}): Promise<Live> {
  const cloud = await startCloud(worldFromSnapshot(plantedSnapshot), options);
  onTestFinished(() => cloud.close());
  const folder = temporaryFolder();
  writeFileSync(join(folder, "matrix.yaml"), example);
  writeFileSync(join(folder, "example.snapshot.json"), exampleSnapshotText);
  return { cloud, folder, matrix: (...argv) => runMatrix(argv, { cwd: folder, env: cloud.env }) };
}

const isPolicyOfAdservice = (path: string): boolean => path.endsWith("/services/adservice:getIamPolicy");

test("a snapshot that is written to a file is judged as the world that it was read from", async () => {
  const { folder, matrix } = await live();
  const expected = await matrix("drift", "--snapshot", "example.snapshot.json", "-q");
  const read = await matrix("snapshot", "--env", "prod", "--out", "prod.snapshot.json");
  expect([read.stdout, read.code]).toEqual(["", 0]);
  expect(read.stderr).toContain("2 projects, 15 services; everything in the scope was read\n");
  const kept = parseSnapshot(readFileSync(join(folder, "prod.snapshot.json")), "prod.snapshot.json");
  expect(kept).toMatchObject({ environment: "prod", asked: plantedSnapshot.asked });
  expect((await matrix("drift", "--snapshot", "prod.snapshot.json", "-q")).stdout).toBe(expected.stdout);
});

test("only reads are sent, each overridden host is named, and the token is told to nobody", async () => {
  const { cloud, matrix } = await live();
  const { stdout, stderr } = await matrix("drift", "--env", "prod", "-v");
  expect(cloud.violations).toEqual([]);
  expect(cloud.requests.filter(({ path }) => /:set|:test|:generate/i.test(path))).toEqual([]);
  expect(stderr).toMatch(/note: run is read at http:\/\/127\.0\.0\.1:\d+\/.*, which receives the token/);
  expect(stderr).toMatch(/\d+ requests: .*run \d+/);
  const token = cloud.env["GOOGLE_OAUTH_ACCESS_TOKEN"] ?? "";
  expect(token).not.toBe("");
  expect(stdout + stderr).not.toContain(token);
});

test("a policy that is refused makes it incomplete: the file is written, and both commands end with 3", async () => {
  const { folder, matrix } = await live({
    faults: ({ path }) => (isPolicyOfAdservice(path) ? 403 : undefined),
  });
  const read = await matrix("snapshot", "--env", "prod", "-o", "prod.snapshot.json");
  expect(read.code).toBe(3);
  expect(read.stderr).toMatch(/^not read: IAM policy of .*\/services\/adservice: /m);
  expect(readFileSync(join(folder, "prod.snapshot.json"), "utf8")).toContain('"status":"denied"');
  for (const argv of [
    ["--snapshot", "prod.snapshot.json"],
    ["--env", "prod"],
  ]) {
    const { stdout, code } = await matrix("drift", ...argv);
    expect(code).toBe(3);
    expect(stdout).toMatch(/^prod: INCOMPLETE, /);
    expect(stdout).not.toMatch(/no drift/);
  }
});

test("where nothing answers, everything is named and nothing is clean", async () => {
  const { matrix } = await live({ faults: () => 403 });
  const { stdout, code } = await matrix("drift", "--env", "prod");
  expect(code).toBe(3);
  expect(stdout).toMatch(/^prod: INCOMPLETE, /);
  expect(stdout).toContain("projects/boutique-prod-pci");
  expect(stdout).not.toMatch(/no drift/);
});
