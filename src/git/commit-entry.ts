import type { FileContent } from "../files/file-tree.ts";
import { shellCommand } from "../shell/quote-shell.ts";

/** What a commit holds under a path, from the top of the repository. */
export interface CommitEntry {
  readonly mode: string;
  readonly id: string;
}

/** How a tree is called, and how its files are. */
export interface Naming {
  /** The commit as somebody named it. */
  readonly reference: string;
  /** The path of a file from the top of the repository, by its name here. */
  readonly pathOf: (name: string) => string;
  readonly nameOf: (path: string) => string;
  /** The path of the folder that git runs in: empty, or ends in a slash. */
  readonly prefix: string;
}

export const FOLDER = "040000";
export const LINK = "120000";
export const SUBMODULE = "160000";

/** Why an entry is no file to read; undefined where it is one. */
export function refusalOf(name: string, { mode }: CommitEntry, at: string): FileContent | undefined {
  if (mode === FOLDER) return { problem: `${name} is a folder, not a file, at ${at}` };
  if (mode === LINK) return { problem: `${name} is a link at ${at}`, help: "put the file itself there" };
  if (mode === SUBMODULE)
    return {
      problem: `${name} is a submodule at ${at}`,
      help: "its files are those of another repository; include none of them",
    };
  return undefined;
}

/** What to do where git complains. Nothing is fetched on the quiet, so a partial clone may lack the file. */
export function helpFor(complaint: string, object: string): string {
  return /promisor|not allowed/.test(complaint)
    ? `the clone is partial; fetch the file: ${shellCommand(["git", "show", object])} > /dev/null`
    : `git says: ${complaint}`;
}
