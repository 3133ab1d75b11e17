import { dirname } from "node:path";
import type { CommitRecord, HistoryRecord } from "../evidence/statement.ts";
import { Repository } from "../git/repository.ts";
import type { MatrixCommit } from "../history/matrix-history.ts";
import type { ValidatedMatrix } from "../matrix/validate-matrix.ts";
import { validateMatrix } from "../matrix/validate-matrix.ts";
import { formatInstant, type Instant } from "../time/instant.ts";
import type { Io } from "./io.ts";
import { readHistory } from "./read-history.ts";

/** What the history of a matrix says of its commit, and of the commits that changed it. Nothing of it is an approval. */
export function evidenceHistory(
  io: Io,
  { name, files }: ValidatedMatrix,
  bytes: ReadonlyMap<string, Uint8Array>,
  asked: { readonly from: Instant | undefined; readonly until: Instant },
): { readonly commit: CommitRecord; readonly history: HistoryRecord } {
  const from = asked.from === undefined ? null : formatInstant(asked.from);
  const history = readHistory(io, name);
  const repository = "problem" in history ? history : Repository.open(io.cwd, dirname(name));
  if ("problem" in history || "problem" in repository) {
    const reason = "problem" in history ? history.problem : "problem" in repository ? repository.problem : "";
    return { commit: { state: "unknown", reason }, history: { from, commits: [], cutOff: reason } };
  }
  const all = [...history.versions()].map(({ commit }) => commit);
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
  const listed = all.filter(({ at }) => asked.from === undefined || at >= asked.from);
  const commits = listed.map((each) => ({
    ...plain(each),
    parents: repository.parentsOf({ id: each.id, reference: each.id }),
  }));
  return { commit, history: { from, commits, cutOff: history.cutOff() } };
}

function plain({ id, at, author, subject }: MatrixCommit) {
  return { id, at: formatInstant(at), author, subject };
}
