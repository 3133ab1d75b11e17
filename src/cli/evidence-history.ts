import { dirname } from "node:path";
import type { CommitChanges, CommitRecord, HistoryCommit, HistoryRecord } from "../evidence/statement.ts";
import { Repository } from "../git/repository.ts";
import type { MatrixCommit, MatrixHistory } from "../history/matrix-history.ts";
import type { ValidatedMatrix } from "../matrix/validate-matrix.ts";
import { validateMatrix } from "../matrix/validate-matrix.ts";
import { formatInstant, type Instant, parseInstant } from "../time/instant.ts";
import { commitNeeds } from "./commit-needs.ts";
import type { Io } from "./io.ts";
import { readHistory } from "./read-history.ts";

/** What the history of a matrix says of its commit, and of the commits that changed it. Nothing of it is an approval. */
export async function evidenceHistory(
  io: Io,
  { name, files }: ValidatedMatrix,
  bytes: ReadonlyMap<string, Uint8Array>,
  asked: {
    readonly from: Instant | undefined;
    readonly until: Instant;
    /** Records of approvals by file: commits that one of them covers and none names say what they changed. */
    readonly approvals: ReadonlyMap<string, string>;
  },
): Promise<{ readonly commit: CommitRecord; readonly history: HistoryRecord }> {
  const from = asked.from === undefined ? null : formatInstant(asked.from);
  const history = readHistory(io, name);
  const repository = "problem" in history ? history : Repository.open(io.cwd, dirname(name));
  if ("problem" in history || "problem" in repository) {
    const reason = "problem" in history ? history.problem : "problem" in repository ? repository.problem : "";
    return { commit: { state: "unknown", reason }, history: { from, commits: [], cutOff: reason } };
  }
  const versions = [...history.versions()];
  const all = versions.map(({ commit }) => commit);
  const head = repository.findCommit("HEAD");
  const [newest] = all;
  const commit = ((): CommitRecord => {
    if ("problem" in head) return { state: "unknown", reason: head.problem };
    const tree = repository.tree(head);
    const committed = validateMatrix(tree, name, asked.until);
    const isSame =
      newest !== undefined &&
      !("problem" in committed) &&
      committed.files.join("\0") === files.join("\0") &&
      files.every((file) => {
        const content = tree.read(file);
        return content.problem === undefined && Buffer.compare(content.bytes, bytes.get(file) ?? Buffer.alloc(0)) === 0;
      });
    return isSame ? { state: "committed", ...plain(newest) } : { state: "differs", id: head.id };
  })();
  const withParents = versions.map(({ commit: each, name: called }) => ({
    ...plain(each),
    parents: repository.parentsOf({ id: each.id, reference: each.id }),
    matrix: repository.pathOf(called),
    changes: null,
  }));
  const changes = await coveredChanges(repository, history, withParents, asked.approvals);
  const commits = withParents
    .filter((_, index) => asked.from === undefined || (all[index]?.at ?? 0) >= asked.from)
    .map((each) => ({ ...each, changes: changes.get(each.id) ?? null }));
  return { commit, history: { from, commits, cutOff: history.cutOff() } };
}

/**
 * What commits changed that merge what a record names, or that no record names and a record covers. All of the history is looked at, however little of it is
 * listed: an approval that an older commit has used is used up.
 */
async function coveredChanges(
  repository: Repository,
  history: MatrixHistory,
  commits: readonly HistoryCommit[],
  approvals: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, CommitChanges>> {
  if (approvals.size === 0) return new Map();
  const { isNamedBy, matchApprovals, readApproval } = await import("../evidence/evidence.ts");
  const records = [...approvals.values()].flatMap((text) => {
    const facts = readApproval(text);
    return "problem" in facts ? [] : [facts];
  });
  const oldest = Math.min(...records.map(({ asOf }) => parseInstant(asOf) ?? Number.POSITIVE_INFINITY));
  const changesOf = await commitNeeds(repository, history);
  const merged = new Set<string>();
  const known = commits.map((commit) => {
    // Commits are dated in whole seconds.
    const isEarlier = (parseInstant(commit.at) ?? 0) < oldest - 999;
    const named = new Set(records.map((facts) => isNamedBy(facts, commit)));
    const isNeeded = !named.has("itself") && (named.has("merged") || !isEarlier);
    if (named.has("merged")) merged.add(commit.id);
    return { ...commit, changes: isNeeded ? changesOf(commit.id) : null };
  });
  const matched = new Map(
    matchApprovals(approvals, { from: null, cutOff: null, commits: known }).commits.map(({ id, by }) => [id, by]),
  );
  return new Map(
    known.flatMap(({ id, changes }) =>
      changes !== null && (merged.has(id) || matched.get(id) === "changes") ? [[id, changes]] : [],
    ),
  );
}

function plain({ id, at, author, subject }: MatrixCommit) {
  return { id, at: formatInstant(at), author, subject };
}
