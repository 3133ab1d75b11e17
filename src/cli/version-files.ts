import type { Repository } from "../git/repository.ts";
import { GitComplaint } from "../git/run-git.ts";

/** So many versions at once: their files stay in memory. */
const AT_ONCE = 50;
/** In bytes, of one file: larger ones are read one by one. */
const MAX_EACH = 256 * 1024;

/** The root files of versions by their commits, read ahead: a run of git takes as long as reading a hundred of them. */
export class VersionFiles {
  readonly #repository: Repository;
  readonly #path: string;
  readonly #commits: readonly string[];
  /** Of each commit, the size of what it holds there. */
  readonly #sizes: readonly (number | undefined)[];
  readonly #read = new Map<string, Buffer>();
  readonly #asked = new Set<number>();

  constructor(
    repository: Repository,
    path: string,
    commits: readonly string[],
    sizes: readonly (number | undefined)[],
  ) {
    this.#repository = repository;
    this.#path = path;
    this.#commits = commits;
    this.#sizes = sizes;
  }

  /** Undefined where it is no file, is large, or cannot be read like that. */
  at(index: number): Buffer | undefined {
    const start = index - (index % AT_ONCE);
    if (!this.#asked.has(start)) {
      this.#asked.add(start);
      const wanted = this.#commits
        .slice(start, start + AT_ONCE)
        .filter((_, each) => (this.#sizes[start + each] ?? MAX_EACH) < MAX_EACH);
      this.#keep(wanted);
    }
    return this.#read.get(this.#commits[index] ?? "");
  }

  #keep(commits: readonly string[]): void {
    try {
      for (const [commit, bytes] of this.#repository.readFiles(commits, this.#path)) this.#read.set(commit, bytes);
    } catch (error) {
      // A partial clone has some of them, maybe: each is asked for by itself then, and says what is wrong.
      if (!(error instanceof GitComplaint)) throw error;
    }
  }
}
