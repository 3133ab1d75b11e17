import type { FileContent } from "../../src/files/file-tree.ts";
import type { CommitTree } from "../../src/git/commit-tree.ts";
import { Repository } from "../../src/git/repository.ts";

export function open(cwd: string, folder = "."): Repository {
  const repository = Repository.open(cwd, folder);
  if (!(repository instanceof Repository)) throw new Error(`${repository.problem}; ${repository.help}`);
  return repository;
}

export function treeOf(repository: Repository, reference: string): CommitTree {
  const commit = repository.findCommit(reference);
  if ("problem" in commit) throw new Error(commit.problem);
  return repository.tree(commit);
}

export function textOf(content: FileContent): string {
  return content.problem ?? Buffer.from(content.bytes).toString();
}
