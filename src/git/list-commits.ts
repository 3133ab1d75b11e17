import { complaintOf, type Git, GitComplaint } from "./run-git.ts";

/** A commit with what it says of itself. */
export interface LoggedCommit {
  /** In full. */
  readonly id: string;
  /** As this clone knows them; a shallow one hides those of its oldest commits. */
  readonly parents: readonly string[];
  /** When it was committed, in milliseconds since 1970. */
  readonly at: number;
  readonly author: string;
  /** The first line of its message. */
  readonly subject: string;
}

/** What no configuration of a repository changes: no signature is checked by a program, no file is followed elsewhere. */
const always = [
  "-c",
  "log.showSignature=false",
  "-c",
  "log.follow=false",
  "-c",
  "log.mailmap=false",
  "log",
  "--first-parent",
  "--no-patch",
  "--no-color",
  "--no-notes",
  "--encoding=UTF-8",
  "-z",
  // A name has no line break, and a subject is one line.
  "--format=%H %ct %P%n%an%n%s",
];

/**
 * The commits that changed something, on the way of first parents, newest first: a merge counts where it changed what its
 * first parent had.
 * @param start the id of the commit to begin at
 * @param pathspecs what is watched, as git takes them
 * @throws GitComplaint
 */
export function listFirstParents(git: Git, start: string, pathspecs: readonly string[]): readonly LoggedCommit[] {
  const run = git([...always, "--end-of-options", start, "--", ...pathspecs]);
  if (!run.isOk) throw new GitComplaint(complaintOf(run));
  return run.stdout
    .toString()
    .split("\0")
    .flatMap((record): readonly LoggedCommit[] => {
      const [head = "", author = "", ...subject] = record.split("\n");
      const [id = "", seconds = "", ...parents] = head.split(" ");
      if (id === "") return [];
      const names = parents.filter((parent) => parent !== "");
      return [{ id, parents: names, at: Number(seconds) * 1000, author, subject: subject.join("\n") }];
    });
}

/** What a commit holds under a path. */
export interface HeldObject {
  readonly id: string;
  /** In bytes. */
  readonly size: number;
}

/**
 * What each of some commits holds under a path; undefined where it holds nothing.
 * @param path from the top, without a line break
 * @throws GitComplaint
 */
export function objectsAt(git: Git, commits: readonly string[], path: string): readonly (HeldObject | undefined)[] {
  const run = git(["cat-file", "--batch-check"], commits.map((id) => `${id}:${path}\n`).join(""));
  if (!run.isOk) throw new GitComplaint(complaintOf(run));
  return run.stdout
    .toString()
    .split("\n")
    .slice(0, commits.length)
    .map((line) => {
      const [, id, size] = /^([0-9a-f]+) (?:blob|tree|commit) (\d+)$/.exec(line) ?? [];
      return id === undefined ? undefined : { id, size: Number(size) };
    });
}
