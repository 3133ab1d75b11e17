import { shellCommand } from "../shell/quote-shell.ts";

/** What is known of a clone without asking its remote. */
export interface Clone {
  readonly isShallow: boolean;
  /** Remotes whose branches a plain fetch brings only some of, as after --single-branch. */
  readonly narrow: readonly string[];
  readonly remotes: readonly string[];
}

const commitId = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** A name that can be a branch or tag, and is one word to everybody. */
const plainName = /^(?!.*(?:\.\.|\/\/|\/\.|\.lock$|[/.]$))[^\s~^:?*[\\@{}.-][^\s~^:?*[\\@{}]*$/;

const versionName = /^v?\d+(\.\d+)*$/;

/**
 * The command that fetches what a reference names, ready to be run; undefined where nothing can be told. It fetches that
 * commit alone where the clone is shallow. It never writes a branch of this clone: the name may be mistaken.
 * @param reference without `~2` and the like
 */
export function fetchCommand(reference: string, clone: Clone): string | undefined {
  const remote = remoteOf(clone);
  if (remote === undefined) return undefined;
  const what = refspec(reference, clone, remote);
  if (what === undefined) return undefined;
  return shellCommand(["git", "fetch", ...(clone.isShallow && what.length > 1 ? ["--depth=1"] : []), ...what]);
}

/** What a branch that somebody named is called where only a remote has it; undefined where the name is of another kind. */
export function remoteBranch(reference: string, clone: Clone): string | undefined {
  const remote = remoteOf(clone);
  const name = reference.replace(/^refs\/heads\//, "");
  const isBranch = isPlain(name) && !commitId.test(name) && !versionName.test(name) && !name.startsWith("refs/");
  const isRemote = clone.remotes.some((each) => name.startsWith(`${each}/`)) || name.startsWith("remotes/");
  return remote !== undefined && isBranch && !isRemote ? `${remote}/${name}` : undefined;
}

/** The command that fetches the history that a shallow clone lacks; undefined where it lacks none, or from nowhere. */
export function deepenCommand(clone: Clone): string | undefined {
  const remote = remoteOf(clone);
  return clone.isShallow && remote !== undefined ? shellCommand(["git", "fetch", "--unshallow", remote]) : undefined;
}

function remoteOf({ remotes }: Clone): string | undefined {
  return remotes.includes("origin") ? "origin" : remotes[0];
}

function isPlain(reference: string): boolean {
  return plainName.test(reference) && !/^(HEAD|[A-Z_]+_HEAD)$/.test(reference);
}

/** The remote and what to fetch from it; the remote alone: its branches. */
function refspec(reference: string, clone: Clone, remote: string): readonly string[] | undefined {
  if (commitId.test(reference)) return [remote, reference];
  if (!isPlain(reference)) return undefined;
  if (/^refs\/tags\/./.test(reference)) return [remote, `${reference}:${reference}`];
  if (versionName.test(reference)) return [remote, `refs/tags/${reference}:refs/tags/${reference}`];
  const name = reference.replace(/^(refs\/)?remotes\//, "");
  const from = clone.remotes.find((each) => name.startsWith(`${each}/`));
  if (from !== undefined) {
    const branch = name.slice(from.length + 1);
    const isPartial = clone.isShallow || clone.narrow.includes(from);
    return isPartial ? [from, `+refs/heads/${branch}:refs/remotes/${from}/${branch}`] : [from];
  }
  if (name !== reference || (reference.startsWith("refs/") && !reference.startsWith("refs/heads/"))) return undefined;
  return [remote];
}
