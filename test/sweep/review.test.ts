import { mkdirSync, readFileSync, renameSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { sweepFormatNames } from "../../src/report/sweep/format-names.ts";
import { type Ran, runMatrix, temporaryFolder } from "../cli/test-io.ts";
import { sweepAll, writeFiles } from "./sweep-corpus.ts";
import { key, other, reportIn } from "./swept.ts";

let cwd = "";
beforeEach(() => {
  cwd = temporaryFolder();
});

const run = (...argv: readonly string[]): Promise<Ran> => runMatrix(["sweep", ...argv], { cwd });

test("configuration, and what was named, is missed where it was not looked at", async () => {
  const outside = temporaryFolder();
  writeFiles(outside, [["real", `API_TOKEN=${key}\n`]]);
  const bytes = `\u0000API_TOKEN=${key}\n`;
  writeFiles(cwd, [
    ["t/.env.local", bytes],
    ["t/values.yaml", bytes],
    ["t/image.png", bytes],
    ["t/dump.json.gz", bytes],
    ["t/tool", bytes],
    ["t/data.json", "{}"],
    ["t/a/.env", "A=b\n"],
  ]);
  truncateSync(join(cwd, "t/data.json"), 17 * 1024 * 1024);
  symlinkSync(join(outside, "real"), join(cwd, "t/.env"));
  symlinkSync("a/.env", join(cwd, "t/inside.env"));
  symlinkSync(outside, join(cwd, "t/env"));
  symlinkSync("nowhere", join(cwd, "t/gone.yaml"));
  const ran = await run("t", "--format", "json");
  const { unread, swept } = reportIn(ran);
  expect(ran.code).toBe(3);
  expect(unread.map(({ source, reason }) => `${source} ${reason}`)).toEqual([
    "t/.env is a link: name it to have it swept",
    "t/.env.local is binary, and no text",
    "t/data.json is too large to be swept",
    "t/gone.yaml is a link: name it to have it swept",
    "t/values.yaml is binary, and no text",
  ]);
  expect(swept).toMatchObject({ files: 1, skipped: { binary: 3, huge: [] } });
  const named = reportIn(await run("t", "t/.env", "t/tool", "--format", "json"));
  const sources = named.unread.map(({ source }) => source);
  expect([sources.includes("t/tool"), sources.includes("t/.env")]).toEqual([true, false]);
  expect(named.credentials.length).toBe(1);
});

test("two variables of one line never drop each other, and one that holds an address still counts once", async () => {
  const short = "qZ7k9X";
  const long = `${key.slice(0, 12)}${short}${key.slice(12)}`;
  const env = [
    { name: "DB_PASSWORD", value: short },
    { name: "BILLING_API_KEY", value: long },
  ];
  const address = `postgres://web:${other}@db.internal/x`;
  const inside = JSON.stringify({ db_password: short, billing_api_key: long });
  const counts = async (name: string, text: string): Promise<number> =>
    (await sweepAll([[name, text]])).credentials.length;
  for (const name of ["run.json", "run:acme-prod/europe-west1/web"])
    expect(await counts(name, JSON.stringify({ containers: [{ env }] }))).toBe(2);
  expect(await counts("a.json", JSON.stringify({ settings: inside }))).toBe(2);
  expect(await counts("a.yaml", `settings: '${inside}'\n`)).toBe(2);
  for (const value of [address, `Server=db;Password=${other}`]) {
    expect(await counts("a.json", JSON.stringify({ env: [{ name: "DB_SECRET", value }, ...env] }))).toBe(3);
    expect(await counts("b.json", JSON.stringify({ a: JSON.stringify({ db_secret: value }) }))).toBe(1);
    expect(await counts("b.yaml", `a: |\n  DB_SECRET=${value}\n`)).toBe(1);
    expect(await counts("c.env", `DB_SECRET="${value}"\n`)).toBe(1);
  }
});

test("a known credential in another file has spread; of an older baseline only numbers are compared", async () => {
  const text = `API_TOKEN=${key}\n`;
  writeFiles(cwd, [["t/web/.env", text]]);
  mkdirSync(join(cwd, "t/api"));
  await run("t", "--write-baseline", "b.json");
  const written = readFileSync(join(cwd, "b.json"), "utf8");
  const baseline = JSON.parse(written) as { credentials: { files?: readonly string[] }[] };
  expect(baseline.credentials.map(({ files }) => files)).toEqual([["t/web/.env"]]);
  for (const credential of baseline.credentials) delete credential.files;
  writeFiles(cwd, [
    ["old.json", JSON.stringify(baseline)],
    ["t/web/.env", `\n\n# below\n${text}`],
  ]);
  for (const path of ["t", "./t"]) expect((await run(path, "--baseline", "b.json")).code).toBe(0);
  renameSync(join(cwd, "t/web/.env"), join(cwd, "t/api/.env"));
  const moved = await run("t", "--baseline", "b.json");
  expect([moved.code, moved.stdout]).toEqual([1, expect.stringContaining("1 → 1 of the baseline, 1 in new places")]);
  expect((await run("t", "--baseline", "old.json")).code).toBe(0);
  expect((await sweepAll([["b.json", written]])).credentials).toEqual([]);
});

test("a folder or a baseline that is called after its secret is masked wherever it is written", async () => {
  writeFiles(cwd, [[`${key}/.env`, `API_TOKEN=${key}\n`]]);
  expect((await run(key, "--write-baseline", "b.json")).stdout).not.toContain(key);
  const written = readFileSync(join(cwd, "b.json"), "utf8");
  expect([written.includes(key), written.includes("[masked]")]).toEqual([false, true]);
  writeFileSync(join(cwd, `${key}.json`), written);
  for (const format of sweepFormatNames)
    expect((await run(key, "--baseline", `${key}.json`, "--format", format)).stdout).not.toContain(key);
  expect(reportIn(await run(key, "--baseline", "b.json", "--format", "json")).baseline).toMatchObject({
    sameScope: true,
  });
});
