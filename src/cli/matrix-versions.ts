import { dirname, posix } from "node:path";
import type { FileTree } from "../files/file-tree.ts";
import type { CommitTree } from "../git/commit-tree.ts";
import { type Commit, type GitProblem, Repository } from "../git/repository.ts";
import { type DiffOperand, spellOperand } from "./diff-operand.ts";
import type { Io } from "./io.ts";
import { defaultNames, findMatrix } from "./matrix-source.ts";
import { comparedWithItself, nothingBeside, nothingNamed } from "./no-default-matrix.ts";
import { UsageError } from "./usage-error.ts";

type DiskOperand = Exclude<DiffOperand, { readonly kind: "ref" }>;

/** Where one version of a matrix is. */
export interface MatrixVersion {
  readonly tree: FileTree;
  /** The root file, as its tree and findings name it. */
  readonly name: string;
  /** As it was asked for or found: `main:infra/matrix.yaml`, `matrix.yaml`, `<stdin>`. */
  readonly title: string;
  /** In full, where it is from git. */
  readonly commit: string | null;
  readonly isPresent: boolean;
}

export interface MatrixVersions {
  readonly before: MatrixVersion;
  readonly after: MatrixVersion;
  /** What was found that nobody named, a sentence each. */
  readonly notes: readonly string[];
  /** Which commit the earlier version is, where nobody named it: reports name it too, so that only -v says it apart. */
  readonly parting?: string;
}

/** What is to be compared. */
export interface WantedVersions {
  /** Without it, the commit at which HEAD and the default branch parted. */
  readonly before: DiffOperand | undefined;
  /** Without it, the matrix in the working tree. */
  readonly after: DiffOperand | undefined;
  /** Whether the earlier version is the commit at which the two parted. */
  readonly isMergeBase: boolean;
}

/**
 * Finds the two versions of a matrix that a command line means. The file is the same on both sides, or the one that git
 * sees it renamed to, unless paths say otherwise. One that is not there counts as a matrix that declares nothing.
 * @throws UsageError where there is nothing to compare, or more than one way to read the command line
 */
export function findVersions(io: Io, given: WantedVersions): MatrixVersions {
  const wanted = { ...given, after: given.after ?? stdinOf(io, given) };
  const { before, after, isMergeBase } = wanted;
  if (before?.kind === "stdin" && after?.kind === "stdin")
    throw new UsageError("standard input can be only one version", "name the other one");
  for (const operand of [before, after])
    if (operand?.kind === "file" && operand.isBare) refuseReference(io, operand.name, "file");
  if (before !== undefined && before.kind !== "ref" && isMergeBase)
    throw new UsageError(
      `--merge-base needs a git reference, and ${spellOperand(before)} is none`,
      "name a branch, or leave it out",
    );
  return before === undefined || before.kind === "ref" || after?.kind === "ref"
    ? findInGit(io, wanted)
    : { before: namedOnDisk(io, before), after: besideFile(io, before, after), notes: [] };
}

/** MATRIX_FILE can say that the matrix of the working tree comes from standard input. */
function stdinOf({ env }: Io, { before }: WantedVersions): DiffOperand | undefined {
  const isPath = before?.kind === "ref" && before.path !== undefined;
  return env["MATRIX_FILE"] === "-" && !isPath ? { kind: "stdin" } : undefined;
}

/**
 * Refuses a word that means something on the disk and to git: nobody is to guess, and be wrong.
 * @throws UsageError where git knows it
 */
export function refuseReference(io: Io, word: string, what: "file" | "folder"): void {
  const repository = Repository.open(io.cwd, ".");
  if (repository instanceof Repository && repository.hasCommit(word))
    throw new UsageError(
      `"${word}" is a ${what}, and a git reference as well`,
      `write ./${word} for the ${what}, refs/heads/${word} or the like for the reference`,
    );
}

/** Beside another file, one that is not there is a mistake: no history says that there ever was one. */
function namedOnDisk(io: Io, operand: DiskOperand): MatrixVersion {
  return existing(onDisk(io, spellOperand(operand)));
}

function existing(version: MatrixVersion): MatrixVersion {
  if (!version.isPresent) throw new UsageError(`${version.title} does not exist`);
  return version;
}

/** What one file is compared with: another one, or the matrix that is found without a name. */
function besideFile(io: Io, before: DiskOperand, after: DiskOperand | undefined): MatrixVersion {
  if (after !== undefined) return namedOnDisk(io, after);
  const isFound = defaultNames.some((name) => io.disk.isFile(name)) || (io.env["MATRIX_FILE"] ?? "") !== "";
  if (!isFound) throw nothingBeside(io, before);
  const found = existing(onDisk(io, undefined));
  if (before.kind === "file" && posix.normalize(before.name) === posix.normalize(found.name))
    throw comparedWithItself(io, found.name);
  return found;
}

function onDisk(io: Io, word: string | undefined): MatrixVersion {
  const { name, tree } = findMatrix(io, word);
  return { tree, name, title: name, commit: null, isPresent: tree !== io.disk || io.disk.exists(name) };
}

/** One of the two sides, once it is known which commit it is of. */
interface Side {
  /** Undefined: on the disk, or from standard input. */
  readonly commit: Commit | undefined;
  readonly tree: CommitTree | undefined;
  readonly operand: DiffOperand | undefined;
  /** The path that the operand says. */
  readonly path: string | undefined;
}

function findInGit(io: Io, wanted: WantedVersions): MatrixVersions {
  const file = fileBeside(io, wanted);
  const repository = openAround(io, wanted, file);
  const { from, to, parting } = findCommits(io, repository, wanted);
  const side = (operand: DiffOperand | undefined, commit: Commit | undefined): Side => ({
    commit,
    tree: commit === undefined ? undefined : repository.tree(commit),
    operand,
    path: operand?.kind === "ref" && operand.path !== undefined ? insideOf(repository, operand.path) : undefined,
  });
  const [before, after] = [side(wanted.before, from), side(wanted.after, to)];
  const shared =
    after.path ??
    before.path ??
    (file === undefined ? defaultPath(io, repository, [after, before]) : repository.pathOf(file));
  const place = (of: Side, path = of.path ?? shared): MatrixVersion => {
    const { commit, tree, operand } = of;
    if (commit === undefined || tree === undefined) {
      const word = operand === undefined || operand.kind === "ref" ? undefined : spellOperand(operand);
      return onDisk(
        io,
        word ?? (path === shared && file !== undefined && before.path === undefined ? file : repository.nameOf(path)),
      );
    }
    const title = `${commit.reference}:${path}`;
    return { tree, name: repository.nameOf(path), title, commit: commit.id, isPresent: tree.has(path) };
  };
  const found = followRename(repository, { before, after, shared }, place);
  const { before: earlier, after: later } = found;
  if (!earlier.isPresent && !later.isPresent)
    throw new UsageError(`neither ${earlier.title} nor ${later.title} exists`, "name the file: REF:PATH, or ./FILE");
  return parting === undefined ? found : { ...found, parting };
}

/** The file whose path holds for the other side as well. */
function fileBeside({ env }: Io, { before, after }: WantedVersions): string | undefined {
  const named = [after, before].find((operand) => operand?.kind === "file");
  if (named?.kind === "file") return named.name;
  const set = env["MATRIX_FILE"];
  return set === undefined || set === "" || set === "-" ? undefined : set;
}

/** The repository of the current folder where a path is of it, else that of the file, which may be another. */
function openAround(io: Io, { before, after }: WantedVersions, file: string | undefined): Repository {
  const isHere = [before, after].some((operand) => operand?.kind === "ref" && operand.path !== undefined);
  let folder = isHere || file === undefined ? "." : dirname(file);
  while (!io.disk.isFolder(folder) && dirname(folder) !== folder) folder = dirname(folder);
  return orRefuse(Repository.open(io.cwd, folder), fileHelp(io, before) || fileHelp(io, after));
}

/** What to do where git does not know a word, and the disk does. */
function fileHelp({ disk }: Io, operand: DiffOperand | undefined): string {
  const isFile = operand?.kind === "ref" && operand.path === undefined && disk.exists(operand.reference);
  return isFile ? `for the file, write ./${operand.reference}; else ` : "";
}

function findCommits(
  io: Io,
  repository: Repository,
  { before, after, isMergeBase }: WantedVersions,
): { readonly from: Commit | undefined; readonly to: Commit | undefined; readonly parting?: string } {
  const find = (operand: DiffOperand | undefined): Commit | undefined => {
    return operand?.kind === "ref"
      ? orRefuse(repository.findCommit(operand.reference), fileHelp(io, operand))
      : undefined;
  };
  const to = find(after);
  const from = before === undefined ? orRefuse(repository.defaultBranch()) : find(before);
  if (from === undefined || (before !== undefined && !isMergeBase)) return { from, to };
  const head = to ?? orRefuse(repository.findCommit("HEAD"));
  const base = orRefuse(repository.mergeBase(from, head));
  const parting = `${base.id.slice(0, 12)} is the commit at which ${head.reference} and ${from.reference} parted`;
  return { from: base, to, parting };
}

/** A path behind a colon, from the top of the repository. */
function insideOf(repository: Repository, written: string): string {
  const path = /^\.{1,2}\//.test(written) ? repository.pathOf(written) : posix.normalize(written);
  if (path.startsWith("../")) throw new UsageError(`${written} is outside of the repository`);
  return path;
}

/** The first of the names that a matrix has by itself, on the later side if it is there. */
function defaultPath(io: Io, repository: Repository, sides: readonly Side[]): string {
  for (const { tree, operand } of sides) {
    const found = defaultNames.find((name) =>
      tree === undefined ? operand === undefined && io.disk.isFile(name) : tree.has(repository.pathOf(name)),
    );
    if (found !== undefined) return repository.pathOf(found);
  }
  const where = sides.map(({ commit }) => commit?.reference ?? "here").reverse();
  throw nothingNamed(where, { before: sides[1]?.operand, after: sides[0]?.operand });
}

interface Sides {
  readonly before: Side;
  readonly after: Side;
  readonly shared: string;
}

/** Where only one side has the file, and nobody said what it is called on the other, asks git. */
function followRename(
  repository: Repository,
  { before, after, shared }: Sides,
  place: (side: Side, path?: string) => MatrixVersion,
): MatrixVersions {
  const plain = { before: place(before), after: place(after), notes: [] };
  const isLater = plain.before.isPresent;
  const lost = isLater ? after : before;
  const isNamed = lost.path !== undefined || lost.operand?.kind === "file" || lost.operand?.kind === "stdin";
  if (plain.after.isPresent === isLater || isNamed || before.commit === undefined || after.operand?.kind === "stdin")
    return plain;
  const path = (isLater ? before.path : after.path) ?? shared;
  const [here, there] = isLater ? (["before", "after"] as const) : (["after", "before"] as const);
  const head = after.commit ?? (repository.isBare ? repository.findCommit("HEAD") : undefined);
  if (head !== undefined && "problem" in head) return plain;
  const rename = repository.renames(before.commit, head, [path]).find((each) => each[here] === path);
  if (rename === undefined) return plain;
  const moved = place(lost, rename[there]);
  if (!moved.isPresent) return plain;
  return { ...plain, [there]: moved, notes: [`${rename.before} was renamed to ${rename.after}`] };
}

function orRefuse<T extends object>(found: T | GitProblem, more = ""): T {
  if ("problem" in found) throw new UsageError(found.problem, more + found.help);
  return found;
}
