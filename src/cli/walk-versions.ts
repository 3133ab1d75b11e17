import { posix } from "node:path";
import { decodeText } from "../matrix/text/decode-text.ts";
import type { CommitTree } from "../git/commit-tree.ts";
import type { LoggedCommit } from "../git/list-commits.ts";
import type { Commit, Repository } from "../git/repository.ts";
import type { FileContent, FileTree } from "../files/file-tree.ts";
import type { MatrixAt, MatrixText } from "../history/matrix-history.ts";
import { type LoadedMatrix, loadMatrix } from "../matrix/load/load-matrix.ts";
import { isPattern } from "../matrix/load/match-path.ts";
import { buildMatrix } from "../matrix/model/build-matrix.ts";
import { parseYaml } from "../matrix/text/parse-yaml.ts";
import { sourceText } from "../matrix/text/source-text.ts";
import type { Instant } from "../time/instant.ts";
import { VersionFiles } from "./version-files.ts";

/** A stretch of the history in which the root file has one name and includes the same. */
interface Stretch {
  /** The id of the commit that it begins at, going back. */
  readonly start: string;
  /** Of the root file, from the top of the repository. */
  readonly path: string;
  /** What is watched, as git takes it. */
  readonly watch: readonly string[];
}

/**
 * The versions of a matrix, newest first. Git lists the commits that touch the files that the matrix has at that time:
 * it is asked again from where the list of includes changes, or the name of the root file.
 * @returns at the end, why there may be more; null where that is all
 * @throws GitComplaint
 */
export function* walkVersions(repository: Repository, head: Commit, path: string): Generator<MatrixAt, string | null> {
  const shared = new Map<string, MatrixText>();
  let stretch: Stretch | undefined = { start: head.id, path, watch: watchOf(repository, head.id, path) };
  while (stretch !== undefined) {
    const { start, path: here, watch }: Stretch = stretch;
    stretch = undefined;
    const commits = repository.firstParents(start, watch);
    const names = commits.map(({ id }) => id);
    const objects = repository.objectsAt(names, here);
    const ids = objects.map((each) => each?.id);
    const files = new VersionFiles(
      repository,
      here,
      names,
      objects.map((each) => each?.size),
    );
    for (const [index, commit] of commits.entries()) {
      yield versionOf(repository, commit, here, { id: ids[index], watch, shared, bytes: () => files.at(index) });
      const [parent] = commit.parents;
      if (parent === undefined) return cutOffAt(repository, commit);
      const [now, before] = [ids[index], ids[index + 1]];
      if (now === before) continue;
      const next = stretchBefore(repository, {
        commit,
        parent,
        path: here,
        watch,
        isThere: before !== undefined,
        // No commit between the two touched it: the one before has what the parent has.
        bytes: () => files.at(index + 1),
      });
      if (next === undefined) continue;
      stretch = next;
      break;
    }
    if (stretch === undefined && repository.isShallow) return yield* hiddenBelow(repository, start, here);
  }
  return null;
}

/** The oldest commit of a shallow clone, where the matrix came later: that it was not there is known, and no more. */
function* hiddenBelow(repository: Repository, start: string, path: string): Generator<MatrixAt, string | null> {
  const oldest = repository.firstParents(start, []).at(-1);
  if (oldest === undefined) return null;
  yield versionOf(repository, oldest, path, { id: undefined, watch: [], shared: new Map(), bytes: () => undefined });
  return cutOffAt(repository, oldest);
}

/** Where the files to watch are others before a commit: the stretch that begins at its parent. */
function stretchBefore(
  repository: Repository,
  at: {
    readonly commit: LoggedCommit;
    readonly parent: string;
    readonly path: string;
    readonly watch: readonly string[];
    /** Whether the root file has its name before as well. */
    readonly isThere: boolean;
    /** What the root file is before, where it is there and was read ahead. */
    readonly bytes: () => Buffer | undefined;
  },
): Stretch | undefined {
  const { commit, parent, watch } = at;
  const [before, after] = [parent, commit.id].map((id) => ({ id, reference: id }));
  if (before === undefined || after === undefined) return undefined;
  const renamed = at.isThere
    ? undefined
    : repository.renames(before, after, [at.path]).find((each) => each.after === at.path)?.before;
  if (!at.isThere && renamed === undefined) return undefined;
  const path = renamed ?? at.path;
  const earlier = watchOf(repository, parent, path, at.isThere ? at.bytes() : undefined);
  return renamed === undefined && earlier.join("\0") === watch.join("\0")
    ? undefined
    : { start: parent, path, watch: earlier };
}

/** What changes the matrix that a commit has, as pathspecs: its root file, all that its includes can name, and keys. */
function watchOf(repository: Repository, id: string, path: string, bytes?: Buffer): readonly string[] {
  const own = `:(top,literal)${path}`;
  const content: FileContent =
    bytes === undefined ? repository.tree({ id, reference: id }).read(repository.nameOf(path)) : { bytes };
  const text = content.problem === undefined ? decodeText(content.bytes) : undefined;
  // Most matrices are one file: it is not worth reading to learn that. A key can be spelled with escapes.
  if (text === undefined || !("text" in text) || !/include|jwks|\\[xuU]/.test(text.text)) return [own];
  const data = parseYaml(sourceText(path, text.text)).file?.data;
  const include: unknown = typeof data === "object" && data !== null && "include" in data ? data.include : undefined;
  // Included files may name keys too, and are not read here: how such a file is called is enough.
  const keys = specOf(posix.join(posix.dirname(path), "*jwks.json"));
  if (!Array.isArray(include)) return /jwks|\\[xuU]/.test(text.text) ? [own, keys] : [own];
  const patterns = include
    .filter((item): item is string => typeof item === "string")
    .map((item) => posix.join(posix.dirname(path), item))
    .filter((item) => !item.startsWith("../") && !item.includes("\0"));
  const specs = patterns.map((item) => (isPattern(item) ? specOf(item) : `:(top,literal)${item}`));
  // A submodule where included files were is no file, and comes with this one.
  return [own, ...specs, keys, ...(patterns.some(isPattern) ? [":(top,literal).gitmodules"] : [])];
}

/** All that a pattern can name, and maybe more. Git's own star goes over slashes. */
function specOf(pattern: string): string {
  const start = pattern.slice(0, pattern.search(/[*?]/));
  const ending = /[^*?/]*$/.exec(pattern)?.[0] ?? "";
  const literal = (text: string): string => text.replace(/[[\]\\]/g, "\\$&");
  return `:(top)${literal(start)}*${literal(ending)}`;
}

function versionOf(
  repository: Repository,
  { id, at, author, subject }: LoggedCommit,
  path: string,
  root: {
    readonly id: string | undefined;
    readonly watch: readonly string[];
    readonly shared: Map<string, MatrixText>;
    readonly bytes: () => Buffer | undefined;
  },
): MatrixAt {
  const name = repository.nameOf(path);
  const read = (): MatrixText => {
    const bytes = root.id === undefined ? undefined : root.bytes();
    // Without includes, the one file is the whole version. A link can have the bytes of a file, and is none.
    const key = root.watch.length > 1 ? id : `${root.id}:${path}:${bytes === undefined}`;
    const known = root.shared.get(key);
    if (known !== undefined) return known;
    const reference = id.slice(0, 12);
    const text: MatrixText =
      root.id === undefined
        ? { kind: "absent" }
        : readText(withRoot(repository.tree({ id, reference }), name, bytes), name);
    root.shared.set(key, text);
    return text;
  };
  return { commit: { id, at: at as Instant, author, subject }, name, read };
}

/** A tree of which the root file is known. */
function withRoot(tree: CommitTree, name: string, bytes: Buffer | undefined): FileTree {
  if (bytes === undefined) return tree;
  return {
    // A link is no file, and was not read ahead: the tree refuses it.
    read: (each) => (each === name ? { bytes } : tree.read(each)),
    list: (folder) => tree.list(folder),
    closedFolders: (folder) => tree.closedFolders(folder),
  };
}

function readText(tree: FileTree, name: string): MatrixText {
  const loaded = loadMatrix(tree, name);
  if ("problem" in loaded) return { kind: "unusable", problem: loaded.problem };
  const { matrix, problems } = loaded;
  if (matrix === undefined) return { kind: "unusable", problem: problems[0]?.draft.message ?? "it cannot be read" };
  return { kind: "usable", judge: judgeOnce(matrix) };
}

function judgeOnce(loaded: LoadedMatrix): (asOf: Instant) => ReturnType<typeof buildMatrix> {
  let last: ReturnType<typeof buildMatrix> | undefined;
  return (asOf) => {
    if (last?.asOf !== asOf) last = buildMatrix(loaded, asOf);
    return last;
  };
}

/** A shallow clone says that its oldest commit has no parents; the commit itself says otherwise. */
function cutOffAt(repository: Repository, { id }: LoggedCommit): string | null {
  if (repository.parentsOf({ id, reference: id }).length === 0) return null;
  const command = repository.deepenCommand();
  const more = command === undefined ? "" : `; fetch the rest: ${command}`;
  return `the clone is shallow and ends at ${id.slice(0, 12)}${more}`;
}
