import { execFileSync } from "node:child_process";
import type { FileContent, FileTree } from "../files/file-tree.ts";
import { MAX_FILE_BYTES } from "../matrix/text/decode-text.ts";

/** A commit that git could not find, and what to do. */
export interface NoCommit {
  readonly problem: string;
  readonly help: string;
}

/** The files of a commit, under the names that they have below the current folder. */
export class CommitTree implements FileTree {
  readonly #cwd: string;
  readonly #commit: string;

  private constructor(cwd: string, commit: string) {
    this.#cwd = cwd;
    this.#commit = commit;
  }

  /** The commit that a reference means. A reference that starts with a hyphen would be an option to git, and is refused. */
  static open(cwd: string, reference: string): CommitTree | NoCommit {
    if (reference.startsWith("-"))
      return { problem: `"${reference}" is not a git reference`, help: "a reference does not start with a hyphen" };
    try {
      const commit = git(cwd, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${reference}^{commit}`])
        .toString()
        .trim();
      return new CommitTree(cwd, commit);
    } catch {
      const help = isShallow(cwd)
        ? `the clone is shallow; fetch it: git fetch --unshallow origin`
        : "check its name with git rev-parse, or fetch it first";
      return { problem: `git knows no commit "${reference}" here`, help };
    }
  }

  read(name: string): FileContent {
    try {
      const [mode] = git(this.#cwd, ["ls-tree", this.#commit, "--", `./${name}`])
        .toString()
        .split(" ", 1);
      if (mode === "") return { problem: `${name} does not exist at ${this.#commit.slice(0, 12)}` };
      if (mode === "120000")
        return { problem: `${name} is a link at ${this.#commit.slice(0, 12)}`, help: "put the file itself there" };
      return { bytes: git(this.#cwd, ["cat-file", "blob", `${this.#commit}:./${name}`]) };
    } catch {
      return { problem: `${name} cannot be read at ${this.#commit.slice(0, 12)}` };
    }
  }

  list(folder: string): readonly string[] {
    const listing = git(this.#cwd, [
      "ls-tree",
      "-r",
      "-z",
      "--name-only",
      this.#commit,
      "--",
      `./${folder}/`,
    ]).toString();
    return listing.split("\0").filter((name) => name !== "");
  }
}

function isShallow(cwd: string): boolean {
  try {
    return git(cwd, ["rev-parse", "--is-shallow-repository"]).toString().trim() === "true";
  } catch {
    return false;
  }
}

function git(cwd: string, args: readonly string[]): Buffer {
  return execFileSync("git", args, { cwd, stdio: ["ignore", "pipe", "ignore"], maxBuffer: 4 * MAX_FILE_BYTES });
}
