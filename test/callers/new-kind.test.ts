import { execFile, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { sealSnapshot } from "../../src/snapshot/seal-snapshot.ts";
import type { AccountRecord, Policy, Reading, ServiceRecord, Snapshot } from "../../src/snapshot/snapshot.ts";
import { readPage, root } from "../docs/markdown.ts";

// docs/adding-a-kind.md, done in a copy of the sources: its files are written, its entries are made, and the program that
// is built of them is asked about its matrix. Nothing but what the page says is changed.

const page = readPage("docs/adding-a-kind.md");
const part = (language: string, info: RegExp | string): readonly string[] =>
  page.blocks.flatMap((block) =>
    block.language === language && (typeof info === "string" ? block.info === info : info.test(block.info))
      ? [block.text]
      : [],
  );
const [matrix = ""] = part("yaml", "fragment");
const [excerpt = "{}"] = part("json", "");
const [wrongKey = "", settings = "", finding = ""] = part("text", "");

// Programs are started: alone they take a tenth of a second each.
vi.setConfig({ testTimeout: 60_000 });

let copy = "";

/** What the type checker says, which takes as long as to build. */
let typeErrors: Promise<string> = Promise.resolve("");

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), "matrix-new-kind-"));
  for (const name of ["src", "scripts", "schemas", "package.json", "tsconfig.json"])
    cpSync(`${root}${name}`, join(copy, name), { recursive: true });
  symlinkSync(`${root}node_modules`, join(copy, "node_modules"));
  for (const { language, info, text } of page.blocks) {
    const [, what, name = ""] = language === "ts" ? (/^(file|entry)=(\S+)$/.exec(info) ?? []) : [];
    if (what === "file") writeFileSync(join(copy, name), text, { flag: "wx" });
    if (what === "entry") enter(name, text);
  }
  run("scripts/generate.mjs");
  typeErrors = checkTypes();
  run("scripts/build.mjs");
  writeFileSync(join(copy, "matrix.yaml"), matrix);
}, 120_000);

afterAll(() => rmSync(copy, { recursive: true, force: true }));

describe("a kind that a page adds", () => {
  test("is in the language: its keys are taken, and no others", () => {
    const broken = matrix.replace("{ job:", "{ jbo:").replace("backend }", "backend, image: x.example/y:1 }");
    writeFileSync(join(copy, "broken.yaml"), broken);
    expect(ask("validate", "broken.yaml")).toMatchObject({
      status: 1,
      stdout: expect.stringContaining(wrongKey.trim()),
    });
    writeFileSync(join(copy, "misfit.yaml"), broken.replace("{ jbo:", "{ job:"));
    expect(ask("validate", "misfit.yaml").stdout).toContain(
      "storefront is a backend, and Terraform makes services only",
    );
  });

  test("is in Terraform", () => {
    expect(ask("synth", "matrix.yaml", "--env", "prod", "--out", "out")).toMatchObject({ status: 0 });
    const stack: unknown = JSON.parse(readFileSync(join(copy, "out/stacks/prod/cdk.tf.json"), "utf8"));
    expect(stack).toMatchObject({ resource: JSON.parse(excerpt) });
  });

  test("is in wiring", () => {
    const { status, stdout } = ask("wiring", "rollup", "matrix.yaml", "--env", "prod");
    expect(status).toBe(0);
    for (const line of settings.trim().split("\n")) expect(stdout).toContain(line.trim());
    expect(stdout).toContain("https://storefront-111111111111.europe-west1.run.app");
    expect(ask("wiring", "storefront", "matrix.yaml", "--env", "prod").stdout).toContain("metadata");
  });

  test("is in drift: as declared it is clean, and whoever is missing is found", () => {
    snapshot("clean.json", [rollup]);
    expect(ask("drift", "matrix.yaml", "--env", "prod", "--snapshot", "clean.json")).toMatchObject({ status: 0 });
    snapshot("missing.json", []);
    const { status, stdout } = ask("drift", "matrix.yaml", "--env", "prod", "--snapshot", "missing.json");
    expect(status).toBe(1);
    expect(stdout).toContain(finding.trim());
    expect(stdout).toMatch(/need-missing.*roles\/dataflow\.worker/);
  });

  test("is in questions", () => {
    expect(ask("can", "rollup", "storefront", "matrix.yaml", "--env", "prod")).toMatchObject({ status: 0 });
    const drawn = ask("graph", "matrix.yaml", "--env", "prod", "--format", "mermaid").stdout;
    expect(drawn).toContain("storefront");
  });

  test("fits the types, wherever somebody asks about kinds", async () => {
    expect(await typeErrors).toBe("");
  });
});

const rollup = "serviceAccount:rollup-sa@acme-prod.iam.gserviceaccount.com";

function enter(name: string, lines: string): void {
  const [line = "", ...entry] = lines.split("\n");
  const file = join(copy, name);
  const text = readFileSync(file, "utf8");
  const last = text.lastIndexOf("\n};");
  writeFileSync(file, `${line}\n${text.slice(0, last)}\n${entry.join("\n").trimEnd()}${text.slice(last)}`);
}

function checkTypes(): Promise<string> {
  const project = { extends: "./tsconfig.json", include: ["src"], exclude: ["src/page/script"] };
  writeFileSync(join(copy, "tsconfig.src.json"), JSON.stringify(project));
  const words = ["node_modules/typescript/bin/tsc", "--noEmit", "-p", "tsconfig.src.json"];
  return new Promise((resolve) => {
    execFile(process.execPath, words, { cwd: copy }, (_, stdout) => resolve(stdout));
  });
}

function run(script: string): void {
  const { status, stderr } = spawnSync(process.execPath, [script], { cwd: copy, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
}

function ask(...words: readonly string[]): { readonly status: number | null; readonly stdout: string; stderr: string } {
  const env = { ...process.env, MATRIX_CODE_CACHE: "off", NO_COLOR: "1" };
  return spawnSync(process.execPath, ["dist/matrix.cjs", ...words], { cwd: copy, encoding: "utf8", env });
}

/** @param callers the members of the rows of both services, and who holds what the caller needs */
function snapshot(file: string, callers: readonly string[]): void {
  const read = <T>(value: T): Reading<T> => ({ status: "read", value });
  const policy: Reading<Policy> = read({ bindings: [{ role: "roles/run.invoker", members: callers }] });
  const service = (kind: string, name: string): ServiceRecord => ({
    // A kind that only the copy knows.
    kind: kind as ServiceRecord["kind"],
    region: "europe-west1",
    name,
    policy,
    invokerCheckDisabled: false,
    ingress: "internal",
    defaultUrlDisabled: false,
    iapEnabled: false,
    iap: null,
    account: `${name}-sa@acme-prod.iam.gserviceaccount.com`,
    urls: [],
    audiences: [],
  });
  const emails = ["orders", "rollup", "storefront"].map((name) => `${name}-sa@acme-prod.iam.gserviceaccount.com`);
  const content: Omit<Snapshot, "sha256"> = {
    schema: "matrix/snapshot/v1",
    version: "0.0.0",
    startedAt: "2026-11-22T06:00:00Z",
    finishedAt: "2026-11-22T06:00:00Z",
    reader: null,
    environment: "prod",
    asked: { projects: ["acme-prod"], scope: [], groups: false },
    endpoints: {},
    scopes: [],
    containers: [
      {
        resource: "projects/acme-prod",
        details: read({ number: "111111111111", parent: null }),
        policy: read({ bindings: [{ role: "roles/dataflow.worker", members: callers }] }),
        deny: read([]),
      },
    ],
    projects: [
      {
        project: "acme-prod",
        services: read([service("service", "orders"), service("backend", "storefront")]),
        jobs: read([]),
        accounts: read(emails),
        pools: read([]),
        iap: [],
      },
    ],
    accounts: emails.map((email): AccountRecord => ({
      email,
      details: read({ uniqueId: "1", disabled: false }),
      keys: read([]),
      policy: read({ bindings: [] }),
    })),
    roles: [
      { name: "roles/run.invoker", source: "live", permissions: read(["run.jobs.run", "run.routes.invoke"]) },
      { name: "roles/dataflow.worker", source: "live", permissions: read([]) },
    ],
    groups: [],
  };
  writeFileSync(join(copy, file), JSON.stringify(sealSnapshot(content)));
}
