import { rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { GitFolder } from "../git/git-folder.ts";
import { keepFolders } from "../git/keep-folders.ts";
import { diff, matrixOf } from "./diff-told.ts";

const kept = keepFolders();

describe("a file that is not on both sides", () => {
  const moved = kept(GitFolder.repository());
  moved.commit({ "old ü/m x.yaml": matrixOf("web", "a", "b", "c"), "readme.md": "x" });
  moved.git("mv", "old ü", "neu");
  moved.git("mv", "neu/m x.yaml", "neu/matrix.yaml");
  moved.commit({ "neu/matrix.yaml": matrixOf("web", "a", "b", "c", "d") });

  test("is followed where git sees that it was renamed", async () => {
    const note = "note: old ü/m x.yaml was renamed to neu/matrix.yaml\n";
    const back = { sides: "HEAD~1:old ü/m x.yaml | neu/matrix.yaml", edges: "+d", stderr: note };
    expect(await diff(moved.path, ["HEAD~1", "neu/matrix.yaml"])).toMatchObject(back);
    expect(await diff(moved.path, ["HEAD~1:old ü/m x.yaml"])).toMatchObject(back);
    expect(await diff(moved.path, ["HEAD~1:old ü/m x.yaml", "HEAD"])).toMatchObject({ edges: "+d", stderr: note });
    expect(await diff(moved.path, ["HEAD~1", "HEAD:neu/matrix.yaml"])).toMatchObject({ edges: "+d", stderr: note });
    expect(await diff(join(moved.path, "neu"), ["HEAD~1"])).toMatchObject({ edges: "+d" });
  });

  test("counts as one that declares nothing, and says so", async () => {
    const added = await diff(moved.path, ["HEAD~1:nowhere.yaml", "neu/matrix.yaml"]);
    expect(added).toMatchObject({ code: 0, edges: "+a +b +c +d", stderr: "" });
    const removed = await diff(moved.path, ["HEAD:neu/matrix.yaml", "nowhere.yaml"]);
    expect(removed).toMatchObject({ code: 0, edges: "-a -b -c -d", stderr: "" });
  });

  test("a matrix by its own name that was deleted, and one that is new", async () => {
    const gone = kept(GitFolder.repository());
    gone.commit({ "x.txt": "x" });
    gone.commit({ "matrix.yml": matrixOf("web", "a") });
    gone.shell("rm matrix.yml");
    expect(await diff(gone.path, ["HEAD"])).toMatchObject({ sides: "HEAD:matrix.yml | matrix.yml", edges: "-a" });
    expect(await diff(gone.path, ["HEAD~1", "HEAD"])).toMatchObject({
      sides: "HEAD~1:matrix.yml | HEAD:matrix.yml",
      edges: "+a",
    });
    expect(await diff(gone.path, ["HEAD~1"])).toMatchObject({
      code: 2,
      stderr:
        "error: there is no matrix.yaml or matrix.yml at HEAD~1, nor here\n  help: set MATRIX_FILE, or name the file: matrix diff HEAD~1 PATH\n",
    });
    symlinkSync("x.txt", join(gone.path, "matrix.yaml"));
    gone.commit({});
    rmSync(join(gone.path, "matrix.yaml"));
    gone.write({ "matrix.yaml": matrixOf("web", "a") });
    expect(await diff(gone.path, ["HEAD"])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/matrix.yaml is a link at HEAD/),
    });
  });

  test("one file is compared with the matrix of the working tree, which has to be there", async () => {
    const nested = kept(GitFolder.repository());
    nested.commit({ "infra/my trust/matrix.yaml": matrixOf("web", "a"), "b.yaml": matrixOf("web", "b") });
    const told = async (...words: readonly string[]): Promise<string> => (await diff(nested.path, words)).stderr;
    const one =
      "error: one operand is BASE, and is compared with the matrix of the working tree: there is no matrix.yaml or matrix.yml here\n";
    expect(await told("infra/my trust/matrix.yaml")).toBe(
      `${one}  help: set MATRIX_FILE, name both, or for this file since main: matrix diff main 'infra/my trust/matrix.yaml'\n`,
    );
    expect(await told("-")).toBe(`${one}  help: set MATRIX_FILE, or name both: matrix diff REF:PATH -\n`);
    expect(await told()).toBe(
      "error: there is no matrix.yaml or matrix.yml at main...HEAD, nor here\n  help: set MATRIX_FILE, or name the file: matrix diff REF PATH\n",
    );
    expect(await told("main", "HEAD")).toMatch(
      /help: set MATRIX_FILE, or name the file: matrix diff main:PATH HEAD\n$/,
    );
    nested.git("branch", "-qm", "trunk");
    expect(await told("b.yaml")).toMatch(/for this file since REF: matrix diff REF b.yaml\n$/);
    const env = { MATRIX_FILE: "infra/my trust/matrix.yaml" };
    const bare = kept(GitFolder.temporary());
    bare.write({ "b.yaml": matrixOf("web", "b") });
    expect((await diff(bare.path, ["b.yaml"])).stderr).toMatch(
      /compare it with what is live: matrix diff --live b.yaml\n$/,
    );
    expect(await diff(nested.path, ["b.yaml"], { env })).toMatchObject({ code: 0, edges: "+a -b" });
    expect((await diff(nested.path, ["./b.yaml"], { env: { MATRIX_FILE: "b.yaml" } })).stderr).toBe(
      "error: one operand is BASE, and is compared with the matrix of the working tree: both are b.yaml\n  help: for this file since REF: matrix diff REF b.yaml\n",
    );
  });

  test("a pattern of include that reaches into a submodule is refused, as its name is", async () => {
    const inner = kept(GitFolder.repository());
    inner.commit({ "x.yaml": "services: { x: {} }\n", "deep/y.yaml": "services: { y: {} }\n" });
    const outer = kept(GitFolder.repository());
    outer.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", inner.path, "infra/teams/lib");
    const rootWith = (include: string): string =>
      matrixOf("web", "a").replace("version: 1", `version: 1\ninclude: ["${include}"]`);
    const told = async (include: string): Promise<string> => {
      outer.commit({ "infra/matrix.yaml": rootWith(include), "infra/teams/own.yaml": "services: { own: {} }\n" });
      const { code, stderr } = await diff(join(outer.path, "infra"), ["HEAD"]);
      return code === 0 ? "compared" : (/error\[include\]: (.*)/.exec(stderr)?.[1] ?? stderr);
    };
    for (const reaching of [
      "teams/**/*.yaml",
      "teams/*/x.yaml",
      "teams/lib/*.yaml",
      "teams/lib/deep/*.yaml",
      "teams/lib/x.yaml",
    ])
      expect(await told(reaching), reaching).toBe("teams/lib is a submodule at HEAD");
    for (const passing of ["teams/*.yaml", "*/own.yaml", "t?ams/o*.yaml"])
      expect(await told(passing), passing).toBe("compared");
  });

  test("includes are read at the same commit", async () => {
    const split = kept(GitFolder.repository());
    const root = matrixOf("web", "a").replace("version: 1", "version: 1\ninclude: [tëams/*.yaml]");
    const team = (name: string) => `services:\n  ${name}: {}\ntrust:\n  web -> ${name}: Works\n`;
    split.commit({ "sub folder/matrix.yaml": root, "sub folder/tëams/b c.yaml": team("b") });
    split.commit({ "sub folder/tëams/d.yaml": team("d") });
    split.write({ "sub folder/tëams/e.yaml": team("e") });
    const cwd = join(split.path, "sub folder");
    expect(await diff(cwd, ["HEAD"])).toMatchObject({ edges: "+e" });
    expect(await diff(cwd, ["HEAD~1", "HEAD"])).toMatchObject({ edges: "+d" });
    expect(await diff(split.path, ["HEAD~1:sub folder/matrix.yaml"])).toMatchObject({ edges: "+d +e" });
    // A version without a definite meaning is no base.
    split.commit({ "sub folder/tëams/f.yaml": "services: [" });
    split.shell("rm 'sub folder/tëams/f.yaml'");
    const broken = await diff(cwd, ["HEAD"]);
    expect(broken).toMatchObject({ code: 2, sides: "" });
    expect(broken.stderr).toMatch(/^error: HEAD:sub folder\/matrix.yaml has no definite meaning:\n[^]*tëams\/f.yaml:1/);
  });
});
