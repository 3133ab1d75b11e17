import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import { sweepFormatNames } from "../../src/report/sweep/format-names.ts";
import { runPreset } from "../../src/sweep/detect/run-preset.ts";
import { collectSightings } from "../../src/sweep/collect-sightings.ts";
import { runMatrix, temporaryFolder } from "../cli/test-io.ts";
import { generate, readCorpus } from "./corpus/unpack.mjs";
import { sweepAll, writeFiles } from "./sweep-corpus.ts";

const corpora = [readCorpus("first"), readCorpus("held-out"), readCorpus("blind")];
const secrets = corpora.flatMap((corpus) => corpus.secrets).filter((secret) => secret.length >= 6);

/** What of the planted values a text holds. */
function leaksIn(text: string): readonly string[] {
  return secrets.filter((secret) => text.includes(secret));
}

describe("no value is shown", () => {
  test("in any format, loud or quiet, nor written into a baseline", async () => {
    const cwd = temporaryFolder();
    for (const { files } of corpora) writeFiles(join(cwd, "tree"), files);
    writeFiles(cwd, [["key", generate("hex", 64, "key file")]]);
    let written = "";
    const looks = sweepFormatNames.map((format) => ["--format", format, "-v", "--color", "always"]);
    for (const look of [...looks, ["-q"]]) {
      const ran = await runMatrix(["sweep", "tree", ...look], { cwd });
      expect(ran.code).toBe(1);
      written += ran.stdout + ran.stderr;
    }
    await runMatrix(["sweep", "tree", "--key-file", "key", "--write-baseline", "b.json"], { cwd });
    const kept = await runMatrix(["sweep", "tree", "--key-file", "key", "--baseline", "b.json", "-v"], { cwd });
    expect(kept.code).toBe(0);
    written += kept.stdout + fs.readFileSync(join(cwd, "b.json"), "utf8");
    expect(written.length).toBeGreaterThan(80_000);
    expect(leaksIn(written)).toEqual([]);
  });

  test("not even where somebody named a file, a key or a service after it", async () => {
    const token = `ghp_${generate("b62", 36, "named after")}`;
    const password = "Zebra&Quilt8x";
    const text = JSON.stringify({
      tokens: { [token]: token },
      services: { [password]: { image: "x", environment: { DB_PASSWORD: password } } },
    });
    const report = await sweepAll([[`keys/${token}.json`, text]]);
    expect(report.credentials.length).toBe(2);
    expect(JSON.stringify(report)).toContain("[masked]");
    expect(JSON.stringify(report)).not.toMatch(/Zebra|ghp_\w/);
  });

  test("by an error that nobody foresaw", async () => {
    const cwd = temporaryFolder();
    writeFiles(cwd, [["a.env", "API_TOKEN=9fK3mQx7Lw2RtYp8\n"]]);
    vi.spyOn(String.prototype, "matchAll").mockImplementation(function (this: string) {
      throw new Error(`cannot match ${this}`);
    });
    const ran = await runMatrix(["sweep", "a.env"], { cwd });
    vi.restoreAllMocks();
    expect(ran.code).toBe(70);
    expect(ran.stderr).toContain("a text could not be swept");
    expect(ran.stdout + ran.stderr).not.toContain("9fK3mQx7Lw2RtYp8");
  });
});

describe("secretlint", () => {
  afterEach(() => {
    vi.restoreAllMocks();
    syncBuiltinESMExports();
  });

  test("works in memory: it opens no file and no connection", async () => {
    const reads = [
      vi.spyOn(fs, "readFileSync"),
      vi.spyOn(fs, "openSync"),
      vi.spyOn(fs, "existsSync"),
      vi.spyOn(fs.promises, "readFile"),
    ];
    const fetched = vi.spyOn(globalThis, "fetch");
    syncBuiltinESMExports();
    const found = await runPreset(`GITHUB_TOKEN=ghp_${generate("b62", 36, "memory")}\n`);
    expect(found.map(({ kind }) => kind)).toEqual(["GitHub token"]);
    for (const spy of [...reads, fetched]) expect(spy).not.toHaveBeenCalled();
  });

  test("obeys no comment that tells it to look away", async () => {
    const text = `# secretlint-disable\nGITHUB_TOKEN=ghp_${generate("b62", 36, "comment")} # secretlint-disable-line\n`;
    expect((await sweepAll([[".env", text]])).credentials.length).toBe(1);
    expect((await runPreset(text)).length).toBe(1);
  });
});

describe("any text", () => {
  const names = ["x.yaml", "x.json", "main.tf", ".env", "run.sh", "x.ts", "<stdin>"];

  test("can be swept", async () => {
    const words = fc.constantFrom(
      "{",
      "}",
      "[",
      "]",
      "\n",
      ": ",
      "- ",
      "=",
      '"',
      "'",
      "<<EOF\n",
      "${",
      "{{",
      "&a ",
      "*a",
      "|\n",
      "data:",
      "kind: Secret\n",
      "://",
      "@",
      "\u0000",
      "\uFEFF",
      "-----BEGIN PRIVATE KEY-----",
      "eyJ",
      "password",
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(words, fc.string({ maxLength: 8 })), { maxLength: 60 }),
        fc.constantFrom(...names),
        async (parts, name) => {
          await collectSightings(() => [{ name, text: parts.join("") }]);
        },
      ),
      { numRuns: 300 },
    );
  });

  test.each([
    ["braces", "{".repeat(100_000)],
    ["quotes", '"'.repeat(100_000)],
    ["half a key", "-----BEGIN PRIVATE KEY-----\n".repeat(1_000)],
    ["half an address", `http://${"a:".repeat(50_000)}`],
    [
      "aliases",
      `a: &a [x,x,x,x,x,x,x,x]\n${[..."bcdefghi"].map((key, i) => `${key}: &${key} [${`*${"abcdefgh"[i]},`.repeat(8)}]`).join("\n")}`,
    ],
    ["one line of values", "K=Ab3xYz9Qrs7Tu1V ".repeat(3_000)],
  ])("is swept in its time: %s", async (_, text) => {
    const started = performance.now();
    for (const name of ["x.yaml", ".env"]) await collectSightings(() => [{ name, text }]);
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  test("a value is found in whatever holds it, and grouped", async () => {
    const value = fc.integer({ min: 0, max: 1e9 }).map((seed) => generate("b62", 32, `held ${seed}`));
    const holders: readonly ((value: string) => readonly [string, string])[] = [
      (v) => [".env", `BILLING_API_KEY=${v}\n`],
      (v) => ["v.yaml", `billing: { apiKey: "${v}" }\n`],
      (v) => ["s.yaml", `apiVersion: v1\nkind: Secret\ndata:\n  x: ${Buffer.from(v).toString("base64")}\n`],
      (v) => ["main.tf", `resource "a" "b" {\n  env {\n    name = "BILLING_TOKEN"\n    value = "${v}"\n  }\n}\n`],
      (v) => ["r.json", JSON.stringify([{ env: [{ name: "BILLING_SECRET", value: v }] }])],
      (v) => ["d.sh", `gcloud run deploy x --set-env-vars=A=b,BILLING_API_KEY=${v}\n`],
      (v) => ["u.yaml", `url: https://svc:${v}@billing.internal/\n`],
    ];
    await fc.assert(
      fc.asyncProperty(value, async (v) => {
        const { credentials } = await sweepAll(holders.map((hold) => hold(v)));
        expect(credentials.map(({ places }) => places.map(({ file }) => file).sort())).toEqual([
          holders.map((hold) => hold(v)[0]).sort(),
        ]);
      }),
      { numRuns: 40 },
    );
  });
});
