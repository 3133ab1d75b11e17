import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Ran, runMatrix, temporaryFolder } from "../cli/test-io.ts";
import { environmentSecret, knativeService } from "../cloud/apis/run-shapes.ts";
import { tokenPrefix } from "../cloud/apis/tokens.ts";
import { type Cloud, startCloud } from "../cloud/server.ts";
import { worldFromSnapshot } from "../cloud/world-from-snapshot.ts";
import { plantedSnapshot } from "../example/planted-snapshot.ts";

// Everything that the program writes of a live world, searched for what is secret in that world.

const root = fileURLToPath(new URL("../..", import.meta.url));
let cloud: Cloud;

beforeAll(async () => {
  cloud = await startCloud(worldFromSnapshot(plantedSnapshot));
});

afterAll(() => cloud.close());

test("nothing that is written of a live world holds an environment value, a token or a key", async () => {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, "matrix.yaml"), readFileSync(join(root, "matrix.example.yaml")));
  const run = (...argv: readonly string[]): Promise<Ran> =>
    runMatrix([...argv, "--env", "prod"], { cwd, env: cloud.env });
  const ran = [
    await run("evidence", "--live", "--out", "pack"),
    await run("snapshot", "-o", "snapshot.json"),
    await run("drift", "--format", "json"),
    await run("report", "--live", "-o", "page.html"),
    await run("graph", "--live"),
    await run("list", "--live", "--format", "json"),
  ];
  expect(ran.map(({ code }) => code)).not.toContain(70);
  expect(ran[0]?.code).toBe(0);
  const written = [
    ...ran.flatMap(({ stdout, stderr }) => [stdout, stderr]),
    ...readdirSync(cwd, { recursive: true, withFileTypes: true }).flatMap((entry) =>
      entry.isFile() ? [readFileSync(join(entry.parentPath, entry.name), "utf8")] : [],
    ),
  ];
  const secrets = [environmentSecret, "DATABASE_PASSWORD", tokenPrefix, String(cloud.env["GOOGLE_OAUTH_ACCESS_TOKEN"])];
  // The search would find nothing in a world without secrets: they are in what the cloud answers.
  const world = worldFromSnapshot(plantedSnapshot);
  const project = world.projects.find(({ services }) => services.length > 0);
  const [service] = project?.services ?? [];
  if (project === undefined || service === undefined) throw new Error("the world is empty");
  expect(JSON.stringify(knativeService(project, service))).toContain(environmentSecret);
  for (const secret of secrets) expect(written.filter((text) => text.includes(secret))).toEqual([]);
}, 30_000);
