import { posix } from "node:path";
import { complaintOf, type Git, GitComplaint } from "./run-git.ts";

/**
 * What some commits hold under a path, by the commit, in two runs of git for all of them. Only true files: a link or a
 * submodule is not among them, nor is what is not there.
 * @param path from the top, without a line break
 * @throws GitComplaint
 */
export function readFiles(git: Git, commits: readonly string[], path: string): ReadonlyMap<string, Buffer> {
  const folder = posix.dirname(path);
  const name = posix.basename(path);
  const trees = readObjects(
    git,
    commits.map((commit) => `${commit}:${folder === "." ? "" : folder}`),
  );
  const ids = new Map<string, string>();
  for (const [index, tree] of trees.entries()) {
    const commit = commits[index];
    const id =
      tree === undefined || tree.kind !== "tree" ? undefined : fileIn(tree.bytes, name, (commit ?? "").length / 2);
    if (commit !== undefined && id !== undefined) ids.set(commit, id);
  }
  const unique = [...new Set(ids.values())];
  const blobs = new Map(readObjects(git, unique).map((blob, index) => [unique[index], blob] as const));
  return new Map(
    [...ids].flatMap(([commit, id]) => {
      const blob = blobs.get(id);
      return blob?.kind === "blob" ? [[commit, blob.bytes] as const] : [];
    }),
  );
}

interface GitObject {
  readonly kind: string;
  readonly bytes: Buffer;
}

function readObjects(git: Git, names: readonly string[]): readonly (GitObject | undefined)[] {
  if (names.length === 0) return [];
  const run = git(["cat-file", "--batch"], names.map((name) => `${name}\n`).join(""));
  if (!run.isOk) throw new GitComplaint(complaintOf(run));
  const { stdout } = run;
  let at = 0;
  return names.map(() => {
    const end = stdout.indexOf("\n", at);
    const [, kind, size] = /^[0-9a-f]+ (\w+) (\d+)$/.exec(stdout.toString("utf8", at, end)) ?? [];
    const start = end + 1;
    at = size === undefined ? start : start + Number(size) + 1;
    return kind === undefined ? undefined : { kind, bytes: stdout.subarray(start, at - 1) };
  });
}

/**
 * The id of a file in a tree as git stores it: mode, space, name, a zero byte and the id, again and again.
 * @param length of an id, in bytes
 */
function fileIn(tree: Buffer, name: string, length: number): string | undefined {
  for (let at = 0; at < tree.length;) {
    const zero = tree.indexOf(0, at);
    const entry = tree.toString("utf8", at, zero);
    const id = tree.subarray(zero + 1, zero + 1 + length);
    if (entry.startsWith("100") && entry.slice(entry.indexOf(" ") + 1) === name) return id.toString("hex");
    at = zero + 1 + length;
  }
  return undefined;
}
