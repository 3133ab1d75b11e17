import { existsSync, realpathSync } from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";

interface Names {
  /** What names of files are relative to. */
  readonly cwd: string;
  /** The file that the others belong to; undefined: none that has a place. */
  readonly root: string | undefined;
  /** Whether the files are those on the disk, not those of a commit. */
  readonly isOnDisk: boolean;
}

/**
 * How a repository names files, which is how GitHub looks them up: that of the current folder where the root file is in
 * it, so that a submodule's files stay apart, else that of the root file. It is found by its `.git`, without git: git
 * refuses to answer where somebody else owns the checkout, as in containers, and there may be no git at all.
 * @returns gives a name as it is where there is no repository, or the file is outside of it
 */
export function namesFromTop({ cwd, root, isOnDisk }: Names): (name: string) => string {
  const top = topOf(resolve(cwd), root === undefined ? undefined : resolve(cwd, root));
  if (top === undefined) return (name) => name;
  const [realTop, realCwd] = [real(top), real(cwd)];
  const known = new Map<string, string>();
  return (name) => {
    const path = resolve(cwd, name);
    // Git has no file behind a link, only the link: the file itself is named where it is in the repository as well.
    const named =
      known.get(name) ??
      (isOnDisk ? below(realTop, real(path)) : undefined) ??
      below(top, path) ??
      below(realTop, resolve(realCwd, name)) ??
      name;
    known.set(name, named);
    return named;
  };
}

function topOf(cwd: string, root: string | undefined): string | undefined {
  const here = topAround(cwd) ?? topAround(real(cwd));
  if (root === undefined) return here;
  const isHere = here !== undefined && (below(here, root) ?? below(real(here), real(root))) !== undefined;
  const folder = dirname(root);
  return isHere ? here : (topAround(folder) ?? topAround(real(folder)));
}

/** The folder with the `.git` that a folder is under; in worktrees and submodules that is a file. */
function topAround(folder: string): string | undefined {
  for (let each = folder; ; each = dirname(each)) {
    if (existsSync(join(each, ".git"))) return each;
    if (dirname(each) === each) return undefined;
  }
}

/** Undefined where the path leads out of the folder. */
function below(folder: string, path: string): string | undefined {
  const name = relative(folder, path);
  return name === "" || name === ".." || name.startsWith(`..${sep}`) || isAbsolute(name)
    ? undefined
    : name.split(sep).join("/");
}

/** A path without links, as far as there is something. */
function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return dirname(path) === path ? path : join(real(dirname(path)), basename(path));
  }
}
