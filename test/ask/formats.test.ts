import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv, type AnySchemaObject } from "ajv";
import { describe, expect, test } from "vitest";
import { hiddenCharacter } from "../../src/report/hidden-characters.ts";
import { runMatrix, temporaryFolder } from "../cli/test-io.ts";
import { matrix } from "../drift/cases/drift-case.ts";
import { invoker, live, sa, world } from "../drift/live-world.ts";
import { undescribed } from "../schema-shapes.ts";
import { snapshotDigest } from "../../src/snapshot/seal-snapshot.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** What a matrix can say at worst; a snapshot the same with an escape character. */
const bad = 'It’s "red"\u202e $(reboot) `id` ##[error] ::error:: \u2028 <script> =cmd|1, 🏴';
const hostile = matrix(`
services:
  checkout: { description: ${JSON.stringify(bad)} }
  billing: { labels: { team: "=1" } }
  open: { public: { reason: ${JSON.stringify(bad)} } }
trust:
  checkout -> billing: { reason: ${JSON.stringify(`=2+3 ${bad}`)}, ticket: ${JSON.stringify(`@SUM(${bad}`)} }
`);
const principal = `user:\u001b[31m=${bad}@acme.example`;
const content = world({
  services: [
    live("checkout"),
    live("billing", [invoker(sa("checkout"), principal)]),
    live("open", [
      {
        role: "roles/run.invoker",
        members: ["user:eve@acme.example"],
        condition: {
          title: "x",
          expression: `request.time < timestamp("2030-01-01T00:00:00Z") && "\u001b[31m" == "${"\u202e"}"`,
        },
      },
    ]),
  ],
});
const snapshot = { ...content, sha256: snapshotDigest(content) };

function folder(): string {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, "hostile.yaml"), hostile);
  writeFileSync(join(cwd, "hostile.json"), JSON.stringify(snapshot));
  for (const name of ["matrix.example.yaml", "matrix.example.snapshot.json"])
    copyFileSync(join(root, name), join(cwd, name));
  return cwd;
}

const example = ["matrix.example.yaml", "--env", "prod"];
const shown = ["--snapshot", "matrix.example.snapshot.json"];
const questions = {
  "who-can-call": [
    ["paymentservice", ...example],
    ["paymentservice", ...example, ...shown, "--transitive"],
    ["open", "hostile.yaml"],
    ["billing", "hostile.yaml", "--snapshot", "hostile.json"],
  ],
  can: [
    ["frontend", "ledger", ...example, "--transitive"],
    ["user:dana@boutique.example", "ledger", ...example, ...shown],
    ["nightly", "ledger", ...example, ...shown],
    [principal, "billing", "hostile.yaml", "--snapshot", "hostile.json"],
  ],
  "blast-radius": [
    ["frontend", ...example],
    ["user:dana@boutique.example", ...example, ...shown],
    [principal, "hostile.yaml", "--snapshot", "hostile.json"],
  ],
  list: [
    ["matrix.example.yaml", "--transitive"],
    [...example, ...shown, "--all"],
    ["hostile.yaml", "--snapshot", "hostile.json", "--transitive"],
  ],
} as const;

describe.each(Object.entries(questions))("%s", (command, words) => {
  const schema = JSON.parse(readFileSync(`${root}schemas/${command}.schema.json`, "utf8")) as AnySchemaObject;
  const validate = new Ajv({ strict: true, strictTypes: false, allErrors: true }).compile(schema);

  test("writes JSON as its schema says, which says what each key is", async () => {
    expect(undescribed(schema)).toEqual([]);
    const cwd = folder();
    for (const each of words) {
      const { stdout, stderr } = await runMatrix([command, ...each, "--format", "json"], { cwd });
      expect(stderr).toBe("");
      validate(JSON.parse(stdout));
      expect(validate.errors).toBeNull();
    }
  });

  test("obeys nothing that a matrix or a policy says", async () => {
    const cwd = folder();
    for (const format of ["text", "json", "csv"]) {
      for (const each of words) {
        const { stdout } = await runMatrix([command, ...each, "--format", format], { cwd });
        expect(stdout).not.toBe("");
        const lines = stdout.split(format === "csv" ? "\r\n" : "\n");
        for (const line of lines) {
          expect(line).not.toMatch(hiddenCharacter);
          expect(line).not.toMatch(/^\s*(::|##\[)/);
          // No cell starts a formula.
          if (format === "csv") expect(line).not.toMatch(/(^|,|;)"?\s*[=+@]/);
        }
      }
    }
  });
});

test("JSON answers name the callers of a service with everything that the matrix says of them", async () => {
  const { stdout } = await runMatrix(["who-can-call", "ledger", ...example, "--format", "json"], { cwd: folder() });
  const { callers, complete } = JSON.parse(stdout) as { callers: readonly unknown[]; complete: boolean };
  expect(complete).toBe(true);
  expect(callers).toMatchObject([
    {
      caller: "paymentservice",
      principal: "serviceAccount:paymentservice-sa@boutique-prod-pci.iam.gserviceaccount.com",
      environment: "prod",
      reason: "Books each charge",
      owner: "team-payments",
      ticket: "SEC-1431",
      expires: null,
      reviewed: "2026-10-01",
    },
  ]);
});
