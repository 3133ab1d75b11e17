import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Io, Output } from "../../src/cli/io.ts";
import { run } from "../../src/cli/run.ts";
import { Disk } from "../../src/files/disk.ts";
import { type Instant, parseInstant } from "../../src/time/instant.ts";
import { adoptingFiles } from "./adopting-fleet.ts";
import { adoptingScenes } from "./adopting-scenes.ts";
import { applyDiff } from "./apply-diff.ts";
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

/** What a page is played with besides: files, and what commands of others do, by their lines. */
interface Stage {
  readonly files: ReadonlyMap<string, string>;
  readonly scenes: ReadonlyMap<string, (folder: string) => void>;
}

const stages: ReadonlyMap<string, Stage> = new Map([
  ["docs/adopting.md", { files: adoptingFiles, scenes: adoptingScenes }],
]);

/**
 * Plays a page from top to bottom in a folder that holds the repository's example and its snapshot, and snapshots of the
 * small shop that docs/drift.md is about: `yaml file=NAME` writes a file, `diff file=NAME` changes one, `$ matrix …` in a
 * console block runs, and so do `$ cat …`, `$ grep …` and `$ head …`; `json in=NAME` must be part of a file that is there
 * by then.
 */
export async function play(page: Page): Promise<Played> {
  const folder = mkdtempSync(join(tmpdir(), "matrix-docs-"));
  try {
    for (const name of ["matrix.example.yaml", "matrix.example.snapshot.json"])
      copyFileSync(`${root}${name}`, join(folder, name));
    const { files = shopSnapshots, scenes = new Map<string, (folder: string) => void>() } = stages.get(page.path) ?? {};
    for (const [name, text] of files) writeFileSync(join(folder, name), text);
    const wrongExcerpts: string[] = [];
    const played: Block[] = [];
    for (const block of page.blocks) {
      const name = /^(?:file|in)=(\S+)$/.exec(block.info)?.[1];
      if (block.language === "console") played.push({ ...block, text: await playConsole(block, folder, scenes) });
      if (name !== undefined && block.language === "diff")
        write(join(folder, name), applyDiff(readFileSync(join(folder, name), "utf8"), block.text));
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
async function playConsole({ text }: Block, folder: string, scenes: Stage["scenes"]): Promise<string> {
  let printed = "";
  let exitCode = 0;
  for (const [step] of text.matchAll(/^\$ .*\n(?:(?!\$ ).*\n)*/gm)) {
    const [line = ""] = step.split("\n", 1);
    const command = /^\$ matrix (.+?)(?: < (\S+))?(?: > (\S+))?(?: \| (.+))?$/.exec(line);
    scenes.get(line.slice(2))?.(folder);
    if (command !== null) {
      const [, args = "", input, file, behind] = command;
      const outcome = await runMatrix(args.split(" "), folder, input);
      exitCode = outcome.exitCode;
      printed += `${line}\n${file === undefined ? piped(outcome.output, behind, folder) : ""}`;
      if (file !== undefined) write(join(folder, file), outcome.output);
    } else if (/^\$ (?:cat|grep|head) /.test(line)) {
      printed += `${line}\n${piped("", line.slice(2), folder)}`;
    } else printed += line === "$ echo $?" ? `${line}\n${exitCode}\n` : step;
  }
  return printed;
}

/** What another command makes of an output. */
function piped(input: string, command: string | undefined, cwd: string): string {
  if (command === undefined) return input;
  return spawnSync("bash", ["-c", command], {
    cwd,
    encoding: "utf8",
    input,
    env: { ...process.env, LC_ALL: "C.UTF-8" },
  }).stdout;
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
