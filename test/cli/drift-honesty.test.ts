import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { driftFormatNames } from "../../src/report/drift/format-names.ts";
import { editSnapshot } from "./edit-snapshot.ts";
import { type Ran, runMatrix, temporaryFolder } from "./test-io.ts";

// What was not read is never clean: whichever reading it is, and whatever format says it.

const matrix = `version: 1
environments:
  prod:
    regions: [europe-west1, us-central1]
    projects: { core: { id: boutique-prod }, pci: { id: boutique-prod-pci } }
services: {}
`;

/** Everything of the example gone but for the two projects: nothing runs there, and nobody has anything. */
const empty = `
  const kept = service("adservice");
  snapshot.containers.shift();
  for (const each of snapshot.containers) {
    each.details.value.parent = null;
    each.policy.value.bindings = [];
  }
  for (const each of snapshot.projects) {
    each.services.value = [];
    each.jobs.value = [];
    each.accounts.value = [];
  }
  snapshot.accounts = [];
  snapshot.groups = [];
`;

const readings = [
  ["policy", `container("projects/boutique-prod").policy`],
  ["deny policies", `container("projects/boutique-prod-pci").deny`],
  ["services", `project("boutique-prod").services`],
  ["jobs", `project("boutique-prod-pci").jobs`],
  ["service accounts", `project("boutique-prod").accounts`],
  ["pools", `project("boutique-prod").pools`],
] as const;

const failures = ["denied", "failed", "partial"] as const;

async function drift(code: string, ...options: readonly string[]): Promise<Ran> {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, "matrix.yaml"), matrix);
  writeFileSync(join(cwd, "snapshot.json"), editSnapshot(`${empty}${code}`));
  return runMatrix(["drift", "--snapshot", "snapshot.json", ...options], { cwd });
}

function breaking(place: string, status: (typeof failures)[number]): string {
  return `Object.assign(${place}, { status: "${status}", reason: "it did not work" });
    ${status === "partial" ? "" : `delete ${place}.value;`}`;
}

describe.each(readings)("without the %s", (_, place) => {
  test.each(failures)("%s: no format is clean", async (status) => {
    for (const format of driftFormatNames) {
      const { stdout, stderr, code } = await drift(breaking(place, status), "--format", format);
      expect([format, code, stderr]).toEqual([format, 3, ""]);
      expect(stdout).not.toMatch(/no drift/i);
      expect(stdout).toContain("it did not work");
      expect(stdout).toMatch(/projects\/boutique-prod/);
    }
  });
});

test("with nothing to complain about but what was not read, --quiet and --write-exceptions say so", async () => {
  const code = breaking(readings[0][1], "denied");
  const quiet = await drift(code, "--quiet");
  expect([quiet.code, quiet.stdout]).toEqual([
    3,
    "prod: INCOMPLETE: not read: IAM policy of projects/boutique-prod (denied): it did not work\n",
  ]);
  const { stdout, code: exitCode } = await drift(code, "--write-exceptions");
  expect(exitCode).toBe(3);
  expect(stdout).toMatch(
    /rule: not-readable\n {4}match: \{ environment: prod, resource: projects\/boutique-prod, fingerprint: "?[0-9a-f]{12}"? \}/,
  );
});

test("3 wins over 1", async () => {
  const open = `container("projects/boutique-prod").policy.value.bindings.push({ role: "roles/run.invoker", members: ["allUsers"] });
    project("boutique-prod").services.value.push({ ...kept, policy: { status: "read", value: { bindings: [] } } });`;
  const found = await drift(open, "--quiet");
  expect(found.code).toBe(1);
  const both = await drift(`${open}${breaking(readings[3][1], "failed")}`, "--quiet");
  expect(both.code).toBe(3);
  expect(both.stdout).toContain(found.stdout);
});

describe("where everything was read", () => {
  test.each(driftFormatNames)("%s says that it is complete, and the run ends with 0", async (format) => {
    const { stdout, code } = await drift("", "--format", format);
    expect(code).toBe(0);
    expect(stdout).not.toMatch(/INCOMPLETE/);
    expect(stdout).toMatch(/complete/);
  });
});
