import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { root } from "./markdown.ts";
import { runMatrix } from "./play.ts";
import { byHand } from "./semantics/by-hand.ts";
import { page, sectionsOf } from "./semantics/page.ts";
import { sections } from "./semantics/sections.ts";

// docs/semantics.md says what "can invoke" means. Every item of its lists is a claim, and each has a test under its
// exact text: a sentence cannot be changed, added or taken away alone.

const BY_HAND = "Check a verdict by hand";
const written = sectionsOf(page.prose);
const files = ["matrix.example.yaml", "matrix.example.snapshot.json"];

test("the sections are those of the tests, in this order", () => {
  expect(written.map(({ title }) => title)).toEqual([...Object.keys(sections), BY_HAND]);
});

describe.each(written.filter(({ title }) => title !== BY_HAND))("$title", ({ title, items, rest }) => {
  const claims = sections[title] ?? {};

  test("consists of claims, each of which is held", () => {
    expect(items).toEqual(Object.keys(claims));
    expect(new Set(items).size).toBe(items.length);
    if (title !== "Words") expect(rest).toEqual([]);
  });

  test.each(items)("%s", async (item) => {
    const hold = claims[item];
    if (hold === undefined) throw new Error(`no test holds: ${item}`);
    expect.hasAssertions();
    await hold();
  });
});

describe("with the files of the example", () => {
  let folder = "";

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "matrix-semantics-"));
    for (const name of files) copyFileSync(`${root}${name}`, join(folder, name));
    const command = "drift matrix.example.yaml --snapshot matrix.example.snapshot.json --format json";
    writeFileSync(join(folder, "drift.json"), (await runMatrix(command.split(" "), folder)).output);
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test("the example row is a whole row of the result", () => {
    const example = page.blocks.find(({ language }) => language === "json");
    const shown = JSON.parse(example?.text ?? "") as { readonly access: readonly unknown[] };
    const { access } = JSON.parse(readFileSync(join(folder, "drift.json"), "utf8")) as typeof shown;
    expect(shown.access).toHaveLength(1);
    expect(access).toContainEqual(shown.access[0]);
  });

  const steps = page.blocks
    .filter(({ language }) => language === "console")
    .flatMap(({ text }) => [...text.matchAll(/^\$ (.*)\n((?:(?!\$ ).*\n)*)/gm)])
    .map(([, command = "", output = ""]) => ({ command, output }))
    .filter(({ command }) => !command.startsWith("matrix "));

  test("the result names the hash that the snapshot holds", () => {
    const { snapshot } = JSON.parse(readFileSync(join(folder, "drift.json"), "utf8")) as {
      readonly snapshot: { readonly sha256: string };
    };
    expect(`${snapshot.sha256}\n`).toBe(byHand["jq -r .sha256 matrix.example.snapshot.json"]?.(folder));
  });

  test("each step by hand is known, and each known one is shown", () => {
    expect(steps.map(({ command }) => command)).toEqual(Object.keys(byHand));
  });

  test.each(steps)("$command", ({ command, output }) => {
    expect(output).not.toBe("");
    expect(byHand[command]?.(folder)).toBe(output);
    const tools = ["jq", "sha256sum", "grep"].filter((tool) => command.includes(`${tool} `) || command.endsWith(tool));
    if (tools.every((tool) => spawnSync(tool, ["--version"]).status === 0))
      expect(execFileSync("sh", ["-c", command], { cwd: folder, encoding: "utf8" })).toBe(output);
  });
});
