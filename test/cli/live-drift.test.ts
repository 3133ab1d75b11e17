import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Cloud, startCloud } from "../cloud/server.ts";
import { worldFromSnapshot } from "../cloud/world-from-snapshot.ts";
import { plantedSnapshot } from "../example/planted-snapshot.ts";
import { type Ran, runMatrix } from "./test-io.ts";

// The whole command against a Google Cloud of the tests' own, over real HTTP: the world of the example snapshot.

const root = fileURLToPath(new URL("../..", import.meta.url));
const example = ["matrix.example.yaml", "--env", "prod"];

let cloud: Cloud;

beforeAll(async () => {
  cloud = await startCloud(worldFromSnapshot(plantedSnapshot));
});

afterAll(() => cloud.close());

function run(...argv: readonly string[]): Promise<Ran> {
  return runMatrix(argv, { cwd: root, env: cloud.env });
}

interface Found {
  readonly complete: boolean;
  readonly findings: readonly { readonly rule: string; readonly fingerprint: string }[];
}

describe("what is read live", () => {
  test("is judged as the snapshot of it is", async () => {
    const kept = await run("drift", ...example, "--snapshot", "matrix.example.snapshot.json", "--format", "json");
    const live = await run("drift", ...example, "--format", "json");
    const [before, after] = [kept, live].map(({ stdout }) => JSON.parse(stdout) as Found);
    expect(after?.findings).toEqual(before?.findings);
    expect(after?.complete).toBe(true);
    expect([kept.code, live.code]).toEqual([1, 1]);
    expect(cloud.violations).toEqual([]);
  });

  test("is the same by the name diff --live", async () => {
    const drift = await run("drift", ...example, "--format", "csv");
    const diff = await run("diff", "--live", ...example, "--format", "csv");
    expect(diff.stdout).toBe(drift.stdout);
    expect(diff.code).toBe(drift.code);
  });

  test("names the hosts that receive the token", async () => {
    const { stderr } = await run("drift", ...example);
    expect(stderr).toContain("CLOUDSDK_API_ENDPOINT_OVERRIDES_RUN");
  });

  test("can be kept, and judged again offline", async () => {
    const { stdout, code } = await run("snapshot", ...example);
    expect(code).toBe(0);
    const again = await runMatrix(["drift", ...example, "--snapshot", "-", "--format", "json"], {
      cwd: root,
      stdin: Buffer.from(stdout),
    });
    expect((JSON.parse(again.stdout) as Found).complete).toBe(true);
  });

  test("can be read without a matrix", async () => {
    const { stdout, code } = await run("snapshot", "--project", "boutique-prod-pci");
    const { projects } = JSON.parse(stdout) as { projects: readonly { readonly project: string }[] };
    expect(code).toBe(0);
    expect(projects.map(({ project }) => project)).toEqual(["boutique-prod-pci"]);
  });
});

describe("the activity of accounts", () => {
  test("is asked for by snapshot --activity, and kept", async () => {
    const { stdout, stderr, code } = await run("snapshot", ...example, "--activity");
    const { accounts } = JSON.parse(stdout) as typeof plantedSnapshot;
    const lastOf = (all: typeof accounts): unknown =>
      all.map(({ email, lastAuthenticated }) => [email, lastAuthenticated]);
    const named = new Set(plantedSnapshot.accounts.map(({ email }) => email));
    expect(lastOf(accounts.filter(({ email }) => named.has(email)))).toEqual(lastOf(plantedSnapshot.accounts));
    expect(stderr).not.toContain("last authenticated");
    expect(code).toBe(0);
  });

  test("is said to be missing where it may not be read, which makes nothing incomplete", async () => {
    const world = worldFromSnapshot(plantedSnapshot);
    const closed = await startCloud({ ...world, closed: { "activity projects/boutique-prod-pci": "denied" } });
    try {
      const argv = ["snapshot", ...example, "--activity"];
      const { stdout, stderr, code } = await runMatrix(argv, { cwd: root, env: closed.env });
      expect(stderr).toContain("note: when 4 accounts last authenticated was not read: 403: policyanalyzer.");
      expect(code).toBe(0);
      const kept = await runMatrix(["drift", ...example, "--snapshot", "-", "--format", "json"], {
        cwd: root,
        stdin: Buffer.from(stdout),
      });
      expect((JSON.parse(kept.stdout) as Found).complete).toBe(true);
    } finally {
      await closed.close();
    }
  });
});

describe("what cannot be read", () => {
  test("makes the run incomplete, whatever else it finds", async () => {
    const world = worldFromSnapshot(plantedSnapshot);
    const closed = await startCloud({
      ...world,
      closed: { ...world.closed, "policy projects/boutique-prod": "denied" },
    });
    try {
      const ran = await runMatrix(["drift", ...example], { cwd: root, env: closed.env });
      expect(ran.code).toBe(3);
      expect(ran.stdout).toContain("INCOMPLETE");
      expect(ran.stdout).not.toMatch(/no drift/i);
    } finally {
      await closed.close();
    }
  });

  test("is everything, where there are no credentials: exit 3, and what to do", async () => {
    const ran = await runMatrix(["drift", ...example], {
      cwd: root,
      env: { HOME: "/nonexistent", PATH: "", METADATA_SERVER_DETECTION: "none" },
    });
    expect(ran.code).toBe(3);
    expect(ran.stderr).toMatch(/gcloud auth application-default login|GOOGLE_OAUTH_ACCESS_TOKEN/);
    expect(ran.stdout).toBe("");
  });
});

test("what drift says of the example is what the README shows", () => {
  expect(readFileSync(`${root}matrix.example.snapshot.json`, "utf8")).toContain(plantedSnapshot.sha256);
});
