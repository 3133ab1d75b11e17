import { shellCommand } from "../shell/quote-shell.ts";

/** What is known of a clone without asking its remote. */
export interface Clone {
  readonly isShallow: boolean;
  readonly remotes: readonly string[];
}

const commitId = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** A name that can be a branch or tag, and is one word to everybody. */
const plainName = /^(?!.*(?:\.\.|\/\/|\/\.|\.lock$|[/.]$))[^\s~^:?*[\\@{}.-][^\s~^:?*[\\@{}]*$/;

const versionName = /^v?\d+(\.\d+)*$/;

/**
 * The command that fetches what a reference names, ready to be run; undefined where nothing can be told. It fetches that
 * commit alone where the clone is shallow.
 * @param reference without `~2` and the like
 */
export function fetchCommand(reference: string, clone: Clone): string | undefined {
  const remote = remoteOf(clone);
  if (remote === undefined) return undefined;
  const what = refspec(reference, clone.remotes, remote);
  if (what === undefined) return undefined;
  return shellCommand(["git", "fetch", ...(clone.isShallow ? ["--depth=1"] : []), ...what]);
}

/** The command that fetches the history that a shallow clone lacks; undefined where it lacks none, or from nowhere. */
export function deepenCommand(clone: Clone): string | undefined {
  const remote = remoteOf(clone);
  return clone.isShallow && remote !== undefined ? shellCommand(["git", "fetch", "--unshallow", remote]) : undefined;
}

function remoteOf({ remotes }: Clone): string | undefined {
  return remotes.includes("origin") ? "origin" : remotes[0];
}

/** The remote and what to fetch from it. */
function refspec(reference: string, remotes: readonly string[], remote: string): readonly string[] | undefined {
  if (commitId.test(reference)) return [remote, reference];
  if (!plainName.test(reference) || /^(HEAD|[A-Z_]+_HEAD)$/.test(reference)) return undefined;
  if (/^refs\/(heads|tags)\/./.test(reference)) return [remote, `+${reference}:${reference}`];
  const name = reference.replace(/^(refs\/)?remotes\//, "");
  const from = remotes.find((each) => name.startsWith(`${each}/`));
  if (from !== undefined) {
    const branch = name.slice(from.length + 1);
    return [from, `+refs/heads/${branch}:refs/remotes/${from}/${branch}`];
  }
  if (name !== reference || reference.startsWith("refs/")) return undefined;
  const kind = versionName.test(reference) ? "tags" : "heads";
  return [remote, `+refs/${kind}/${reference}:refs/${kind}/${reference}`];
}
