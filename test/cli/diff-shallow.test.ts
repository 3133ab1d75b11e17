import { afterAll, afterEach, expect, test, vi } from "vitest";
import { GitFolder } from "../git/git-folder.ts";
import { runMatrix } from "./test-io.ts";

const matrix = (name: string): string =>
  `version: 1\nenvironments: { prod: { project: acme-prod, regions: [europe-west1] } }\nservices: { web: {}, ${name}: {} }\n`;

const origin = GitFolder.repository();
const first = origin.commit({ "matrix.yaml": matrix("a") });
origin.git("tag", "v1.0", first);
origin.git("checkout", "-qb", "topic");
origin.commit({ "matrix.yaml": matrix("b") });
origin.commit({ "x.txt": "x" });
origin.git("checkout", "-q", "main");
origin.commit({ "y.txt": "y" });
const clones: GitFolder[] = [];

afterAll(() => {
  for (const folder of [origin, ...clones]) folder.remove();
});
afterEach(() => {
  vi.unstubAllEnvs();
});

/** What a runner checks out for a pull request: one commit of the branch. */
function shallow(): GitFolder {
  const clone = GitFolder.temporary();
  clones.push(clone);
  clone.git("clone", "-q", "--depth", "1", "--branch", "topic", `file://${origin.path}`, ".");
  return clone;
}

test.each([
  ["a remote branch", ["origin/main"], "git fetch --depth=1 origin +refs/heads/main:refs/remotes/origin/main"],
  ["a tag", ["v1.0"], "git fetch --depth=1 origin refs/tags/v1.0:refs/tags/v1.0"],
  ["a commit", [first], `git fetch --depth=1 origin ${first}`],
  ["an earlier commit", ["HEAD~2"], "git fetch --unshallow origin"],
])("the command that is printed for %s makes it work", async (_, words, command) => {
  const clone = shallow();
  const before = await runMatrix(["diff", ...words], { cwd: clone.path });
  expect(before).toMatchObject({ code: 2, stdout: "" });
  expect(before.stderr.endsWith(`: ${command}\n`)).toBe(true);
  clone.shell(command);
  expect(await runMatrix(["diff", ...words, "--detailed-exitcode"], { cwd: clone.path })).toMatchObject({ code: 1 });
});

test("a branch that only the remote has is written as it is called here, and none is made", async () => {
  const clone = shallow();
  const help = async (word: string): Promise<string> =>
    /help: (.*)\n$/.exec((await runMatrix(["diff", word], { cwd: clone.path })).stderr)?.[1] ?? "";
  const command = "git fetch --depth=1 origin +refs/heads/main:refs/remotes/origin/main";
  expect(await help("main")).toBe(
    `check its name; if it is a branch of the remote, write origin/main, after: ${command}`,
  );
  clone.shell(command);
  expect(await help("main")).toBe("check its name, or write origin/main");
  expect((await runMatrix(["diff", "origin/main"], { cwd: clone.path })).code).toBe(0);
  // All of the history, and of the branches only one.
  clone.git("fetch", "-q", "--unshallow", "origin");
  expect(await help("origin/feat")).toBe(
    "check its name, or fetch it: git fetch origin +refs/heads/feat:refs/remotes/origin/feat",
  );
  clone.git("config", "remote.origin.fetch", "+refs/heads/*:refs/remotes/origin/*");
  expect(await help("origin/feat")).toBe("check its name, or fetch it: git fetch origin");
  expect(await help("feat")).toBe(
    "check its name; if it is a branch of the remote, write origin/feat, after: git fetch origin",
  );
  expect(clone.git("branch", "--format=%(refname:short)")).toBe("topic");
});

test("without operands, one command after the other leads there", async () => {
  const clone = shallow();
  const commands: string[] = [];
  for (;;) {
    const { code, stderr } = await runMatrix(["diff", "--detailed-exitcode"], { cwd: clone.path });
    if (code !== 2) {
      expect(code).toBe(1);
      break;
    }
    const command = /: (git fetch .*)\n$/.exec(stderr)?.[1];
    if (command === undefined || commands.includes(command)) throw new Error(stderr);
    commands.push(command);
    clone.shell(command);
  }
  expect(commands).toEqual([
    "git fetch --depth=1 origin +refs/heads/main:refs/remotes/origin/main",
    "git fetch --unshallow origin",
  ]);
});

test("no git, and no repository", async () => {
  const bare = GitFolder.temporary();
  clones.push(bare);
  bare.write({ "matrix.yaml": matrix("a"), other: "x" });
  expect((await runMatrix(["diff", "main"], { cwd: bare.path })).stderr).toMatch(/git says: not a git repository/);
  expect((await runMatrix(["diff"], { cwd: bare.path })).code).toBe(2);
  expect((await runMatrix(["diff", "other"], { cwd: bare.path })).stderr).toMatch(/for the file, write \.\/other/);
  vi.stubEnv("PATH", bare.path);
  expect((await runMatrix(["diff", "main"], { cwd: bare.path })).stderr).toMatch(/there is no git on the PATH/);
  expect((await runMatrix(["diff", "matrix.yaml", "matrix.yaml"], { cwd: bare.path })).code).toBe(0);
});
