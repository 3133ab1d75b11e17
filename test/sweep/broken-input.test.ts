import { beforeEach, describe, expect, test } from "vitest";
import { sweepFormatNames } from "../../src/report/sweep/format-names.ts";
import { type Ran, runMatrix, temporaryFolder } from "../cli/test-io.ts";
import { generate } from "./corpus/unpack.mjs";
import { sweepAll, writeFiles } from "./sweep-corpus.ts";
import { key, matrix, other, reportIn } from "./swept.ts";

let cwd = "";
beforeEach(() => {
  cwd = temporaryFolder();
});

const run = (...argv: readonly string[]): Promise<Ran> => runMatrix(["sweep", ...argv], { cwd });

const services = JSON.stringify(
  [{ env: [{ name: "BILLING_API_KEY", value: key }] }, { env: [{ name: "LOG_LEVEL", value: "info" }] }],
  null,
  2,
);
const cut = services.slice(0, services.indexOf("LOG_LEVEL") + 3);

/** Why each text was not read in whole, and how much was found in it. */
async function outcome(name: string, text: string): Promise<readonly [string | null, number]> {
  const { unread, credentials } = await sweepAll([[name, text]]);
  return [unread[0]?.reason ?? null, credentials.length];
}

const json = "does not parse as JSON: read as text only";

describe("what does not parse is not called complete", () => {
  const yaml = "does not parse as YAML: read as text only";

  test.each([
    ["run.json", cut, `${json} (line 13)`, 1],
    ["run.json", services.slice(0, -2), `${json} (line 17)`, 1],
    ["run.json", services.replace('API_KEY",', 'API_KEY"'), `${json} (line 6)`, 1],
    ["<stdin>", cut, `${json} (line 13)`, 1],
    ["run.json", '{ "a": 1, "b": ', `${json} (line 1)`, 0],
    ["run.json", "", json, 0],
    ["run.json", "ERROR: (gcloud) no\n", `${json} (line 1)`, 0],
    ["a.ndjson", `{"token":"${key}"}\n{"a":`, `${json} (line 2)`, 1],
    ["tsconfig.json", '{ // why\n "a": [1,', `${json} (line 2)`, 0],
    ["v.tpl.json", '{ "a": {{ .a }},\n "token": "x" }', null, 0],
    ["e.json", '{ "port": ${PORT} }', null, 0],
    ["v.json.tpl", '{ "a": ', null, 0],
    ["tsconfig.json", `{ // why\n "a": [1,], /* b */ "token": "${key}", }`, null, 1],
    ["a.jsonc", '{ "a": 1 // "b\n}', null, 0],
    ["five.json", `{ a: 'b', token: '${key}' }`, null, 1],
    ["plain.json", "{ a: 'b' }", null, 0],
    ["<stdin>", `${"\n".repeat(5_000)}# a\n{ a: b }`, null, 0],
    ["lines.json", `{"token":"${key}"}\n{"token":"${other}"}\n`, null, 2],
    ["lines.jsonl", `{"token":"${key}"}\n{"token":"${other}"}\n`, null, 2],
    ["v.yaml", `a: [1\ntoken: ${key}\n`, `${yaml} (line 2)`, 1],
    ["<stdin>", `a: "b\ntoken: ${key}\n`, `${yaml} (line 3)`, 1],
    ["<stdin>", `[web]\nTOKEN="${key}"\na="\n`, null, 1],
    ["<stdin>", `export TOKEN="${key}"\nb="\n`, null, 1],
    ["templates/v.yaml", `{{- if .a }}\ntoken: ${key}\n{{- end }}\n`, null, 1],
    ["v.yaml.j2", `a: [1\ntoken: ${key}\n`, null, 1],
    ["web.ts", `const a = [\n"https://u:${key}@x.internal"`, null, 1],
  ])("%s %j", async (name, text, reason, found) => {
    expect(await outcome(name, text)).toEqual([reason, found]);
  });

  test("in any format, loud or quiet, with what its text holds under the name that it has there", async () => {
    writeFiles(cwd, [["run.json", cut]]);
    for (const look of [...sweepFormatNames.map((format) => ["--format", format]), ["-q"]])
      for (const path of [".", "run.json"]) {
        const ran = await run(path, ...look);
        expect([ran.code, ran.stdout]).toEqual([3, expect.stringContaining(json)]);
        expect(ran.stdout).toContain("BILLING_API_KEY");
        expect(ran.stdout).not.toContain(key);
      }
    expect((await run()).stdout).toContain(
      "INCOMPLETE, 1 not read in whole; 1 file\n\nnot read in whole: run.json: does",
    );
    expect((await run("--write-baseline", "b.json")).stderr).toContain("was not written: not everything was read");
  });
});

test.each([
  ["", "standard input is empty"],
  [" \n", "standard input is empty"],
  ["\u0000\u0001", "standard input is no text"],
])("standard input of %j is wrong use", async (text, message) => {
  const { code, stdout, stderr } = await runMatrix(["sweep", "-"], { cwd, stdin: Buffer.from(text) });
  expect([code, stdout, stderr]).toEqual([2, "", expect.stringContaining(message)]);
  expect(stderr).toContain("help: ");
});

describe("a baseline of sweep", () => {
  test("is no finding, but hides none", async () => {
    for (const extra of [[], ["--key-file", "key"]]) {
      writeFiles(cwd, [
        ["key", "0123456789abcdef-key\n"],
        ["t/a.env", `API_TOKEN=${key}\nWEB_SECRET=${other}\n`],
      ]);
      const quiet = await run("t", ...extra, "--write-baseline", "t/old.json", "-q");
      expect([quiet.code, quiet.stdout, quiet.stderr]).toEqual([0, "", ""]);
      writeFiles(cwd, [["t/a.env", "A=b\n"]]);
      expect((await run("t")).stdout).toBe("complete, 2 files\n\nno credentials\n");
    }
  });

  const id = generate("hex", 32, "id");
  const credential = { id, rule: "named-secret", name: "A_TOKEN", places: 1 };
  const whole = {
    schema: "matrix/sweep-baseline/v1",
    ids: { by: "hmac-sha256", check: id },
    scope: { paths: ["."], live: [] },
    credentials: [credential],
  };
  const hidden = `ghp_${key.slice(0, 30)}A1b2C3`;

  test.each([
    ["another key", JSON.stringify({ ...whole, apiToken: key })],
    ["a key in ids", JSON.stringify({ ...whole, ids: { ...whole.ids, apiToken: key } })],
    ["a key in scope", JSON.stringify({ ...whole, scope: { ...whole.scope, apiToken: key } })],
    ["a key of a credential", JSON.stringify({ ...whole, credentials: [{ ...credential, apiToken: key }] })],
    ["a key twice", JSON.stringify(whole).replace('"ids":', `"ids":{"apiToken":"${key}"},"ids":`)],
    ["its name", JSON.stringify({ ...whole, credentials: [{ ...credential, name: hidden }] })],
    ["its path", JSON.stringify({ ...whole, scope: { paths: [`https://u:${key}@a.internal`], live: [] } })],
  ])("with a secret in %s is swept", async (_, text) => {
    expect((await sweepAll([["b.json", text]])).credentials.length).toBeGreaterThan(0);
    expect((await sweepAll([["b.json", JSON.stringify(whole)]])).credentials).toEqual([]);
  });
});

test("a file that env_file names is given to its services, where it is swept anyway", async () => {
  const compose = (file: string): string => `services:\n  checkout:\n    image: a\n    env_file: ${file}\n`;
  const text = `PAYMENT_SERVICE_API_KEY=${key}\n`;
  writeFiles(cwd, [
    ["matrix.yaml", matrix],
    ["outside.env", text],
    ["t/z.env", text],
  ]);
  for (const file of ["z.env", "./z.env", "[a.env, ../t/z.env]", "[{ path: z.env, required: false }]"]) {
    writeFiles(cwd, [["t/compose.yaml", compose(file)]]);
    for (const path of ["t", "./t"]) {
      const [found] = reportIn(await run(path, "--format", "json")).credentials;
      expect(found?.places.map(({ service }) => service)).toEqual(["checkout"]);
      expect(found?.edges).toMatchObject([{ caller: "checkout", callee: "payment-service", declared: true }]);
    }
  }
  writeFiles(cwd, [["t/compose.yaml", `${compose("z.env")}  web: { image: b, env_file: [z.env] }\n`]]);
  const [shared] = reportIn(await run("t", "--format", "json")).credentials;
  expect([shared?.places.length, shared?.services]).toEqual([1, ["checkout", "web"]]);
  writeFiles(cwd, [
    ["t/compose.yaml", compose("../outside.env")],
    ["t/z.env", "A=b\n"],
  ]);
  const report = reportIn(await run("t", "--format", "json"));
  expect([report.swept.files, report.credentials]).toEqual([2, []]);
});

test("quiet says nothing of what a baseline takes in, and all of what it refuses", async () => {
  writeFiles(cwd, [["t/a.env", `API_TOKEN=${key}\n`]]);
  expect(await run("t", "--write-baseline", "b.json", "-q")).toMatchObject({ code: 0, stdout: "", stderr: "" });
  writeFiles(cwd, [["t/b.env", `API_TOKEN=${other}\n`]]);
  const refused = await run("t", "--baseline", "b.json", "--write-baseline", "b.json", "-q");
  expect([refused.code, refused.stdout]).toEqual([1, expect.stringContaining("error[named-secret]")]);
});
