import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { GitFolder } from "./git-folder.ts";
import { open, textOf, treeOf } from "./open-repository.ts";

const whole = GitFolder.repository();
const first = whole.commit({
  "matrix.yaml": "one",
  "infra/mätrix ☃.yaml": "two",
  "infra/teams/a b.yaml": "a",
  "infra/teams/*.yaml": "star",
  "infra/teams/deep/-n.yaml": "n",
  "infra/node_modules/x/y.yaml": "not ours",
  'infra/te"ms\n/q.yaml': "quoted",
});
whole.git("update-index", "--add", "--cacheinfo", `160000,${first},infra/sub`);
symlinkSync("matrix.yaml", join(whole.path, "link.yaml"));
symlinkSync("infra", join(whole.path, "linked"));
whole.git("add", "link.yaml", "linked");
whole.git("commit", "-qm", "links");
const second = whole.git("rev-parse", "HEAD");

afterAll(() => {
  whole.remove();
});
afterEach(() => {
  vi.unstubAllEnvs();
});

describe("the files of a commit", () => {
  const tree = treeOf(open(whole.path), "HEAD");

  test("are read by their names, whatever the names", () => {
    const names = ["matrix.yaml", "./infra/mätrix ☃.yaml", "infra/teams/*.yaml", 'infra/te"ms\n/q.yaml'];
    expect(names.map((name) => textOf(tree.read(name)))).toEqual(["one", "two", "star", "quoted"]);
    expect(textOf(tree.read("infra/teams/?.yaml"))).toBe("infra/teams/?.yaml does not exist at HEAD");
  });

  test("are listed as a disk lists them", () => {
    expect(tree.list("infra/teams")).toEqual([
      "infra/teams/*.yaml",
      "infra/teams/a b.yaml",
      "infra/teams/deep/-n.yaml",
    ]);
    expect(tree.list(".")).not.toContain("infra/node_modules/x/y.yaml");
    expect(tree.list("nowhere")).toEqual([]);
    expect(tree.list("infra/*")).toEqual([]);
  });

  test("are not read where they are something else", () => {
    const said = ["link.yaml", "linked/teams/a b.yaml", "infra/sub", "infra/sub/x.yaml", "infra", "../x.yaml"].map(
      (name) => textOf(tree.read(name)),
    );
    expect(said).toEqual([
      "link.yaml is a link at HEAD",
      "linked is a link at HEAD",
      "infra/sub is a submodule at HEAD",
      "infra/sub is a submodule at HEAD",
      "infra is a folder, not a file, at HEAD",
      "../x.yaml is outside of the repository",
    ]);
  });

  test("have the names that they have from the folder that one is in", () => {
    const below = open(join(whole.path, "infra"));
    expect(below.nameOf("matrix.yaml")).toBe("../matrix.yaml");
    expect(textOf(treeOf(below, "HEAD").read("../matrix.yaml"))).toBe("one");
    expect(treeOf(below, first).list("teams")).toContain("teams/a b.yaml");
    const beside = open(join(whole.path, "infra"), "../infra/teams");
    expect(textOf(treeOf(beside, "HEAD").read("../infra/teams/a b.yaml"))).toBe("a");
    expect(textOf(treeOf(open("/", whole.path), "HEAD").read(`${whole.path}/matrix.yaml`))).toBe("one");
  });

  test("a file over the limit is not read", () => {
    const big = whole.git("rev-parse", "HEAD");
    whole.commit({ "big.yaml": Buffer.alloc(16 * 1024 * 1024 + 1, "#") });
    expect(textOf(treeOf(open(whole.path), "HEAD").read("big.yaml"))).toMatch(/larger than 16 MiB/);
    whole.git("reset", "-q", "--hard", big);
  });
});

test("three hundred included files take few runs of git", () => {
  whole.write(Object.fromEntries(Array.from({ length: 300 }, (_, each) => [`many/${each}.yaml`, `file ${each}`])));
  const id = whole.commit({});
  vi.stubEnv("PATH", `${gitThatTires()}:${process.env["PATH"]}`);
  const tree = treeOf(open(whole.path), id);
  tree.read("matrix.yaml");
  const texts = tree.list("many").map((name) => textOf(tree.read(name)));
  vi.unstubAllEnvs();
  expect(new Set(texts).size).toBe(300);
  expect(texts).toContain("file 299");
  expect(whole.git("rev-parse", "HEAD")).toBe(id);
  whole.git("reset", "-q", "--hard", second);
});

/** A folder for the PATH, with a git that fails from its sixteenth run on. */
function gitThatTires(): string {
  const bin = whole.in(".git/counting");
  bin.write({
    git: `#!/bin/sh\necho x >> ${bin.path}/runs\n[ $(wc -l < ${bin.path}/runs) -gt 15 ] && exit 9\nPATH=\${PATH#*:} exec git "$@"\n`,
  });
  bin.shell("chmod +x git");
  return bin.path;
}

describe("a reference", () => {
  const repository = open(whole.path);

  test.each(["main", "HEAD", "main~1", `main@{0}`, "HEAD^{/links}", "heads/main"])("%s is one commit", (reference) => {
    expect(repository.findCommit(reference)).toMatchObject({ id: expect.stringMatching(/^[0-9a-f]{40}$/), reference });
  });

  test.each(["-n", "--upload-pack=x", "--output=/tmp/x", "--help"])("%s is refused as an option", (reference) => {
    expect(repository.findCommit(reference)).toEqual({
      problem: `"${reference}" is not a git reference`,
      help: "a reference does not start with a hyphen",
    });
  });

  test.each([
    "^main",
    "main^!",
    "main^@",
    "main..main",
    "main^{tree}",
    "main:matrix.yaml",
    ":/links",
    "",
    "$(id)",
    "ma\nin",
  ])("%j is no commit", (reference) => {
    const found = repository.findCommit(reference);
    expect("problem" in found ? found.problem : "").toMatch(/git knows no commit/);
  });

  test("that is a tag and a branch is refused, and each is taken by its whole name", () => {
    whole.git("tag", "release", first);
    whole.git("branch", "release", second);
    expect(repository.findCommit("release")).toEqual({
      problem: '"release" means more than one thing to git',
      help: "write refs/tags/release or refs/heads/release",
    });
    expect(repository.findCommit("release~0")).toHaveProperty("problem");
    expect(repository.findCommit("refs/heads/release")).toMatchObject({ id: second });
    expect(repository.findCommit("refs/tags/release")).toMatchObject({ id: first });
  });

  test("a tag called as the default branch does not take its place", () => {
    whole.git("tag", "main", first);
    expect(repository.defaultBranch()).toMatchObject({ id: second, reference: "main" });
    whole.git("tag", "-d", "main");
  });
});
