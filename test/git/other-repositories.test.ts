import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { Repository } from "../../src/git/repository.ts";
import { GitFolder } from "./git-folder.ts";
import { open, textOf, treeOf } from "./open-repository.ts";

const whole = GitFolder.repository();
const first = whole.commit({ "infra/mätrix ☃.yaml": "two", "infra/teams/a b.yaml": "a" });
whole.commit({ "x.txt": "x" });

afterAll(() => {
  whole.remove();
});
afterEach(() => {
  vi.unstubAllEnvs();
});

describe("repositories of another kind", () => {
  test("SHA-256", () => {
    const other = GitFolder.repository("--object-format=sha256");
    const id = other.commit({ "matrix.yaml": "one" });
    expect(id).toHaveLength(64);
    expect(textOf(treeOf(open(other.path), id).read("matrix.yaml"))).toBe("one");
    other.remove();
  });

  test("a bare one, and another working tree of one", () => {
    const bare = whole.in(".git/bare");
    whole.git("clone", "-q", "--bare", ".", bare.path);
    expect(textOf(treeOf(open(bare.path), "main").read("infra/teams/a b.yaml"))).toBe("a");
    whole.git("worktree", "add", "-q", "--detach", ".git/tree", first);
    const tree = whole.in(".git/tree");
    expect(open(join(tree.path, "infra")).findCommit("HEAD")).toMatchObject({ id: first });
    expect(open(join(tree.path, "infra")).pathOf("x.yaml")).toBe("infra/x.yaml");
  });

  test("a partial one: the command that is printed fetches the file", () => {
    whole.git("config", "uploadpack.allowFilter", "true");
    const partial = whole.in(".git/partial");
    whole.git("clone", "-q", "--filter=blob:none", "--no-checkout", `file://${whole.path}`, partial.path);
    const content = treeOf(open(partial.path), first).read("infra/mätrix ☃.yaml");
    const command = /^the clone is partial; fetch the file: (.*)$/.exec("help" in content ? (content.help ?? "") : "");
    partial.shell(command?.[1] ?? "false");
    expect(textOf(treeOf(open(partial.path), first).read("infra/mätrix ☃.yaml"))).toBe("two");
  });

  test("one that a hook runs in: GIT_DIR is set, and its folders stay where they are", () => {
    vi.stubEnv("GIT_DIR", ".git");
    expect(open(whole.path, "infra").pathOf("infra/x.yaml")).toBe("infra/x.yaml");
    expect(textOf(treeOf(open(whole.path, "infra"), "HEAD").read("infra/teams/a b.yaml"))).toBe("a");
  });

  test("one of somebody else: git's own advice is passed on", () => {
    vi.stubEnv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1");
    expect(Repository.open(whole.path, ".")).toEqual({
      problem: "git cannot be asked here",
      help: expect.stringMatching(
        /^git says: detected dubious ownership in repository .* git config --global --add safe\.directory /,
      ),
    });
  });

  test("none, and no git", () => {
    const none = GitFolder.temporary();
    expect(Repository.open(none.path, ".")).toMatchObject({ help: expect.stringMatching(/not a git repository/) });
    vi.stubEnv("PATH", none.path);
    expect(Repository.open(none.path, ".")).toMatchObject({ problem: "there is no git on the PATH" });
    none.remove();
  });

  test("one whose configuration would run programs", () => {
    const hostile = whole.in(".git/hostile");
    mkdirSync(hostile.path);
    hostile.git("init", "-q", "-b", "main", ".");
    hostile.commit({ "a.yaml": "a\nb\nc\n", ".gitattributes": "* diff=evil filter=evil\n" });
    hostile.git("mv", "a.yaml", "b.yaml");
    for (const key of [
      "core.fsmonitor",
      "diff.external",
      "diff.evil.textconv",
      "diff.evil.command",
      "filter.evil.clean",
      "core.pager",
      "core.editor",
      "alias.rev-parse",
      "core.sshCommand",
      "core.hooksPath",
    ])
      hostile.git("config", key, `touch ${hostile.path}/ran; true`);
    const repository = open(hostile.path);
    const commit = repository.findCommit("HEAD");
    if ("problem" in commit) throw new Error(commit.problem);
    expect(textOf(repository.tree(commit).read("a.yaml"))).toBe("a\nb\nc\n");
    expect(repository.renames(commit, undefined, ["b.yaml"])).toEqual([{ before: "a.yaml", after: "b.yaml" }]);
    expect(repository.defaultBranch()).toHaveProperty("id");
    expect(hostile.in(".").shell("test ! -e ran")).toBeUndefined();
  });
});
