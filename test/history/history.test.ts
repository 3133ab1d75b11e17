import { afterEach, describe, expect, test, vi } from "vitest";
import { readHistory } from "../../src/cli/read-history.ts";
import { sinceOf } from "../../src/history/since-of.ts";
import { type Instant, parseInstant } from "../../src/time/instant.ts";
import { GitFolder } from "../git/git-folder.ts";
import { hasEdge, historyOf, ioIn, matrixText } from "./history-of.ts";

const NOW = parseInstant("2026-12-01") as Instant;
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
    expect(sinceOf(history, NOW, hasEdge("a -> b"))).toMatchObject({
      commit: { id: back },
      isOlder: false,
      skipped: [],
    });
    expect(sinceOf(history, NOW, hasEdge("c -> a"))).toEqual({ commit: null, isOlder: false, skipped: [] });
    expect([...history.versions()]).toHaveLength(4);
    expect(history.cutOff()).toBe(null);
  });

  test("nobody knows what a broken version had: it is at least as old as the commit after it", () => {
    const git = repository();
    const broken = [
      git.commit({ "matrix.yaml": matrixText(["a -> b"]) }),
      git.commit({ "matrix.yaml": "version: [" }),
      git.commit({ "matrix.yaml": "version: [[" }),
    ].slice(1);
    const known = git.commit({ "matrix.yaml": matrixText(["a -> b", "b -> c"]) });
    git.commit({ "matrix.yaml": matrixText(["a -> b", "c -> a"]) });
    expect(sinceOf(historyOf(git.path), NOW, hasEdge("a -> b"))).toMatchObject({
      commit: { id: known },
      isOlder: true,
      skipped: [{ id: broken[1] }, { id: broken[0] }],
    });
    // It came after what is broken.
    expect(sinceOf(historyOf(git.path), NOW, hasEdge("c -> a"))).toMatchObject({ isOlder: false, skipped: [] });
    git.commit({ "matrix.yaml": "version: [" });
    expect(sinceOf(historyOf(git.path), NOW, hasEdge("a -> b"))).toMatchObject({ commit: null, isOlder: true });
  });

  test("grafts, be they a file or a variable, hide no removal", () => {
    const git = repository();
    git.commit({ "matrix.yaml": matrixText(["a -> b"]) });
    const early = git.git("rev-parse", "HEAD");
    git.commit({ "matrix.yaml": matrixText([]) });
    const back = git.commit({ "matrix.yaml": matrixText(["a -> b"]) });
    const late = git.commit({ "matrix.yaml": matrixText(["a -> b", "b -> c"]) });
    const line = `${late} ${early}\n`;
    git.write({ ".git/info/grafts": line, ".git/other": line, ".git/none": `${late}\n` });
    git.git("-c", "core.commitGraph=true", "commit-graph", "write", "--reachable");
    const since = () => sinceOf(historyOf(git.path), NOW, hasEdge("a -> b"));
    expect(since()).toMatchObject({ commit: { id: back }, isOlder: false });
    for (const [variable, file] of [
      ["GIT_GRAFT_FILE", "other"],
      ["GIT_SHALLOW_FILE", "none"],
    ] as const) {
      vi.stubEnv(variable, `${git.path}/.git/${file}`);
      expect(since()).toMatchObject({ commit: { id: back }, isOlder: false });
      vi.unstubAllEnvs();
    }
  });

  test("a link in place of the matrix is told, and hides no removal", () => {
    const git = repository();
    git.commit({ "real.yaml": matrixText(["a -> b"]), "matrix.yaml": matrixText(["a -> b"]) });
    git.shell("ln -sf real.yaml matrix.yaml");
    const link = git.commit({});
    git.commit({ "real.yaml": matrixText([]) });
    git.commit({ "real.yaml": matrixText(["a -> b"]) });
    expect(readHistory(ioIn(git.path), undefined)).toEqual({
      problem: "matrix.yaml is a link to real.yaml, and the history of a link is not that of its file",
      help: "name the file itself",
    });
    git.git("rm", "-q", "matrix.yaml");
    const own = git.commit({ "matrix.yaml": matrixText(["a -> b"]) });
    expect(sinceOf(historyOf(git.path), NOW, hasEdge("a -> b"))).toMatchObject({
      commit: { id: own },
      isOlder: true,
      skipped: [{ id: link }],
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
    expect(sinceOf(history, NOW, hasEdge("a -> b")).commit?.id).toBe(back);
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
    expect(sinceOf(history, NOW, hasEdge("a -> b")).commit?.id).toBe(first);
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
    const since = sinceOf(historyOf(git.path), NOW, hasEdge("a -> b"));
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
    expect(sinceOf(history, NOW, hasEdge("a -> b"))).toMatchObject({ commit: { id: end }, isOlder: true });
    expect(sinceOf(history, NOW, hasEdge("a -> c"))).toMatchObject({ commit: { id: late }, isOlder: false });
    expect(history.cutOff()).toBe(
      `the clone is shallow and ends at ${end.slice(0, 12)}; fetch the rest: git fetch --unshallow origin`,
    );
    // It came after the end of the clone: that it was not there before is known.
    expect(sinceOf(historyOf(clone, "late.yaml"), NOW, hasEdge("a -> b"))).toMatchObject({
      commit: { id: late },
      isOlder: false,
    });
    expect(historyOf(clone, "late.yaml").cutOff()).toMatch(/shallow/);
  });

  test("a limit says so, but not where it was not reached", () => {
    const git = repository();
    for (const edges of [["a -> b"], ["a -> b", "a -> c"]]) git.commit({ "matrix.yaml": matrixText(edges) });
    const history = historyOf(git.path, undefined, 1);
    expect(sinceOf(history, NOW, hasEdge("a -> b"))).toMatchObject({ isOlder: true });
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
