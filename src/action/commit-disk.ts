import { posix } from "node:path";
import { Disk } from "../files/disk.ts";
import type { FileContent, Refusal } from "../files/file-tree.ts";
import type { CommitTree } from "../git/commit-tree.ts";

/**
 * The top of a repository with the files of one commit. What is deployed is checked out anew from a commit, so what an
 * earlier step left in the working tree must not be judged in its place. Only whether a folder is there is asked of the
 * disk: git runs in it.
 */
export class CommitDisk extends Disk {
  readonly #tree: CommitTree;
  readonly #read = new Set<string>();

  constructor(top: string, tree: CommitTree) {
    super(top);
    this.#tree = tree;
  }

  override read(name: string): FileContent {
    const content = this.#tree.read(name);
    if (content.problem === undefined) this.#read.add(name);
    return content;
  }

  override list(folder: string): readonly string[] {
    return this.#tree.list(folder);
  }

  closedFolders(folder: string): readonly string[] {
    return this.#tree.closedFolders(folder);
  }

  override exists(name: string): boolean {
    const path = posix.normalize(name);
    return !path.startsWith("../") && this.#tree.has(path);
  }

  override isFile(name: string): boolean {
    return this.#tree.read(name).problem === undefined;
  }

  override folders(folder: string): readonly string[] {
    const below = this.#tree.list(folder).map((name) => posix.relative(folder, name).split("/"));
    return [...new Set(below.flatMap(([first = "", ...rest]) => (rest.length === 0 ? [] : [first])))];
  }

  /** Why a checkout would hold other bytes for one of the files that were read, committed output among them. */
  alteredFile(): Refusal | undefined {
    return this.#tree.alteredByCheckout([...this.#read]);
  }
}
