import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { GitFolder } from "../git/git-folder.ts";
import { keepFolders } from "../git/keep-folders.ts";
import { diff, matrixOf } from "./diff-told.ts";
import { runMatrix } from "./test-io.ts";

const kept = keepFolders();

// main: web -> a, then main: -> a b. topic parts after the first: -> a t. The working tree is topic with w.
const shop = kept(GitFolder.repository());
const parting = shop.commit({ "matrix.yaml": matrixOf("web", "a"), "infra/other.yaml": matrixOf("web", "o") });
shop.git("checkout", "-qb", "topic");
const topic = shop.commit({ "matrix.yaml": matrixOf("web", "a", "t") });
shop.git("checkout", "-q", "main");
const main = shop.commit({ "matrix.yaml": matrixOf("web", "a", "b") });
shop.git("checkout", "-q", "topic");
shop.write({ "matrix.yaml": matrixOf("web", "a", "t", "w") });

describe("which versions", () => {
  test.each([
    [[], "main...HEAD:matrix.yaml | matrix.yaml", "+t +w"],
    [["main"], "main:matrix.yaml | matrix.yaml", "+t +w -b"],
    [["--merge-base", "main"], "main...HEAD:matrix.yaml | matrix.yaml", "+t +w"],
    [["--merge-base", "main", "topic"], "main...topic:matrix.yaml | topic:matrix.yaml", "+t"],
    [["main", "topic"], "main:matrix.yaml | topic:matrix.yaml", "+t -b"],
    [["topic", "main"], "topic:matrix.yaml | main:matrix.yaml", "+b -t"],
    [["HEAD"], "HEAD:matrix.yaml | matrix.yaml", "+w"],
    [["main", "./matrix.yaml"], "main:matrix.yaml | ./matrix.yaml", "+t +w -b"],
    [["main", "infra/other.yaml"], "main:infra/other.yaml | infra/other.yaml", ""],
    [["main:infra/other.yaml"], "main:infra/other.yaml | infra/other.yaml", ""],
    [["main:infra/other.yaml", "topic"], "main:infra/other.yaml | topic:infra/other.yaml", ""],
    [["infra/other.yaml", "topic:matrix.yaml"], "infra/other.yaml | topic:matrix.yaml", "+a +t -o"],
    [["infra/other.yaml"], "infra/other.yaml | matrix.yaml", "+a +t +w -o"],
    [["main", "-"], "main:matrix.yaml | <stdin>", "+s -a -b"],
    [["-"], "<stdin> | matrix.yaml", "+a +t +w -s"],
  ])("%j", async (words, sides, edges) => {
    const stdin = Buffer.from(matrixOf("web", "s"));
    expect(await diff(shop.path, words, { stdin })).toMatchObject({ code: 0, sides, edges });
  });

  test("commits are told in full, and what was found is said", async () => {
    const ran = await runMatrix(["diff", "--format", "json"], { cwd: shop.path });
    expect(JSON.parse(ran.stdout)).toMatchObject({
      base: { commit: parting, isPresent: true },
      head: { commit: null },
    });
    expect(ran.stderr).toBe("");
    expect((await runMatrix(["diff", "-v"], { cwd: shop.path })).stderr).toBe(
      `note: ${parting.slice(0, 12)} is the commit at which HEAD and main parted\n`,
    );
    expect((await diff(shop.path, [parting, topic])).edges).toBe("+t");
    expect((await diff(shop.path, [main.slice(0, 10), "topic~1"])).edges).toBe("-b");
  });

  test("in a subfolder, paths are those of that folder, or of the top behind a colon", async () => {
    const cwd = join(shop.path, "infra");
    const same = { code: 0, edges: "" };
    expect(await diff(cwd, ["main", "other.yaml"])).toMatchObject({
      ...same,
      sides: "main:infra/other.yaml | other.yaml",
    });
    expect(await diff(cwd, ["main:./other.yaml"])).toMatchObject({
      ...same,
      sides: "main:infra/other.yaml | other.yaml",
    });
    expect(await diff(cwd, ["main:matrix.yaml"])).toMatchObject({
      edges: "+t +w -b",
      sides: "main:matrix.yaml | ../matrix.yaml",
    });
    expect(await diff(cwd, ["main:../matrix.yaml", "topic"])).toMatchObject({ edges: "+t -b" });
    expect(await diff(cwd, ["main:./../../x.yaml"])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/outside/),
    });
  });

  test("MATRIX_FILE names the file, also in another repository than this one", async () => {
    const elsewhere = kept(GitFolder.temporary());
    const env = { MATRIX_FILE: join(shop.path, "matrix.yaml") };
    expect(await diff(elsewhere.path, ["main"], { env })).toMatchObject({ edges: "+t +w -b" });
    expect(await diff(elsewhere.path, [], { env })).toMatchObject({ edges: "+t +w" });
    expect(await diff(elsewhere.path, ["main", "topic"], { env })).toMatchObject({ edges: "+t -b" });
    expect(await diff(shop.path, ["main"], { env: { MATRIX_FILE: "infra/other.yaml" } })).toMatchObject({ edges: "" });
    const stdin = Buffer.from(matrixOf("web", "s"));
    expect(await diff(shop.path, ["main"], { env: { MATRIX_FILE: "-" }, stdin })).toMatchObject({ edges: "+s -a -b" });
    elsewhere.write({ "matrix.yaml": matrixOf("web", "e") });
    expect(await diff(elsewhere.path, ["main"])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/not a git repository/),
    });
    // A file outside, against a path of this repository.
    expect(await diff(shop.path, ["main:matrix.yaml", join(elsewhere.path, "matrix.yaml")])).toMatchObject({
      edges: "+e -a -b",
    });
  });

  test("after a merge, what came from the default branch is no change", async () => {
    const merged = kept(GitFolder.temporary());
    shop.git("clone", "-q", ".", merged.path);
    merged.shell("git config user.email a@b && git config user.name a && git merge -q -s ours --no-edit origin/main");
    merged.write({ "matrix.yaml": matrixOf("web", "a", "b", "t") });
    merged.git("commit", "-qam", "both");
    // origin/HEAD is topic in this clone: the branch that was checked out there.
    merged.git("remote", "set-head", "origin", "main");
    expect(await diff(merged.path, [])).toMatchObject({
      sides: "origin/main...HEAD:matrix.yaml | matrix.yaml",
      edges: "+t",
    });
    merged.git("checkout", "-q", "--detach", "HEAD~1");
    expect(await diff(merged.path, ["origin/main", "HEAD"])).toMatchObject({ edges: "+t -b" });
    merged.git("config", "core.autocrlf", "true");
    merged.shell("rm matrix.yaml && git checkout -q -- matrix.yaml && grep -q $'\\r' matrix.yaml");
    expect(await diff(merged.path, ["HEAD"])).toMatchObject({ code: 0, edges: "" });
  });
});

describe("a word that could mean two things", () => {
  test("a file that is called as a branch changes nothing", async () => {
    shop.write({ main: matrixOf("web", "evil"), "origin/main": matrixOf("web", "evil"), HEAD: "evil" });
    expect(await diff(shop.path, ["main"])).toMatchObject({
      sides: "main:matrix.yaml | matrix.yaml",
      edges: "+t +w -b",
    });
    expect(await diff(shop.path, ["HEAD"])).toMatchObject({ edges: "+w" });
    expect(await diff(shop.path, ["origin/main"])).toMatchObject({
      code: 2,
      stderr:
        'error: git knows no commit "origin/main" here\n  help: for the file, write ./origin/main; else check its name with git rev-parse\n',
    });
    expect(await diff(shop.path, ["./origin/main"])).toMatchObject({ code: 0, edges: "+a +t +w -evil" });
    shop.shell("rm -r main origin HEAD");
  });

  test("a branch that is called as a file is asked about", async () => {
    shop.git("branch", "release.yaml", main);
    expect(await diff(shop.path, ["release.yaml"])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/"release.yaml" is a file, and a git reference as well\n.*write \.\/release\.yaml/),
    });
    expect(await diff(shop.path, ["refs/heads/release.yaml:matrix.yaml"])).toMatchObject({ edges: "+t +w -b" });
    expect(await diff(shop.path, ["./release.yaml"])).toMatchObject({
      code: 2,
      stderr: "error: ./release.yaml does not exist\n",
    });
    shop.git("branch", "-qD", "release.yaml");
  });

  test.each([
    [["--", "-x"], /"-x" is neither a file nor a git reference/],
    [["--", "--upload-pack=x"], /neither a file nor a git reference/],
    [["--upload-pack=x"], /unknown option/],
    [["main..topic"], /is a range.*\n.*write the two: main topic/],
    [["main...topic"], /write the two: --merge-base main topic/],
    [[":matrix.yaml"], /the index of git is not read/],
    [["-", "-"], /standard input can be only one version/],
    [["--merge-base", "./matrix.yaml"], /--merge-base needs a git reference/],
    [["main:nowhere.yaml", "topic"], /neither main:nowhere.yaml nor topic:nowhere.yaml exists/],
    [["./matrix.yaml", "./nowhere.yaml"], /nowhere.yaml does not exist/],
    [["mian"], /git knows no commit "mian" here/],
    [["main", "topic", "HEAD"], /too many arguments/],
    [["--env", "pord"], /neither version has an environment called "pord"\n.*did you mean "prod"/],
    [["--snapshot", "x.json"], /--snapshot is about live access\n.*add --live/],
    [["--timeout", "5"], /--timeout is about live access/],
    [["--format", "csv"], /knows no --format csv/],
    [["--fail-on", "error"], /knows no --fail-on error\n.*broadens, reach, rules and any/],
    [
      ["--fail-on", "all"],
      /'all' is invalid. Allowed choices are broadens, .*, several with commas, like broadens,reach/,
    ],
    [["--fail-on", "broadens,"], /'broadens,' is invalid/],
    [["--live", "--fail-on", "error,info"], /--live fails from one severity on/],
    [["infra/nowhere.yaml"], /infra\/nowhere.yaml does not exist/],
    [["--live", "main", "topic"], /--live compares one matrix with what is live/],
    [["--live", "--merge-base"], /--merge-base is about two versions/],
    [["--live", "--fail-on", "broadens"], /--live knows no --fail-on broadens/],
    [["--live", "--env", "a", "--env", "b"], /--live looks at one environment/],
    [["--live", "--write-exceptions", "--format", "json"], /cannot be used with option '--format/],
  ])("%j is refused", async (words, why) => {
    const { code, stdout, stderr } = await runMatrix(["diff", ...words], { cwd: shop.path });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(why);
  });

  test("the exit code says what was asked for", async () => {
    const exits = async (...words: readonly string[]) => (await diff(shop.path, words)).code;
    expect(await exits("main", "topic", "--fail-on", "broadens")).toBe(1);
    expect(await exits("topic", "topic~1", "--fail-on", "broadens", "--fail-on", "reach", "--fail-on", "rules")).toBe(
      0,
    );
    expect(await exits("topic", "topic~1", "--fail-on", "any")).toBe(1);
    expect(await exits("topic", "topic~1", "--fail-on", "broadens,reach,rules")).toBe(0);
    expect(await exits("topic", "topic~1", "--fail-on", "broadens, any", "--fail-on", "reach")).toBe(1);
    expect(await exits("topic~1", "topic", "--fail-on", "reach")).toBe(1);
    expect(await exits("topic~1", "topic", "--detailed-exitcode")).toBe(1);
    expect(await exits("topic", "topic", "--detailed-exitcode", "--fail-on", "any")).toBe(0);
  });
});
