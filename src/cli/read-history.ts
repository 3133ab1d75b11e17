import { dirname } from "node:path";
import type { Commit, GitProblem } from "../git/repository.ts";
import { Repository } from "../git/repository.ts";
import { GitComplaint } from "../git/run-git.ts";
import type { MatrixAt, MatrixHistory } from "../history/matrix-history.ts";
import { enumerateWords } from "../words/enumerate-words.ts";
import { walkVersions } from "./walk-versions.ts";
import type { Io } from "./io.ts";
import { defaultNames } from "./matrix-source.ts";

/**
 * The versions of the matrix that a command line means, on the way of first parents from HEAD. The working tree is none
 * of them.
 * @param argument as `readMatrix` takes it
 * @param limit versions to look at, at most
 * @returns why there is no history: standard input, no git, no commit
 */
export function readHistory(
  io: Io,
  argument: string | undefined,
  { limit }: { readonly limit?: number } = {},
): MatrixHistory | GitProblem {
  const name = nameOf(io, argument);
  if (typeof name !== "string") return name;
  let folder = dirname(name);
  while (!io.disk.isFolder(folder) && dirname(folder) !== folder) folder = dirname(folder);
  const repository = Repository.open(io.cwd, folder);
  if (!(repository instanceof Repository)) return repository;
  const head = repository.findCommit("HEAD");
  if ("problem" in head) return { problem: "there is no commit yet", help: "commit the matrix" };
  const path = repository.pathOf(name);
  if (path.startsWith("../")) return { problem: `${name} is outside of the repository`, help: "name a file inside it" };
  if (path.includes("\n")) return { problem: "the name of the matrix has a line break", help: "rename it" };
  const link = linkAt(repository, head, path);
  if (link !== undefined)
    return {
      problem: `${name} is a link to ${link}, and the history of a link is not that of its file`,
      help: "name the file itself",
    };
  return keep(walkVersions(repository, head, path), limit);
}

function linkAt(repository: Repository, head: Commit, path: string): string | undefined {
  try {
    return repository.tree(head).linkAt(path);
  } catch (error) {
    // What cannot be read now, the walk says.
    if (!(error instanceof GitComplaint)) throw error;
    return undefined;
  }
}

function nameOf({ env, disk }: Io, argument: string | undefined): string | GitProblem {
  const given = argument ?? env["MATRIX_FILE"];
  if (given === "-") return { problem: "standard input has no history", help: "name the file of the matrix" };
  if (given !== undefined && given !== "") return given;
  return (
    defaultNames.find((name) => disk.isFile(name)) ?? {
      problem: `there is no ${enumerateWords(defaultNames, "or")} here`,
      help: "name the file of the matrix",
    }
  );
}

/** Walks once, however often the versions are asked for. */
function keep(walk: Generator<MatrixAt, string | null>, limit = Number.POSITIVE_INFINITY): MatrixHistory {
  const known: MatrixAt[] = [];
  let end: string | null | undefined;
  /** The version of that number, from the newest; undefined where there is none. */
  const at = (index: number): MatrixAt | undefined => {
    while (known.length <= index && end === undefined) {
      const next = step(walk);
      if (next.done === true) end = next.value;
      else if (known.length >= limit) end = `only the newest ${limit} versions are looked at`;
      else known.push(next.value);
    }
    return known[index];
  };
  return {
    versions: function* () {
      for (let index = 0; ; index += 1) {
        const version = at(index);
        if (version === undefined) return;
        yield version;
      }
    },
    cutOff: () => {
      at(Number.MAX_SAFE_INTEGER);
      return end ?? null;
    },
  };
}

/** A clone that lacks a part of its history is no reason to fail: what is there is said, and that it is not all. */
function step(walk: Generator<MatrixAt, string | null>): IteratorResult<MatrixAt, string | null> {
  try {
    return walk.next();
  } catch (error) {
    if (!(error instanceof GitComplaint)) throw error;
    return { done: true, value: `git cannot read further: ${error.message}` };
  }
}
