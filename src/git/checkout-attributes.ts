import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, posix } from "node:path";
import type { CommitEntry } from "./commit-entry.ts";
import { complaintOf, type Git, GitComplaint } from "./run-git.ts";

/** A file that git checks out with other bytes than the commit holds, and the attribute that makes it so. */
export interface AlteredFile {
  readonly path: string;
  /** As .gitattributes has it: `ident`, `filter=lfs`. */
  readonly attribute: string;
}

/** By attribute, whether a value of it changes bytes. CRLF is left aside: YAML and JSON read it as they read LF. */
const altering: Readonly<Record<string, (value: string) => boolean>> = {
  // UTF-8 is what a commit holds anyway.
  "working-tree-encoding": (value) => !/^(unspecified|unset|utf-?8)$/i.test(value),
  // Without a name, no filter runs. One that is not configured here may be where it is deployed from.
  filter: (value) => !/^(unspecified|unset|set)$/.test(value),
  ident: (value) => value === "set",
};

/** The paths at which git looks for attributes of a file. */
export function attributePaths(path: string): readonly string[] {
  const folders = path.split("/").slice(0, -1);
  return [".gitattributes", ...folders.map((_, index) => `${folders.slice(0, index + 1).join("/")}/.gitattributes`)];
}

/** Whether a .gitattributes can change bytes at all: it has to name the attribute, be it in a macro. */
export function mayAlter(bytes: Buffer): boolean {
  const text = bytes.toString("latin1");
  return Object.keys(altering).some((name) => text.includes(name));
}

/**
 * The first of the files that git would check out with other bytes. It is asked with an index of its own that holds
 * nothing but the attributes of the commit: `check-attr --source` is not in git before 2.40, and what lies in the working
 * tree or the index has no say in a commit.
 * @param prefix of the folder that git runs in
 * @throws GitComplaint
 */
export function findAltered(
  git: Git,
  prefix: string,
  attributes: ReadonlyMap<string, CommitEntry>,
  paths: readonly string[],
): AlteredFile | undefined {
  const folder = mkdtempSync(join(tmpdir(), "matrix-attributes-"));
  const ask = (words: readonly string[], lines: readonly string[]): string => {
    const run = git([...ownIndex, ...words], lines.map((line) => `${line}\0`).join(""), {
      GIT_INDEX_FILE: join(folder, "index"),
      GIT_ATTR_NOSYSTEM: "1",
    });
    if (!run.isOk) throw new GitComplaint(complaintOf(run));
    return run.stdout.toString();
  };
  try {
    // A link counts as its text: a checkout reads attributes from the index, where git does not ask what they are.
    ask(
      ["update-index", "-z", "--index-info"],
      [...attributes].map(([path, { id }]) => `100644 ${id}\t${path}`),
    );
    const answer = ask(
      ["check-attr", "-z", "--cached", "--stdin", ...Object.keys(altering)],
      paths.map((path) => posix.relative(`/${prefix}`, `/${path}`)),
    ).split("\0");
    return paths.flatMap((path, index) => {
      const count = Object.keys(altering).length;
      const own = answer.slice(index * count * 3, (index + 1) * count * 3);
      return Object.entries(altering).flatMap(([name, isAltering], each) => {
        const value = own[each * 3 + 2];
        if (value === undefined) throw new GitComplaint("check-attr said less than it was asked");
        return isAltering(value) ? [{ path, attribute: value === "set" ? name : `${name}=${value}` }] : [];
      });
    })[0];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** No hook runs, and nothing is written beside the index. */
const ownIndex = [
  "-c",
  "core.hooksPath=/dev/null",
  "-c",
  "core.splitIndex=false",
  "-c",
  "core.attributesFile=/dev/null",
];
