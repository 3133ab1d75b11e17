import { join, posix, relative, resolve, sep } from "node:path";
import { enumerateWords } from "../words/enumerate-words.ts";
import { CommitTree } from "./commit-tree.ts";
import { type Clone, deepenCommand, fetchCommand, remoteBranch } from "./fetch-command.ts";
import { type HeldObject, listFirstParents, type LoggedCommit, objectsAt } from "./list-commits.ts";
import { readFiles } from "./read-files.ts";
import { baseOf, defaultBranches, shortName } from "./reference-names.ts";
import { complaintOf, type Git, gitIn, type GitRun } from "./run-git.ts";

/** What git cannot do, and what to do about it. */
export interface GitProblem {
  readonly problem: string;
  readonly help: string;
}

/** A commit, and how somebody named it. */
export interface Commit {
  /** In full. */
  readonly id: string;
  readonly reference: string;
}

/** A name that has moved: from the earlier path to the later one, from the top of the repository. */
export interface Rename {
  readonly before: string;
  readonly after: string;
}

const fullId = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** A git repository, seen from one of its folders. */
export class Repository {
  readonly #git: Git;
  readonly #cwd: string;
  readonly #folder: string;
  /** The path of the folder from the top: empty, or ends in a slash. */
  readonly #prefix: string;
  readonly isShallow: boolean;
  readonly isBare: boolean;

  private constructor(git: Git, at: { readonly cwd: string; readonly folder: string }, facts: readonly string[]) {
    const [isBare, isShallow, ...prefix] = facts;
    this.#git = git;
    this.#cwd = at.cwd;
    this.#folder = at.folder;
    this.#prefix = prefix.join("\n");
    this.isShallow = isShallow === "true";
    this.isBare = isBare === "true";
  }

  /**
   * The repository that a folder is in.
   * @param cwd what names of files are relative to
   * @param folder as files in it are named; it must be there
   */
  static open(cwd: string, folder: string): Repository | GitProblem {
    const git = gitIn(cwd, resolve(cwd, folder));
    const run = git(["rev-parse", "--is-bare-repository", "--is-shallow-repository", "--show-prefix"]);
    if (run.isOk) {
      const facts = run.stdout.toString().replace(/\n$/, "").split("\n");
      return new Repository(git, { cwd, folder }, facts);
    }
    if (run.isWithoutGit) return { problem: "there is no git on the PATH", help: "install git, or name files" };
    const where = folder === "." ? "here" : `in ${folder}`;
    return { problem: `git cannot be asked ${where}`, help: `git says: ${complaintOf(run)}` };
  }

  /** The path of a file from the top of the repository, by its name; it starts with `../` where the file is not in it. */
  pathOf(name: string): string {
    const below = relative(resolve(this.#cwd, this.#folder), resolve(this.#cwd, name));
    return posix.normalize(this.#prefix + below.split(sep).join("/"));
  }

  /** How a file is named, by its path from the top: as a file of this folder on the disk is. */
  nameOf(path: string): string {
    return join(this.#folder, posix.relative(`/${this.#prefix}`, `/${path}`))
      .split(sep)
      .join("/");
  }

  /** The files of a commit, under the names that they have on the disk. */
  tree({ id, reference }: Commit): CommitTree {
    return new CommitTree(this.#git, id, {
      reference,
      pathOf: (name) => this.pathOf(name),
      nameOf: (path) => this.nameOf(path),
      prefix: this.#prefix,
    });
  }

  /** The commit that a reference means. One that starts with a hyphen would be an option to git, and is refused. */
  findCommit(reference: string): Commit | GitProblem {
    if (reference.startsWith("-"))
      return { problem: `"${reference}" is not a git reference`, help: "a reference does not start with a hyphen" };
    const run = this.#parse(reference);
    const id = run.stdout.toString().trim();
    if (!run.isOk || !fullId.test(id)) return this.#noCommit(reference, run);
    const isAmbiguous = /^warning: refname .* is ambiguous/m.test(run.stderr) && !fullId.test(baseOf(reference));
    return isAmbiguous ? this.#ambiguous(reference) : { id, reference };
  }

  /** Whether a word names a commit, without a word about why not. */
  hasCommit(reference: string): boolean {
    return this.#parse(reference).isOk;
  }

  /** The branch that changes go into, as far as this clone knows. */
  defaultBranch(): Commit | GitProblem {
    const listing = this.#git([
      "for-each-ref",
      "--format=%(refname)%09%(objectname)%09%(symref)",
      "--",
      ...defaultBranches,
    ]).stdout.toString();
    const refs = new Map(
      listing.split("\n").map((line) => {
        const [name = "", id = "", target = ""] = line.split("\t");
        return [name, { id, reference: shortName(target === "" ? name : target) }];
      }),
    );
    const found = defaultBranches.flatMap((name) => refs.get(name) ?? [])[0];
    if (found !== undefined) return found;
    const clone = this.#clone();
    const command = fetchCommand("origin/main", clone);
    return {
      problem: "there is neither origin/HEAD nor a branch main or master to compare with",
      help: command === undefined ? "name BASE" : `name BASE, or fetch it: ${command}`,
    };
  }

  /** The commit at which two parted; where there are several such commits, the one that git prefers. */
  mergeBase(one: Commit, other: Commit): Commit | GitProblem {
    const run = this.#git(["merge-base", one.id, other.id]);
    const id = run.stdout.toString().trim();
    if (run.isOk && fullId.test(id)) return { id, reference: `${one.reference}...${other.reference}` };
    const command = deepenCommand(this.#clone());
    const complaint = complaintOf(run);
    return {
      problem: `git finds no commit at which ${one.reference} and ${other.reference} parted`,
      help:
        complaint !== ""
          ? `git says: ${complaint}`
          : command === undefined
            ? "they have no history in common; name the two versions"
            : `the clone is shallow; fetch the rest: ${command}`,
    };
  }

  /** The commits that a commit was made from, by its own words: a shallow clone hides them from all else. */
  parentsOf({ id }: Commit): readonly string[] {
    const [head = ""] = this.#git(["cat-file", "commit", id]).stdout.toString().split("\n\n", 1);
    return [...head.matchAll(/^parent (\w+)$/gm)].map(([, parent = ""]) => parent);
  }

  /**
   * The files of a matrix that were renamed between a commit and another, or the index, as git sees it.
   * @param paths what is asked for, whatever its ending
   */
  renames(before: Commit, after: Commit | undefined, paths: readonly string[]): readonly Rename[] {
    const words = ["-M", "-l400", "-z", "--name-status", "--diff-filter=R", "--no-ext-diff", "--no-textconv"];
    const run = this.#git([
      ...(after === undefined
        ? ["diff-index", "--cached", ...words, before.id]
        : ["diff-tree", "-r", ...words, before.id, after.id]),
      "--",
      ...["*.yaml", "*.yml", "*.json"].map((ending) => `:(top)${ending}`),
      ...paths.map((path) => `:(top,literal)${path}`),
    ]);
    return [...run.stdout.toString().matchAll(/R\d*\0([^\0]+)\0([^\0]+)\0/g)].map(([, earlier = "", later = ""]) => ({
      before: earlier,
      after: later,
    }));
  }

  /** The commits that changed what is watched, on the way of first parents from a commit on. @throws GitComplaint */
  firstParents(start: string, pathspecs: readonly string[]): readonly LoggedCommit[] {
    return listFirstParents(this.#git, start, pathspecs);
  }

  /** What each of the commits holds under a path. @throws GitComplaint */
  objectsAt(commits: readonly string[], path: string): readonly (HeldObject | undefined)[] {
    return objectsAt(this.#git, commits, path);
  }

  /** The bytes of the files that commits have under a path, by the commit. @throws GitComplaint */
  readFiles(commits: readonly string[], path: string): ReadonlyMap<string, Buffer> {
    return readFiles(this.#git, commits, path);
  }

  /** The command that fetches the history that a shallow clone lacks. */
  deepenCommand(): string | undefined {
    return deepenCommand(this.#clone());
  }

  #parse(reference: string): GitRun {
    return this.#git(["rev-parse", "--verify", "--end-of-options", `${reference}^{commit}`]);
  }

  #clone(): Clone {
    const listed = this.#git(["remote"]).stdout.toString().split("\n");
    const remotes = listed.filter((name) => /^\w[\w.-]*$/.test(name));
    const narrow = remotes.filter((name) => {
      const all = `+refs/heads/*:refs/remotes/${name}/*`;
      return !this.#git(["config", "--get-all", `remote.${name}.fetch`])
        .stdout.toString()
        .split("\n")
        .includes(all);
    });
    return { isShallow: this.isShallow, narrow, remotes };
  }

  #noCommit(reference: string, run: GitRun): GitProblem {
    const problem = `git knows no commit "${reference}" here`;
    const complaint = complaintOf(run);
    if (!run.isOk && complaint !== "Needed a single revision") return { problem, help: `git says: ${complaint}` };
    const clone = this.#clone();
    const base = baseOf(reference);
    const isDeeper = (base !== reference && this.hasCommit(base)) || /^[0-9a-f]{7,39}$/.test(reference);
    const branch = isDeeper ? undefined : remoteBranch(base, clone);
    if (branch !== undefined) return { problem, help: this.#branchHelp(branch, clone) };
    const command = isDeeper ? deepenCommand(clone) : fetchCommand(base, clone);
    if (command !== undefined && clone.isShallow)
      return { problem, help: `the clone is shallow; fetch ${isDeeper ? "the rest" : "it"}: ${command}` };
    return {
      problem,
      help: `check its name${command === undefined ? " with git rev-parse" : `, or fetch it: ${command}`}`,
    };
  }

  /** What to do about a branch that is not here. Nobody is to make one by the way: it may be a name with a mistake in it. */
  #branchHelp(branch: string, clone: Clone): string {
    if (this.hasCommit(`refs/remotes/${branch}`)) return `check its name, or write ${branch}`;
    const command = fetchCommand(branch, clone) ?? "git fetch";
    return `check its name; if it is a branch of the remote, write ${branch}, after: ${command}`;
  }

  #ambiguous(reference: string): GitProblem {
    const name = baseOf(reference);
    const full = [`refs/tags/${name}`, `refs/heads/${name}`, `refs/remotes/${name}`].filter(
      (each) => this.#git(["show-ref", "--verify", "--quiet", "--", each]).isOk,
    );
    return {
      problem: `"${reference}" means more than one thing to git`,
      help:
        full.length > 1
          ? `write ${enumerateWords(full, "or")}`
          : "write refs/heads/NAME, refs/tags/NAME or the whole id",
    };
  }
}
