import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The repository, with a slash at its end. */
export const root = fileURLToPath(new URL("../../", import.meta.url));

/** A fenced block of a page. */
export interface Block {
  /** The first word after the fence. */
  readonly language: string;
  /** What follows it: `fragment`, `file=NAME`, `in=NAME`. */
  readonly info: string;
  /** Without the indentation of the block. */
  readonly text: string;
  readonly indent: string;
  /** Where the text starts and ends in the page, without the fences. */
  readonly start: number;
  readonly end: number;
  /** The line of the opening fence. */
  readonly line: number;
}

export interface Page {
  /** The path below the repository. */
  readonly path: string;
  readonly text: string;
  readonly blocks: readonly Block[];
  /** The page with its blocks and comments blanked out. */
  readonly prose: string;
}

/** The README and the pages directly under docs. The rules' pages have tests of their own. */
export function readPages(): readonly Page[] {
  const docs = readdirSync(`${root}docs`).filter((name) => name.endsWith(".md"));
  const readme = readdirSync(root).filter((name) => name === "README.md");
  return [...readme, ...docs.sort().map((name) => `docs/${name}`)].map(readPage);
}

export function readPage(path: string): Page {
  return toPage(path, readFileSync(`${root}${path}`, "utf8"));
}

const fenced = /^( *)```(\w+)(?: (.*))?\n((?:(?! *```)[^\n]*\n)*) *```$/gm;

export function toPage(path: string, text: string): Page {
  const blocks = [...text.matchAll(fenced)].map((match): Block => {
    const [whole, indent = "", language = "", info = "", content = ""] = match;
    const end = match.index + whole.length - indent.length - "```".length;
    return {
      language,
      info,
      text: content.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
      indent,
      start: end - content.length,
      end,
      line: text.slice(0, match.index).split("\n").length,
    };
  });
  return { path, text, blocks, prose: text.replace(fenced, "").replace(/<!--.*?-->/g, "") };
}

/** A page with other text in its blocks. */
export function replaceBlocks(page: string, blocks: readonly Block[]): string {
  return blocks.toReversed().reduce((result, { start, end, indent, text }) => {
    const lines = text.replaceAll(/^(?=.)/gm, indent);
    return result.slice(0, start) + lines + result.slice(end);
  }, page);
}

/** What stands in backticks in some text. */
export function codeSpans(text: string): readonly string[] {
  return [...text.matchAll(/`([^`\n]+)`/g)].map(([, code = ""]) => code);
}

/** The anchors that GitHub gives the headings of a page. */
export function anchorsOf({ prose }: Page): ReadonlySet<string> {
  return new Set(
    [...prose.matchAll(/^#+ (.+)$/gm)].map(([, title = ""]) =>
      title
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, "")
        .replaceAll(" ", "-"),
    ),
  );
}
