import type { Repository } from "../git/repository.ts";
import type { CommitChanges } from "../evidence/statement.ts";
import type { MatrixAt, MatrixHistory } from "../history/matrix-history.ts";
import type { Instant } from "../time/instant.ts";
import { validateMatrix } from "../matrix/validate-matrix.ts";
import { readAbsent } from "./read-version.ts";
import { usableMatrix } from "./usable-matrix.ts";

type Version = Parameters<typeof import("../diff/diff-matrices.ts").diffMatrices>[0]["before"];

/**
 * What a commit changed against its first parent, as far as it needs approval; null where one of the two cannot be used,
 * or the history ends there. Judged when the commit was made.
 */
export async function commitNeeds(
  repository: Repository,
  history: MatrixHistory,
): Promise<(id: string) => CommitChanges | null> {
  const { diffMatrices } = await import("../diff/diff.ts");
  const versions = [...history.versions()];
  return (id) => {
    const index = versions.findIndex(({ commit }) => commit.id === id);
    const [version, earlier] = [versions[index], versions[index + 1]];
    // Between the two no commit touched the matrix: the older one is what the first parent has.
    if (version === undefined || (earlier === undefined && history.cutOff() !== null)) return null;
    const after = readAt(repository, version, version.commit.at);
    const before = readAt(repository, earlier ?? { ...version, read: () => ({ kind: "absent" }) }, version.commit.at);
    if (before === undefined || after === undefined) return null;
    const { approvers } = diffMatrices({ before, after, environments: undefined });
    return {
      matrix: repository.pathOf(version.name),
      needs: approvers.map(({ owner, github, changes }) => ({ owner, github, fingerprints: changes })),
    };
  };
}

function readAt(repository: Repository, { commit, name, read }: MatrixAt, asOf: Instant): Version | undefined {
  const isPresent = read().kind !== "absent";
  const tree = repository.tree({ id: commit.id, reference: commit.id });
  const validated = isPresent ? validateMatrix(tree, name, asOf) : readAbsent(name, asOf);
  const matrix = "problem" in validated ? undefined : usableMatrix(validated);
  if (matrix === undefined || "problem" in validated) return undefined;
  return { matrix, locate: validated.locate, side: { name, commit: commit.id, isPresent } };
}
