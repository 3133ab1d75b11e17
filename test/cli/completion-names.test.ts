import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { runMatrix, temporaryFolder } from "./test-io.ts";

const example = fileURLToPath(new URL("../../matrix.example.yaml", import.meta.url));

async function offered(cwd: string, words: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { stdout, stderr, code } = await runMatrix(["__complete", "--", ...words], { cwd, env });
  expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
  return stdout.split("\n").filter((line) => line !== "");
}

test("names of the matrix complete where a command takes them", async () => {
  const cwd = temporaryFolder();
  copyFileSync(example, join(cwd, "matrix.yaml"));
  expect(await offered(cwd, ["who-can-call", "s"])).toEqual([
    "settlement",
    "shippingservice",
    "shoppingassistantservice",
  ]);
  expect(await offered(cwd, ["can", "n"])).toEqual(["nightly"]);
  expect(await offered(cwd, ["can", "nightly", "n"])).toEqual([]);
  expect(await offered(cwd, ["can", "--format", "json", "nightly", "pay"])).toEqual(["paymentservice"]);
  expect(await offered(cwd, ["explain-access", "on"])).toEqual(["oncall"]);
  expect(await offered(cwd, ["blast-radius", "load"])).toEqual(["loadgenerator"]);
  expect(await offered(cwd, ["wiring", "check"])).toEqual(["checkoutservice"]);
  expect(await offered(cwd, ["modes", "set", "ledger", "cat"])).toEqual(["catalog-readers"]);
  expect(await offered(cwd, ["modes", "set", "ledger", "en"])).toEqual(["enforce"]);
  expect(await offered(cwd, ["review", "st"])).toEqual(["start", "status"]);
  expect(await offered(cwd, ["review", "sign", "cat"])).toEqual(["catalog-readers"]);
  expect(await offered(cwd, ["review", "sign", "oncall", "o"])).toEqual([]);
  expect(await offered(cwd, ["review", "sign", "--env", "prod", "oncall", "ledger", "o"])).toEqual(["oncall"]);
  expect(await offered(cwd, ["review", "status", "--owner", "team-c"])).toEqual(["team-catalog", "team-checkout"]);
  expect(await offered(cwd, ["graph", "--focus", "led"])).toEqual(["ledger"]);
  expect(await offered(cwd, ["verify", "--as", "check"])).toEqual(["checkoutservice"]);
  expect(await offered(cwd, ["verify", "--service", "cat"])).toEqual(["catalog-readers"]);
  expect(await offered(cwd, ["can", "--env", ""])).toEqual(["prod", "staging"]);
  // The file comes behind the names: the shell completes it.
  expect(await offered(cwd, ["who-can-call", "ledger", ""])).toEqual([]);
});

test("the file is the one that is named, or that MATRIX_FILE names", async () => {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, "other.yaml"), "version: 1\nservices: { elsewhere: {} }\n");
  expect(await offered(cwd, ["who-can-call", ""])).toEqual([]);
  expect(await offered(cwd, ["who-can-call", ""], { MATRIX_FILE: "other.yaml" })).toEqual(["elsewhere"]);
  expect(await offered(cwd, ["drift", "./other.yaml", "--env", ""])).toEqual([]);
  expect(await offered(cwd, ["modes", "set", "--file", "./other.yaml", "e"])).toEqual(["elsewhere", "enforce"]);
});

test("a matrix that is broken or hostile says nothing but safe names", async () => {
  const cwd = temporaryFolder();
  const file = join(cwd, "matrix.yaml");
  writeFileSync(file, 'services:\n  good: { nonsense: true }\n  "$(reboot)": {}\n  "a b": {}\n  x-not: {}\n');
  expect(await offered(cwd, ["who-can-call", ""])).toEqual(["good"]);
  writeFileSync(file, "services: [\n");
  expect(await offered(cwd, ["who-can-call", ""])).toEqual([]);
  writeFileSync(file, Buffer.from([0xff, 0xfe, 0x00]));
  expect(await offered(cwd, ["can", ""], { MATRIX_FILE: "nowhere.yaml" })).toEqual([]);
});
