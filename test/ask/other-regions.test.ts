import { expect, test } from "vitest";
import { snapshotDigest } from "../../src/snapshot/seal-snapshot.ts";
import { folderOf } from "../cli/answer.ts";
import { runMatrix } from "../cli/test-io.ts";
import { matrix } from "../drift/cases/drift-case.ts";
import { email, invoker, live, sa, world } from "../drift/live-world.ts";

// What a service is called live, and where it runs beyond the regions of the matrix, is the service to every command.

const account = email("pay-sa");
const content = world({
  services: [
    live("web"),
    live("payments", [invoker(sa("web"))], { account }),
    live("payments", [invoker("user:eve@acme.example")], { account, region: "us-central1" }),
  ],
});
const folder = {
  "matrix.yaml": matrix("services: { web: {}, pay: { name: payments } }\ntrust: { web -> pay: Charges }\n"),
  "snapshot.json": JSON.stringify({ ...content, sha256: snapshotDigest(content) }),
};

test.each<readonly [string, (word: string) => readonly string[]]>([
  ["who-can-call", (word) => [word, "--format", "json"]],
  ["can", (word) => ["user:eve@acme.example", word, "--format", "json"]],
  ["can", (word) => [word, "web", "--format", "json"]],
  ["blast-radius", (word) => [word, "--format", "json"]],
  ["explain-access", (word) => ["user:eve@acme.example", word, "--format", "json"]],
  ["explain-access", (word) => [word, "web", "--format", "json"]],
  ["graph", (word) => ["--focus", word, "--format", "dot"]],
])("%s finds it by its key, by its name, and by what runs elsewhere", async (command, wordsWith) => {
  const cwd = folderOf(folder);
  const ask = (word: string) => runMatrix([command, ...wordsWith(word), "--snapshot", "snapshot.json"], { cwd });
  const { code, stdout, stderr } = await ask("pay");
  expect(stdout).toContain("pay");
  expect(stderr).not.toMatch(/error/);
  const elsewhere = "projects/acme-prod/locations/us-central1/services/payments";
  for (const word of ["payments", elsewhere]) expect(await ask(word)).toMatchObject({ code, stdout, stderr });
});
