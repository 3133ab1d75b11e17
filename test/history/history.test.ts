import { afterEach, describe, expect, test } from "vitest";
import { readHistory } from "../../src/cli/read-history.ts";
import { matrixAt } from "../../src/history/matrix-at.ts";
import { sinceOf } from "../../src/history/since-of.ts";
import { type Instant, parseInstant } from "../../src/time/instant.ts";
import { GitFolder } from "../git/git-folder.ts";
import { hasEdge, historyOf, ioIn, matrixText } from "./history-of.ts";

const folders: GitFolder[] = [];
function repository(): GitFolder {
  const folder = GitFolder.repository();
  folders.push(folder);
  return folder;
}
afterEach(() => {
  for (const folder of folders.splice(0)) folder.remove();
});

const kinds = (history: ReturnType<typeof historyOf>): readonly string[] =>
  [...history.versions()].map(({ commit, read }) => `${commit.id.slice(0, 7)} ${read().kind}`);
const short = (kind: string, ...ids: readonly string[]): readonly string[] =>
  ids.map((id) => `${id.slice(0, 7)} ${kind}`);

describe("since", () => {
  test("is the commit after the last break, whatever other commits there are", () => {
    const git = repository();
    git.commit({ "matrix.yaml": matrixText(["a -> b"]) });
    git.commit({ "other.txt": "1" });
    git.commit({ "matrix.yaml": matrixText(["a -> c"]) });
    const back = git.commit({ "matrix.yaml": matrixText(["a -> b", "a -> c"]) });
    git.commit({ "other.txt": "2" });
    git.commit({ "matrix.yaml": matrixText(["a -> b", "a -> c", "b -> c"]) });
    const history = historyOf(git.path);
    expect(sinceOf(history, hasEdge("a -> b"))).toMatchObject({ commit: { id: back }, isOlder: false, skipped: [] });
    expect(sinceOf(history, hasEdge("c -> a"))).toEqual({ commit: null, isOlder: false, skipped: [] });
    expect([...history.versions()]).toHaveLength(4);
    expect(history.cutOff()).toBe(null);
  });

  test("a broken version is no break, and is said", () => {
    const git = repository();
    const first = git.commit({ "matrix.yaml": matrixText(["a -> b"]) });
    const broken = git.commit({ "matrix.yaml": "version: [" });
    git.commit({ "matrix.yaml": matrixText(["a -> b", "b -> c"]) });
    expect(sinceOf(historyOf(git.path), hasEdge("a -> b"))).toMatchObject({
      commit: { id: first },
      skipped: [{ id: broken }],
    });
  });

  test("a version without the file is a break", () => {
    const git = repository();
    const first = git.commit({ "matrix.yaml": matrixText(["a -> b"]) });
    git.git("rm", "-q", "matrix.yaml");
    const gone = git.commit({});
    const back = git.commit({ "matrix.yaml": matrixText(["a -> b"]) });
    const history = historyOf(git.path);
    expect(kinds(history)).toEqual([...short("usable", back), ...short("absent", gone), ...short("usable", first)]);
    expect(sinceOf(history, hasEdge("a -> b")).commit?.id).toBe(back);
  });

  test("follows a rename, and the files that were included then", () => {
    const git = repository();
    const include = "include: [teams/*.yaml]\n";
    const first = git.commit({ "old/m.yaml": matrixText([], include), "old/teams/x.yaml": "trust: { a -> b: why }\n" });
    git.commit({ "old/teams/y.yaml": "trust: { b -> c: why }\n" });
    git.commit({ "old/elsewhere/y.yaml": "trust: { c -> a: why }\n" });
    git.git("mv", "old", "new");
    git.commit({});
    const single = git.commit({ "new/m.yaml": matrixText(["a -> b", "b -> c"]) });
    git.commit({ "new/teams/x.yaml": "trust: {}\n" });
    const history = historyOf(git.path, "new/m.yaml");
    expect([...history.versions()].map(({ name }) => name)).toEqual([
      "new/m.yaml",
      "new/m.yaml",
      "old/m.yaml",
      "old/m.yaml",
    ]);
    expect(sinceOf(history, hasEdge("a -> b")).commit?.id).toBe(first);
    expect([...history.versions()][0]?.commit.id).toBe(single);
  });

  test("goes by first parents: a merge brings what its branch has", () => {
    const git = repository();
    git.commit({ "matrix.yaml": matrixText([]) });
    git.git("checkout", "-q", "-b", "topic");
    git.commit({ "matrix.yaml": matrixText(["a -> b"]) });
    git.git("checkout", "-q", "main");
    git.commit({ "x.txt": "" });
    git.git("merge", "-q", "--no-ff", "-m", "Merge\n\nmore", "topic");
    const since = sinceOf(historyOf(git.path), hasEdge("a -> b"));
    expect(since.commit).toEqual({
      id: git.git("rev-parse", "main"),
      at: parseInstant("2026-11-01"),
      author: "Ana",
      subject: "Merge",
    });
  });

  test("from a subfolder, with a name that looks like a pattern", () => {
    const git = repository();
    const first = git.commit({ "in fra/[m]*.yaml": matrixText(["a -> b"]), "in fra/m1.yaml": "x" });
    git.commit({ "in fra/m1.yaml": "y" });
    expect(kinds(historyOf(git.in("in fra").path, "[m]*.yaml"))).toEqual(short("usable", first));
  });
});

describe("a history that is not whole", () => {
  test("a shallow clone says where it ends, and that it may be older", () => {
    const git = repository();
    git.commit({ "matrix.yaml": matrixText(["a -> b"]) });
    git.commit({ "x.txt": "" });
    const end = git.commit({ "x.txt": "1" });
    const late = git.commit({ "matrix.yaml": matrixText(["a -> b", "a -> c"]), "late.yaml": matrixText(["a -> b"]) });
    git.git("clone", "-q", "--depth=2", `file://${git.path}`, ".git/shallow");
    const clone = git.in(".git/shallow").path;
    const history = historyOf(clone);
    expect(sinceOf(history, hasEdge("a -> b"))).toMatchObject({ commit: { id: end }, isOlder: true });
    expect(sinceOf(history, hasEdge("a -> c"))).toMatchObject({ commit: { id: late }, isOlder: false });
    expect(history.cutOff()).toBe(
      `the clone is shallow and ends at ${end.slice(0, 12)}; fetch the rest: git fetch --unshallow origin`,
    );
    // It came after the end of the clone: that it was not there before is known.
    expect(sinceOf(historyOf(clone, "late.yaml"), hasEdge("a -> b"))).toMatchObject({
      commit: { id: late },
      isOlder: false,
    });
    expect(historyOf(clone, "late.yaml").cutOff()).toMatch(/shallow/);
  });

  test("a limit says so, but not where it was not reached", () => {
    const git = repository();
    for (const edges of [["a -> b"], ["a -> b", "a -> c"]]) git.commit({ "matrix.yaml": matrixText(edges) });
    const history = historyOf(git.path, undefined, 1);
    expect(sinceOf(history, hasEdge("a -> b"))).toMatchObject({ isOlder: true });
    expect(history.cutOff()).toBe("only the newest 1 versions are looked at");
    expect(historyOf(git.path, undefined, 2).cutOff()).toBe(null);
  });

  test("what has none says why", () => {
    const none = GitFolder.temporary();
    const git = repository();
    const said = (cwd: string, file?: string): unknown => {
      const history = readHistory(ioIn(cwd), file);
      return "problem" in history ? history.problem : [...history.versions()];
    };
    expect(said(none.path, "matrix.yaml")).toBe("git cannot be asked here");
    expect(said(git.path, "-")).toBe("standard input has no history");
    expect(said(git.path, "matrix.yaml")).toBe("there is no commit yet");
    git.commit({ "x.txt": "" });
    expect(said(git.path, "../matrix.yaml")).toMatch(/git cannot be asked|outside of the repository/);
    // Not committed yet.
    git.write({ "matrix.yaml": matrixText([]) });
    expect(said(git.path)).toEqual([]);
    none.remove();
  });
});

test("a thousand commits that change something else cost next to nothing", () => {
  const git = repository();
  git.commit({ "matrix.yaml": matrixText(["a -> b"]) });
  const blob = "data 1\nx\n";
  const stream = Array.from(
    { length: 1000 },
    (_, index) =>
      `commit refs/heads/main\ncommitter A <a@example> ${1_800_000_000 + index} +0000\ndata 1\nm\n${
        index === 0 ? "from refs/heads/main^0\n" : ""
      }M 644 inline ${index}.txt\n${blob}`,
  ).join("");
  git.write({ ".git/stream": stream });
  git.shell("git fast-import --quiet < .git/stream");
  git.git("read-tree", "HEAD");
  const start = performance.now();
  const history = historyOf(git.path);
  expect([...history.versions()].map(({ read }) => read().kind)).toEqual(["usable"]);
  expect(history.cutOff()).toBe(null);
  expect(performance.now() - start).toBeLessThan(3000);
});

test("the version in force at a moment is the newest that was committed by then", () => {
  const versions = ["2026-03-01", "2026-01-01"].map((day) => ({
    commit: { id: day, at: parseInstant(day) as Instant, author: "", subject: "" },
    name: "m.yaml",
    read: () => ({ kind: "absent" }) as const,
  }));
  const history = { versions: () => versions, cutOff: () => null };
  const at = (day: string): string | undefined => matrixAt(history, parseInstant(day) as Instant)?.commit.id;
  expect(["2025-12-31", "2026-01-01", "2026-02-28T23:59:59Z", "2026-03-01", "2027-01-01"].map(at)).toEqual([
    undefined,
    "2026-01-01",
    "2026-01-01",
    "2026-03-01",
    "2026-03-01",
  ]);
});
