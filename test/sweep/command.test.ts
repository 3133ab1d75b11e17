import { rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { beforeEach, describe, expect, test } from "vitest";
import { SweptFiles } from "../../src/cli/actions/sweep-files.ts";
import type { Io } from "../../src/cli/io.ts";
import { type Ran, runMatrix, temporaryFolder } from "../cli/test-io.ts";
import { schemaShapes, undescribed } from "../schema-shapes.ts";
import { generate } from "./corpus/unpack.mjs";
import { writeFiles } from "./sweep-corpus.ts";
import { key, matrix, other, reportIn, type Swept } from "./swept.ts";

let cwd = "";
beforeEach(() => {
  cwd = temporaryFolder();
});

const run = (...argv: readonly string[]): Promise<Ran> => runMatrix(["sweep", ...argv], { cwd });

async function swept(...argv: readonly string[]): Promise<Swept> {
  return reportIn(await run(...argv, "--format", "json"));
}

describe("what is swept", () => {
  test("is this folder, without other people's files, links and bytes", async () => {
    const outside = temporaryFolder();
    writeFiles(outside, [["far.env", `FAR_TOKEN=${other}\n`]]);
    writeFiles(cwd, [
      ["a/.env", `API_TOKEN=${key}\n`],
      ["node_modules/x/.env", `API_TOKEN=${other}\n`],
      [".git/config", `token = ${other}\n`],
      [".terraform/x.tf", `token = "${other}"\n`],
      ["image.png", `\u0000\u0001 API_TOKEN=${other}\n`],
    ]);
    symlinkSync(join(outside, "far.env"), join(cwd, "far.env"));
    symlinkSync(outside, join(cwd, "far"));
    symlinkSync("loop", join(cwd, "loop"));
    const report = await swept();
    expect(report.credentials.map(({ places }) => places.map(({ file }) => file))).toEqual([["a/.env"]]);
    expect(report.swept).toMatchObject({ files: 1, skipped: { binary: 1, huge: [] } });
    expect((await swept("far.env")).credentials.length).toBe(1);
  });

  test("is also what PowerShell writes, with a byte order mark or in UTF-16", async () => {
    writeFileSync(
      join(cwd, "a.env"),
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(`API_TOKEN=${key}`, "utf16le")]),
    );
    writeFileSync(join(cwd, "b.json"), `\uFEFF{ "token": "${key}" }`);
    expect((await swept()).credentials.map(({ places }) => places.length)).toEqual([2]);
  });

  test("may come from standard input, whatever its form", async () => {
    for (const text of [`{ "apiKey": "${key}" }`, `a: { apiKey: ${key} }`, `API_KEY=${key}\n`]) {
      const ran = await runMatrix(["sweep", "-"], { cwd, stdin: Buffer.from(text) });
      expect([ran.code, ran.stdout]).toEqual([1, expect.stringContaining("<stdin>:1:")]);
    }
    expect((await runMatrix(["sweep", "-"], { cwd, stdin: Buffer.from("kind: Deployment\n") })).code).toBe(0);
  });

  test("is incomplete where something cannot be read, and then never clean", async () => {
    writeFiles(cwd, [
      ["big.yaml", "a: b\n"],
      ["big.bin.txt", "x"],
    ]);
    for (const name of ["big.yaml", "big.bin.txt"]) truncateSync(join(cwd, name), 17 * 1024 * 1024);
    const ran = await run();
    expect(ran.code).toBe(3);
    expect(ran.stdout).toContain("INCOMPLETE, 1 not read");
    expect(ran.stdout).toContain("not read: big.yaml: is too large to be swept");
    expect(ran.stdout).toContain("skipped, too large: big.bin.txt");
    expect(ran.stdout).not.toMatch(/^no credentials/m);
    expect((await run("-q")).stdout).toContain("INCOMPLETE: not read: big.yaml");
    const refused = await run("--write-baseline", "b.json");
    expect([refused.code, refused.stderr]).toEqual([3, "b.json was not written: not everything was read\n"]);
  });

  test("names a file that vanishes before it is read", () => {
    writeFiles(cwd, [["a.env", "A=b\n"]]);
    const files = new SweptFiles({ cwd } as Io, ["."], [], () => true);
    rmSync(join(cwd, "a.env"));
    expect([...files.load()]).toEqual([]);
    expect(files.unread).toEqual([{ source: "a.env", reason: "does not exist" }]);
  });
});

describe("wrong use ends with 2", () => {
  test.each([
    [["nowhere"], /nowhere does not exist/],
    [[""], /name of a path is empty/],
    [["--project", "p"], /add --live/],
    [["--impersonate-service-account", "a@b"], /add --live/],
    [["--live"], /no matrix to say which projects/],
    [["--live", "--project", "../x"], /no id of a project/],
    [["--env", "prod"], /there is no matrix.yaml/],
    [["--matrix", "none.yaml"], /none.yaml does not exist/],
    [["-", "--matrix", "-"], /only one file/],
    [["--baseline", "none.json"], /none.json does not exist/],
    [["--baseline", "x.json"], /is no baseline of sweep/],
    [["--key-file", "short"], /must have 16/],
    [["--write-baseline", "."], /is a folder/],
    [["--format", "xml"], /Allowed choices are text, json, sarif, csv/],
  ])("%j", async (argv, message) => {
    writeFiles(cwd, [
      ["x.json", "{}"],
      ["short", "abc"],
    ]);
    const { code, stderr, stdout } = await run(...argv);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(message);
  });

  test("but a matrix that merely lies here, and is broken, is left alone", async () => {
    writeFiles(cwd, [["matrix.yaml", "version: 1\nservices: [\n"]]);
    const { code, stderr } = await run();
    expect([code, stderr]).toEqual([0, expect.stringContaining("no edges are named")]);
    writeFiles(cwd, [["values.yaml", `token: ${key}\n`]]);
    for (const name of ["matrix.yaml", "values.yaml"]) {
      const ran = await run("--matrix", name);
      expect([ran.code, ran.stdout, ran.stderr]).toEqual([2, "", expect.stringContaining(`${name} is no matrix`)]);
      expect(ran.stderr).not.toContain(key);
    }
  });
});

test("what it writes for programs follows the schema that matrix prints", async () => {
  writeFiles(cwd, [
    ["matrix.yaml", matrix],
    ["services/web/.env", `CHECKOUT_API_KEY=${key}\nSTRIPE=sk_live_${generate("b62", 24, "s")}\n`],
  ]);
  const { stdout } = await runMatrix(["schema", "--of", "sweep"], { cwd });
  const schema = JSON.parse(stdout) as object;
  const validate = new Ajv({ strict: false, allErrors: true }).compile(schema);
  await run("--write-baseline", "b.json");
  for (const argv of [[], ["--env", "prod"], ["--baseline", "b.json"], ["matrix.yaml"]]) {
    const report = await swept(...argv);
    validate(report);
    expect(validate.errors).toBe(null);
  }
  expect(undescribed(schema)).toEqual([]);
  const optional = Object.values(schemaShapes(schema))
    .flatMap((shape) => Object.values(shape))
    .filter((each) => each === "optional");
  expect(optional).toEqual([]);
});
