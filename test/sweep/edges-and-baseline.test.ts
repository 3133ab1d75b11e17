import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { type Ran, runMatrix, temporaryFolder } from "../cli/test-io.ts";
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

describe("edges", () => {
  test("lead from whoever is given it to whom its name, or the host beside it, is of", async () => {
    writeFiles(cwd, [
      ["matrix.yaml", matrix],
      [
        "run.json",
        JSON.stringify([
          {
            kind: "Service",
            apiVersion: "serving.knative.dev/v1",
            metadata: { name: "web-frontend" },
            spec: { template: { spec: { containers: [{ env: [{ name: "PAYMENT_SERVICE_TOKEN", value: key }] }] } } },
          },
        ]),
      ],
      ["services/checkout/.env", `PAYMENT_API_KEY=${key}\nUPSTREAM=http://u:${other}@payment-service.internal/\n`],
      ["payment-service.env", `ACCEPTED_TOKEN=${key}\n`],
    ]);
    const report = await swept();
    expect(report.credentials.map(({ services, edges }) => [services, edges])).toEqual([
      [
        ["checkout", "payment-service", "web"],
        [
          { caller: "checkout", callee: "payment-service", declared: true, environments: ["prod"] },
          { caller: "web", callee: "payment-service", declared: false, environments: [] },
        ],
      ],
      [["checkout"], [{ caller: "checkout", callee: "payment-service", declared: true, environments: ["prod"] }]],
    ]);
    const staging = await swept("--env", "staging");
    expect(staging.credentials[1]?.edges.map(({ declared }) => declared)).toEqual([false]);
  });

  test("without a callee are those declared between the sharers; of a provider's token there are none", async () => {
    const compose = (name: string, value: string): string =>
      `services:\n  checkout: { image: a, environment: { ${name}: "${value}" } }\n  payment-service: { image: b, environment: { ${name}: "${value}" } }\n`;
    writeFiles(cwd, [
      ["matrix.yaml", matrix],
      ["a/compose.yaml", compose("INTERNAL_TOKEN", key)],
      ["b/compose.yaml", compose("CHECKOUT_TOKEN", `ghp_${generate("b62", 36, "edge")}`)],
      ["c/compose.yaml", compose("PARTNER", other)],
    ]);
    const { credentials } = await swept();
    const edges = credentials.map(({ rule, edges: all }) => [
      rule,
      all.map(({ caller, callee }) => `${caller} -> ${callee}`),
    ]);
    expect(edges).toEqual([
      ["known-token", []],
      ["named-secret", ["checkout -> payment-service"]],
      ["shared-value", ["checkout -> payment-service"]],
    ]);
  });
});

describe("a baseline", () => {
  const places = (...values: readonly string[]): void => {
    rmSync(join(cwd, "t"), { recursive: true, force: true });
    mkdirSync(join(cwd, "t"));
    writeFiles(
      cwd,
      values.map((value, index) => [`t/${index}.env`, `\n\nT${index}_TOKEN=${value}\n`]),
    );
  };

  test.each([[[]], [["--key-file", "key"]]])(
    "counts down, and fails only for what is new or has spread %j",
    async (extra) => {
      writeFiles(cwd, [["key", "0123456789abcdef-key\n"]]);
      const line = async (...argv: readonly string[]): Promise<readonly unknown[]> => {
        const ran = await run("t", ...extra, ...argv);
        return [ran.code, ran.stdout.trimEnd().split("\n").at(-1)];
      };
      places(key, other);
      expect(await line("--write-baseline", "b.json")).toEqual([0, "2 credentials in 2 places"]);
      expect(await line("--baseline", "b.json")).toEqual([0, "2 → 2 of the baseline; 2 credentials in 2 places"]);
      places(key);
      expect(await line("--baseline", "b.json")).toEqual([0, "2 → 1 of the baseline; 1 credential in 1 place"]);
      places(key, key);
      expect(await line("--baseline", "b.json")).toEqual([
        1,
        "2 → 1 of the baseline, 1 in new places; 1 credential in 2 places",
      ]);
      const third = generate("b62", 32, "third");
      places(third);
      const before = readFileSync(join(cwd, "b.json"), "utf8");
      expect(await line("--baseline", "b.json", "--write-baseline", "b.json")).toEqual([
        1,
        "2 → 0 of the baseline, 1 new; 1 credential in 1 place",
      ]);
      expect(readFileSync(join(cwd, "b.json"), "utf8")).toBe(before);
      places("", other);
      expect((await line("--baseline", "b.json", "--write-baseline", "b.json"))[0]).toBe(0);
      expect(await line("--baseline", "b.json")).toEqual([0, "1 → 1 of the baseline; 1 credential in 1 place"]);
      places();
      expect(await line("--baseline", "b.json")).toEqual([0, "1 → 0 of the baseline"]);
      expect((await run("--baseline", "b.json", ...extra)).stdout).toContain("may only not have been looked at");
      expect(readFileSync(join(cwd, "b.json"), "utf8")).not.toContain(other);
    },
  );

  test("has other ids each time that it is made, and the same with the same key", async () => {
    writeFiles(cwd, [
      ["key", "0123456789abcdef-key\n"],
      ["key2", "another-key-of-enough-bytes\n"],
    ]);
    places(key);
    const ids = async (...argv: readonly string[]): Promise<string | null | undefined> => {
      return (await swept("t", ...argv)).credentials[0]?.id;
    };
    expect(await ids()).toBe(null);
    const salted = [await ids("--write-baseline", "1.json"), await ids("--write-baseline", "2.json")];
    expect(new Set(salted).size).toBe(2);
    expect(await ids("--baseline", "1.json")).toBe(salted[0]);
    const keyed = await ids("--key-file", "key", "--write-baseline", "3.json");
    expect(await ids("--key-file", "key")).toBe(keyed);
    expect(await ids("--key-file", "key2")).not.toBe(keyed);
    for (const argv of [
      ["--baseline", "3.json"],
      ["--baseline", "3.json", "--key-file", "key2"],
      ["--baseline", "1.json", "--key-file", "key"],
    ])
      expect((await run("t", ...argv)).code).toBe(2);
  });
});
