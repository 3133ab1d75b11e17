import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { MAX_FILE_BYTES } from "../matrix/text/decode-text.ts";

/** What one run of git came to. */
export interface GitRun {
  readonly isOk: boolean;
  /** Whether there is no git to run. */
  readonly isWithoutGit: boolean;
  readonly stdout: Buffer;
  /** All that it wrote on standard error. */
  readonly stderr: string;
}

/** Runs git in one folder with these words, none of which a shell sees. */
export type Git = (words: readonly string[], input?: string, more?: Readonly<Record<string, string>>) => GitRun;

/** What git complained of where it had to succeed. */
export class GitComplaint extends Error {}

/** In bytes; the list of a folder with half a million files is smaller. */
const MAX_OUTPUT = 4 * MAX_FILE_BYTES;

/**
 * What no configuration of a repository changes: no watcher is started, no lock is taken, no commit or file is read as
 * another one, and a name that means two things is told.
 */
const always = [
  "--no-pager",
  "--no-optional-locks",
  "--no-replace-objects",
  "-c",
  "core.fsmonitor=false",
  "-c",
  "core.warnAmbiguousRefs=true",
  // Grafts are not read, see below; git would give advice about them all the same.
  "-c",
  "advice.graftFileDeprecated=false",
  // It repeats who the parents of commits are, and may be made from grafts.
  "-c",
  "core.commitGraph=false",
] as const;

/**
 * Git in a folder. It asks nobody and fetches nothing, not even what a partial clone lacks: a transport could run a
 * program that the configuration names.
 * @param cwd the folder that the program runs in: what GIT_DIR is relative to
 */
export function gitIn(cwd: string, folder: string): Git {
  const env = environment();
  const run: Git = (words, input = "", more = {}) => runGit(folder, { ...env, ...more }, words, input);
  if (env["GIT_DIR"] === undefined) return run;
  // Hooks set it. Git then takes whatever folder it runs in for the top, unless the top is named as well.
  env["GIT_DIR"] = resolve(cwd, env["GIT_DIR"]);
  const top = runGit(cwd, env, ["rev-parse", "--show-toplevel"], "");
  if (top.isOk) env["GIT_WORK_TREE"] = top.stdout.toString().replace(/\n$/, "");
  return run;
}

function runGit(cwd: string, env: NodeJS.ProcessEnv, words: readonly string[], input: string): GitRun {
  const { status, stdout, stderr, error } = spawnSync("git", [...always, ...words], {
    cwd,
    env,
    input,
    maxBuffer: MAX_OUTPUT,
  });
  const isWithoutGit = (error as NodeJS.ErrnoException | undefined)?.code === "ENOENT";
  return {
    isOk: error === undefined && status === 0,
    isWithoutGit,
    stdout: stdout ?? Buffer.alloc(0),
    stderr: error === undefined ? stderr.toString() : String(error.message),
  };
}

function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(GIT_TRACE|GIT_EXTERNAL_DIFF|GIT_SHALLOW_FILE|GIT_.*PATHSPECS)/.test(name),
  );
  return {
    ...Object.fromEntries(kept),
    // What a file beside the commits says of their parents, they do not say themselves. Instead of .git/info/grafts.
    GIT_GRAFT_FILE: "/dev/null",
    // Its complaints are read.
    LC_ALL: "C",
    GIT_TERMINAL_PROMPT: "0",
    GIT_NO_LAZY_FETCH: "1",
    // Older ones know the line above not.
    GIT_ALLOW_PROTOCOL: "none",
  };
}

/** What git complains of, on one line and without its label. */
export function complaintOf({ stderr }: Pick<GitRun, "stderr">): string {
  return stderr
    .split("\n")
    .map((line) => line.trim().replace(/^(fatal|error): /, ""))
    .filter((line) => line !== "" && !/^(hint|warning): /.test(line))
    .join(" ");
}
