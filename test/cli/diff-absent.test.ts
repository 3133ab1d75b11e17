import { rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { GitFolder } from "../git/git-folder.ts";
import { diff, matrixOf } from "./diff-told.ts";

const folders: GitFolder[] = [];
function kept(folder: GitFolder): GitFolder {
  folders.push(folder);
  return folder;
}
afterAll(() => {
  for (const folder of folders) folder.remove();
});

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
        "error: there is no matrix.yaml or matrix.yml at HEAD~1, nor here\n  help: name the file: REF:PATH, or ./FILE\n",
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
