import { execFileSync } from "node:child_process";
import type { FileContent, FileTree } from "../files/file-tree.ts";
import { MAX_FILE_BYTES } from "../matrix/text/decode-text.ts";

/** A commit that git could not find, and what to do. */
export interface NoCommit {
  readonly problem: string;
  readonly help: string;
}

/** The files of a commit, under the names that they have below a folder of its working tree. */
export class CommitTree implements FileTree {
  readonly #folder: string;
  readonly #commit: string;
  /** The commit as somebody named it. */
  readonly #reference: string;

  private constructor(folder: string, commit: string, reference: string) {
    this.#folder = folder;
    this.#commit = commit;
    this.#reference = reference;
  }

  /** The commit that a reference means. A reference that starts with a hyphen would be an option to git, and is refused. */
  static open(folder: string, reference: string): CommitTree | NoCommit {
    if (reference.startsWith("-"))
      return { problem: `"${reference}" is not a git reference`, help: "a reference does not start with a hyphen" };
    try {
      const commit = git(folder, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${reference}^{commit}`])
        .toString()
        .trim();
      return new CommitTree(folder, commit, reference);
    } catch (error) {
      return whyNoCommit(folder, reference, error as GitFailure);
    }
  }

  read(name: string): FileContent {
    const where = this.#reference;
    try {
      const [mode] = git(this.#folder, ["ls-tree", this.#commit, "--", `./${name}`])
        .toString()
        .split(" ", 1);
      if (mode === "") return { problem: `${name} does not exist at ${where}` };
      if (mode === "040000") return { problem: `${name} is a folder, not a file, at ${where}` };
      if (mode === "120000") return { problem: `${name} is a link at ${where}`, help: "put the file itself there" };
      return { bytes: git(this.#folder, ["cat-file", "blob", `${this.#commit}:./${name}`]) };
    } catch (error) {
      const help = complaintOf(error as GitFailure);
      return { problem: `${name} cannot be read at ${where}`, ...(help === "" ? {} : { help: `git says: ${help}` }) };
    }
  }

  list(folder: string): readonly string[] {
    const listing = git(this.#folder, [
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

type GitFailure = NodeJS.ErrnoException & { readonly stderr?: Buffer };

function whyNoCommit(folder: string, reference: string, failure: GitFailure): NoCommit {
  const problem = `git knows no commit "${reference}" here`;
  if (failure.code === "ENOENT")
    return {
      problem: "there is no git on the PATH, and --base needs it for a reference",
      help: "install git, or give --base the folder of an earlier output",
    };
  // Quiet as it is told to be where only the reference is wrong.
  const complaint = complaintOf(failure);
  if (complaint !== "") return { problem, help: `git says: ${complaint}` };
  return {
    problem,
    help: isShallow(folder)
      ? "the clone is shallow; fetch the rest: git fetch --unshallow"
      : "check its name with git rev-parse, or fetch it first",
  };
}

/** The first line of what git writes on standard error. */
function complaintOf({ stderr }: GitFailure): string {
  return (stderr?.toString() ?? "").split("\n", 1)[0]?.replace(/^(fatal|error): /, "") ?? "";
}

function isShallow(folder: string): boolean {
  try {
    return git(folder, ["rev-parse", "--is-shallow-repository"]).toString().trim() === "true";
  } catch {
    return false;
  }
}

/** Runs git without asking anybody, and without fetching what a partial clone lacks. */
function git(cwd: string, args: readonly string[]): Buffer {
  return execFileSync("git", args, {
    cwd,
    stdio: ["ignore", "pipe", "pipe"],
    maxBuffer: 4 * MAX_FILE_BYTES,
    env: { ...process.env, LC_ALL: "C", GIT_TERMINAL_PROMPT: "0", GIT_NO_LAZY_FETCH: "1" },
  });
}
