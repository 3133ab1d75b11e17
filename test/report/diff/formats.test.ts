import { describe, expect, test } from "vitest";
import type { DiffFormatOptions } from "../../../src/report/diff/diff-format.ts";
import { type DiffFormatName, diffFormatNames } from "../../../src/report/diff/format-names.ts";
import { diffFormats } from "../../../src/report/diff/formats.ts";
import { options } from "./report-of.ts";
import { scenes } from "./scenes.ts";

// What the formatter of this repository would rewrite ends in .txt.
const endings: Readonly<Record<DiffFormatName, string>> = {
  text: "txt",
  markdown: "md.txt",
  json: "json.txt",
  github: "github.txt",
  sarif: "sarif.txt",
};

/** Formats for programs are told by a few scenes. */
const forPrograms = ["nothing", "pci", "rename"];

const goldens = Object.keys(scenes).flatMap((of) =>
  diffFormatNames
    .filter((name) => (name !== "json" && name !== "sarif") || forPrograms.includes(of))
    .map((name) => [`${of}.${endings[name]}`, name, of, {}] as const),
);

const variants: readonly (readonly [string, DiffFormatName, string, Partial<DiffFormatOptions>])[] = [
  ["pci-verbose.txt", "text", "pci", { verbose: true }],
  ["pci-color.txt", "text", "pci", { color: true }],
];

describe("formats of diff", () => {
  test.each([...goldens, ...variants])("golden/%s", async (file, name, of, given) => {
    const report = scenes[of];
    if (report === undefined) throw new Error(of);
    await expect(diffFormats[name](report, { ...options, ...given })).toMatchFileSnapshot(`golden/${file}`);
  });

  test("every format has its name", () => {
    expect(Object.keys(diffFormats)).toEqual([...diffFormatNames]);
  });
});
