import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import type { Command } from "commander";
import { describe, expect, test } from "vitest";
import type { Io, Output } from "../../src/cli/io.ts";
import { createProgram } from "../../src/cli/program.ts";
import { Disk } from "../../src/files/disk.ts";
import { helpMarkers } from "./generated.ts";
import { anchorsOf, codeSpans, type Page, readPage, readPages, root } from "./markdown.ts";
import { TODAY } from "./play.ts";

const pages = readPages();
const source = readSource(`${root}src`);
const program = programOf();
const commands = new Map(
  program.commands.filter((each) => !each.name().startsWith("_")).map((each) => [each.name(), each]),
);
/** Commands that the docs announce; each leaves this list when it exists. */
const announced: readonly string[] = [];
const common = [...program.options.map(({ long }) => long), "--help"];

describe.each(pages)("$path", (page) => {
  test("links to what is there", () => {
    expect(brokenLinks(page)).toEqual([]);
  });

  test("names only commands and options that there are", () => {
    expect(commandLines(page).flatMap(unknownIn)).toEqual([]);
    const known = new Set([...common, ...[...commands.values()].flatMap(optionsOf)]);
    const alone = codeSpans(page.prose).flatMap((code) => /^--[a-z-]+/.exec(code)?.[0] ?? []);
    expect(alone.filter((option) => !known.has(option))).toEqual([]);
  });

  test("names only environment variables and constants that the program knows", () => {
    const names = codeSpans(page.prose).filter((code) => /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/.test(code));
    expect(names.filter((name) => !source.includes(name))).toEqual([]);
  });

  test("calls a rule by its id where it links to it", () => {
    const wrong = linksOf(page).filter(({ label, target }) => {
      const id = /(?:^|\/)rules\/([a-z-]+)\.md$/.exec(target)?.[1];
      return id !== undefined && label !== `\`${id}\``;
    });
    expect(wrong).toEqual([]);
  });
});

describe("the page about the command line", () => {
  const page = readPage("docs/command-line.md");

  test("shows the help of every command", () => {
    expect([...helpMarkers(page.text)].sort()).toEqual([...commands.keys(), "matrix"].sort());
  });

  test("names every environment variable that the program reads", () => {
    const read = [
      ...[...source.matchAll(/\benv\["(\w+)"\]/g)].map(([, name = ""]) => name),
      ...[...source.matchAll(/\benv\.([A-Z][A-Z_]+)\b/g)].map(([, name = ""]) => name),
      ...[...source.matchAll(/const \{ ([\w, ]+) \} = process\.env/g)].flatMap(([, names = ""]) => names.split(", ")),
    ];
    expect(read.length).toBeGreaterThan(4);
    const named = new Set(codeSpans(page.prose));
    expect(read.filter((name) => !named.has(name))).toEqual([]);
  });
});

test("what the docs announce is still to come", () => {
  expect(announced.filter((name) => commands.has(name))).toEqual([]);
});

function linksOf({ prose }: Page): readonly { readonly label: string; readonly target: string }[] {
  return [...prose.matchAll(/\[([^\]]+)\]\(([^)\s]+)\)/g)].map(([, label = "", target = ""]) => ({ label, target }));
}

function brokenLinks(page: Page): readonly string[] {
  return linksOf(page).flatMap(({ target }) => {
    if (/^https?:/.test(target)) return [];
    const [file = "", anchor] = target.split("#", 2);
    const path = file === "" ? page.path : normalize(join(dirname(page.path), file));
    if (!existsSync(`${root}${path}`)) return [target];
    return anchor === undefined || anchorsOf(readPage(path)).has(anchor) ? [] : [target];
  });
}

/** Every command line of matrix in a page, in prose and in blocks. */
function commandLines({ prose, blocks }: Page): readonly string[] {
  const inBlocks = blocks
    .filter(({ language }) => language === "console" || language === "sh")
    .flatMap(({ language, text }) =>
      text.split("\n").filter((line) => (language === "sh" ? !line.startsWith("#") : line.startsWith("$ "))),
    );
  return [...codeSpans(prose), ...inBlocks].flatMap((line) => /(?:^|[\s(])matrix ([a-z-].*)$/.exec(line)?.[1] ?? []);
}

function unknownIn(line: string): readonly string[] {
  const [name = ""] = line.split(/[\s)]/, 1);
  const command = commands.get(name);
  if (command === undefined && !name.startsWith("-")) return announced.includes(name) ? [] : [`matrix ${name}`];
  const known = new Set([...common, ...(command === undefined ? [] : optionsOf(command))]);
  const [own = ""] = line.split(/ [|>]|&&/, 1);
  return [...own.matchAll(/(?<=\s|^)--[a-z-]+/g)]
    .map(([option]) => option)
    .filter((option) => !known.has(option))
    .map((option) => `matrix ${name} ${option}`);
}

/** Those of a command and of the commands below it. */
function optionsOf({ options, commands: below }: Command): readonly (string | undefined)[] {
  return [...options.map(({ long }) => long), ...below.flatMap(optionsOf)];
}

function readSource(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .join("\n");
}

function programOf(): ReturnType<typeof createProgram> {
  const nowhere: Output = { write: () => {}, isTerminal: false, width: 100 };
  const io: Io = {
    stdout: nowhere,
    stderr: nowhere,
    readStdin: () => new Uint8Array(),
    env: {},
    cwd: root,
    disk: new Disk(root),
    now: () => TODAY,
    sleep: () => Promise.resolve(),
    random: () => 0.5,
  };
  return createProgram(io, () => {});
}
