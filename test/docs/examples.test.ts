import { describe, expect, test } from "vitest";
import { parseDocument } from "yaml";
import type { FileTree } from "../../src/files/file-tree.ts";
import { validateMatrix } from "../../src/matrix/validate-matrix.ts";
import { regenerate } from "./generated.ts";
import { readPages, root } from "./markdown.ts";
import { play, TODAY } from "./play.ts";

// The pages are run: `npx vitest run test/docs -u` writes into them what the program says now.

const pages = readPages();
const yamlBlocks = pages.flatMap(({ path, blocks }) =>
  blocks.filter(({ language }) => language === "yaml").map((block) => ({ ...block, at: `${path}:${block.line}` })),
);

describe.each(pages)("$path", (page) => {
  test("shows what the program prints, and excerpts of what it writes", async () => {
    const { text, wrongExcerpts } = await play(page);
    expect(wrongExcerpts).toEqual([]);
    await expect(await regenerate(text)).toMatchFileSnapshot(`${root}${page.path}`);
  });

  test("closes every block that it opens", () => {
    const fences = page.text.split("\n").filter((line) => /^ *```/.test(line));
    expect(fences.length).toBe(2 * page.blocks.length);
  });
});

describe("a matrix in the docs", () => {
  const whole = yamlBlocks.filter(({ info }) => info === "");

  test.each(whole)("$at is without errors", ({ text }) => {
    expect(text).toMatch(/^(#.*\n)*version: 1\n/);
    expect(errorsIn(text)).toEqual([]);
  });
});

test.each(pages)("$path uses the files that it gives", ({ blocks }) => {
  const used = blocks.filter(({ language }) => language === "console").flatMap(({ text }) => text.split(/\s+/));
  const given = blocks.flatMap(({ info }) => /^file=(\S+)$/.exec(info)?.[1] ?? []);
  // A file in a folder is included by another.
  const idle = given.filter((name) => !used.includes(name) && name !== "matrix.yaml" && !name.includes("/"));
  expect(idle).toEqual([]);
});

describe("a part of a matrix in the docs", () => {
  const parts = yamlBlocks.filter(({ info }) => info !== "");

  test.each(parts)("$at is marked and is YAML", ({ info, text }) => {
    expect(info).toMatch(/^(fragment|file=[\w./-]+)$/);
    expect(parseDocument(text).errors).toEqual([]);
  });
});

function errorsIn(text: string): readonly string[] {
  const tree: FileTree = {
    read: (name) => (name === "matrix.yaml" ? { bytes: Buffer.from(text) } : { problem: `${name} does not exist` }),
    list: () => ["matrix.yaml"],
  };
  const result = validateMatrix(tree, "matrix.yaml", TODAY);
  if ("problem" in result) return [result.problem];
  return result.findings
    .filter(({ severity }) => severity === "error")
    .map(({ span, rule, message }) => `${span.line}:${span.column} ${rule}: ${message}`);
}
