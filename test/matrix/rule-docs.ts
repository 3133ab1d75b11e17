import type { FileTree } from "../../src/files/file-tree.ts";

/** A page of docs/rules, taken apart. */
export interface RulePage {
  readonly title: string;
  readonly summary: string;
  readonly severity: string;
  /** What, Why and Fix, in this order. */
  readonly prose: readonly string[];
  readonly bad: Example;
  readonly good: Example;
}

/** The files of an example by name, the root file first. */
export type Example = ReadonlyMap<string, string>;

export const ROOT = "matrix.yaml";

const fence = "```yaml(?: file=\\S+)?\\n(?:(?!```).*\\n)+```";
const example = `((?:${fence}\\n\\n)*${fence}\\n)`;
const prose = "((?:(?!#|```).*\\n)+)";
const shape = new RegExp(
  `^# (.+)\\n\\n(.+)\\n\\n(Severity: .+)\\n\\n## What\\n${prose}## Why\\n${prose}## Fix\\n${prose}## Bad\\n${example}\\n## Good\\n${example}$`,
);

/** The parts of a page; undefined where it does not have the shape that every page has. */
export function readRulePage(text: string): RulePage | undefined {
  const match = shape.exec(text);
  if (match === null) return undefined;
  const [, title = "", summary = "", severity = "", what = "", why = "", fix = "", bad = "", good = ""] = match;
  return { title, summary, severity, prose: [what, why, fix], bad: readExample(bad), good: readExample(good) };
}

function readExample(blocks: string): Example {
  return new Map(
    [...blocks.matchAll(/```yaml(?: file=(\S+))?\n([^`]*)```/g)].map(([, name = ROOT, text = ""]) => [
      name,
      fillIn(text),
    ]),
  );
}

/** A line `# ... and so on to N` stands for the line above it, counted on to N: some rules need hundreds of lines. */
function fillIn(text: string): string {
  return text.replace(/^(.*?)(\d+)(.*)\n *# \.\.\. and so on to (\d+)\n/gm, (_, before, first, after, last) => {
    const line: string = before + first + after;
    const numbers = Array.from({ length: Number(last) - Number(first) + 1 }, (_unused, i) => Number(first) + i);
    return numbers.map((number) => `${line.replaceAll(first, String(number).padStart(first.length, "0"))}\n`).join("");
  });
}

/** A file tree that is no more than these files. */
export function fileTreeOf(files: Example): FileTree {
  return {
    read(name) {
      const text = files.get(name);
      return text === undefined ? { problem: `there is no file ${name}` } : { bytes: new TextEncoder().encode(text) };
    },
    list(folder) {
      const within = folder === "." ? "" : `${folder}/`;
      return [...files.keys()].filter((name) => name.startsWith(within)).sort();
    },
  };
}
