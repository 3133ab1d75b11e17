import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { runMatrix, temporaryFolder } from "../cli/test-io.ts";
import { GitFolder } from "../git/git-folder.ts";

const example = fileURLToPath(new URL("../../matrix.example.yaml", import.meta.url));
const first = `version: 1
environments: { prod: { project: acme-prod, number: "111111111111", regions: [europe-west1] } }
services: { checkout: {}, billing: {}, cart: {} }
sets: { shops: [checkout] }
trust:
  shops -> billing: Charges
`;

test("since when a caller is in the matrix does not depend on the edge that says so", async () => {
  const folder = GitFolder.repository();
  onTestFinished(() => folder.remove());
  const before = folder.commit({ "matrix.yaml": first }).slice(0, 12);
  const other = first.replace("  shops ->", "  checkout ->");
  folder.commit({ "matrix.yaml": other });
  folder.write({ "matrix.yaml": `${other}  cart -> billing: Asks\n` });
  const { stdout, code } = await runMatrix(["who-can-call", "billing", "--history"], { cwd: folder.path });
  expect(code).toBe(0);
  const lines = stdout.split("\n").filter((line) => / · /.test(line));
  expect(lines[0]).toContain("not committed yet");
  expect(lines[1]).toContain(`(${before})`);
  const json = await runMatrix(["who-can-call", "billing", "--history", "--format", "json"], { cwd: folder.path });
  const { callers } = JSON.parse(json.stdout) as { callers: readonly { since: unknown }[] };
  expect(callers.map(({ since }) => since)).toMatchObject([
    { commit: null, at: null, isOlder: false },
    { subject: "change", isOlder: false, skipped: [] },
  ]);
});

test("without a history it says so, and answers nothing", async () => {
  const cwd = temporaryFolder();
  copyFileSync(example, join(cwd, "matrix.yaml"));
  const { code, stdout, stderr } = await runMatrix(["who-can-call", "ledger", "--history"], { cwd });
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(/^error: /);
});
