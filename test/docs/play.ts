import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Io, Output } from "../../src/cli/io.ts";
import { run } from "../../src/cli/run.ts";
import { Disk } from "../../src/files/disk.ts";
import { type Instant, parseInstant } from "../../src/time/instant.ts";
import { shopSnapshots } from "./shop-snapshots.ts";
import { type Block, type Page, replaceBlocks, root } from "./markdown.ts";

/** The day on which the docs are judged. */
export const TODAY = parseInstant("2026-11-22") as Instant;

export interface Played {
  /** The page as it reads when its commands print what they print now. */
  readonly text: string;
  /** Excerpts of JSON that the file they name does not hold. */
  readonly wrongExcerpts: readonly string[];
}

/**
 * Plays a page from top to bottom in a folder that holds the repository's example and its snapshot, and snapshots of the
 * small shop that docs/drift.md is about: `yaml file=NAME` writes a file, `$ matrix …` in a console block runs,
 * `json in=NAME` must be part of a file that is there by then.
 */
export async function play(page: Page): Promise<Played> {
  const folder = mkdtempSync(join(tmpdir(), "matrix-docs-"));
  try {
    for (const name of ["matrix.example.yaml", "matrix.example.snapshot.json"])
      copyFileSync(`${root}${name}`, join(folder, name));
    for (const [name, text] of shopSnapshots) writeFileSync(join(folder, name), text);
    const wrongExcerpts: string[] = [];
    const played: Block[] = [];
    for (const block of page.blocks) {
      const name = /^(?:file|in)=(\S+)$/.exec(block.info)?.[1];
      if (block.language === "console") played.push({ ...block, text: await playConsole(block, folder) });
      if (name !== undefined && block.language === "yaml") write(join(folder, name), block.text);
      if (name !== undefined && block.language === "json" && !isExcerpt(block.text, join(folder, name)))
        wrongExcerpts.push(`${page.path}:${block.line}`);
    }
    return { text: replaceBlocks(page.text, played), wrongExcerpts };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A console block with what its commands print now. Commands of other programs keep their lines. */
async function playConsole({ text }: Block, folder: string): Promise<string> {
  let printed = "";
  let exitCode = 0;
  for (const [step] of text.matchAll(/^\$ .*\n(?:(?!\$ ).*\n)*/gm)) {
    const [line = ""] = step.split("\n", 1);
    const command = /^\$ matrix (.+?)(?: < (\S+))?(?: > (\S+))?(?: \| grep (\S+))?$/.exec(line);
    if (command !== null) {
      const [, args = "", input, file, pattern] = command;
      const outcome = await runMatrix(args.split(" "), folder, input);
      exitCode = outcome.exitCode;
      printed += `${line}\n${file === undefined ? linesLike(outcome.output, pattern) : ""}`;
      if (file !== undefined) write(join(folder, file), outcome.output);
    } else printed += line === "$ echo $?" ? `${line}\n${exitCode}\n` : step;
  }
  return printed;
}

/** What grep leaves of an output. */
function linesLike(output: string, pattern: string | undefined): string {
  if (pattern === undefined) return output;
  const lines = output.split("\n").filter((line) => new RegExp(pattern).test(line));
  return lines.map((line) => `${line}\n`).join("");
}

/** One run of the program, as a pipe shows it: what it says and what it prints, in order. */
export async function runMatrix(
  argv: readonly string[],
  folder: string,
  input?: string,
): Promise<{ readonly exitCode: number; readonly output: string }> {
  let output = "";
  const stream: Output = { write: (text) => void (output += text), isTerminal: false, width: 100 };
  const io: Io = {
    stdout: stream,
    stderr: stream,
    readStdin: () => (input === undefined ? new Uint8Array() : readFileSync(join(folder, input))),
    env: {},
    cwd: folder,
    disk: new Disk(folder),
    now: () => TODAY,
    sleep: () => Promise.resolve(),
    random: () => 0.5,
  };
  return { exitCode: await run(argv, io), output };
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function isExcerpt(text: string, path: string): boolean {
  return isPart(JSON.parse(text), JSON.parse(readFileSync(path, "utf8")));
}

/** Whether a value holds another: maps may hold more keys, lists more items; the rest is equal. */
function isPart(part: unknown, whole: unknown): boolean {
  if (typeof part !== "object" || part === null) return part === whole;
  if (typeof whole !== "object" || whole === null || Array.isArray(part) !== Array.isArray(whole)) return false;
  if (Array.isArray(part) && Array.isArray(whole)) {
    const isScalarList = part.every((item) => typeof item !== "object");
    return isScalarList
      ? JSON.stringify(part) === JSON.stringify(whole)
      : part.every((item) => whole.some((other) => isPart(item, other)));
  }
  return Object.entries(part).every(([key, value]) => isPart(value, (whole as Record<string, unknown>)[key]));
}
