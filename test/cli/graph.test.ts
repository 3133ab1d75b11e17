import { describe, expect, test } from "vitest";
import { GitFolder } from "../git/git-folder.ts";
import { keepFolders } from "../git/keep-folders.ts";
import { matrixOf } from "./diff-told.ts";
import { editSnapshot, exampleSnapshotText } from "./edit-snapshot.ts";
import { runMatrix, temporaryFolder } from "./test-io.ts";

const kept = keepFolders();

/** Edges of DOT as `from > to: label`, by the names in the boxes. */
function edgesIn(dot: string): readonly string[] {
  const names = new Map(
    [...dot.matchAll(/^ +(n\d+) \[id="n\d+", label="(.*?)(?:\\n.*?)?",? ?/gm)].map(([, id, name]) => [id, name]),
  );
  return [...dot.matchAll(/^ +(n\d+) -> (n\d+) \[(.*)\]$/gm)]
    .map(([, from, to, rest = ""]) => `${names.get(from)} > ${names.get(to)}: ${/label="(.*?)"/.exec(rest)?.[1] ?? ""}`)
    .map((line) => line.replace(/[\s",]*:/, ":").trim())
    .sort();
}

describe("what came and went, in a repository", () => {
  const shop = kept(GitFolder.repository());
  shop.commit({ "matrix.yaml": matrixOf("web", "a", "b") });
  shop.git("checkout", "-qb", "topic");
  shop.commit({ "matrix.yaml": matrixOf("web", "a", "t") });
  const now = matrixOf("web", "a", "t", "w");
  shop.write({ "matrix.yaml": now, "same.yaml": now });
  const graph = (...words: readonly string[]) => runMatrix(["graph", "--format", "dot", ...words], { cwd: shop.path });

  test.each([
    ["main", ["web > a:", "web > b: − lost", "web > t: + gained", "web > w: + gained"]],
    ["HEAD", ["web > a:", "web > t:", "web > w: + gained"]],
    ["./same.yaml", ["web > a:", "web > t:", "web > w:"]],
  ])("--diff %s", async (base, edges) => {
    const { code, stdout, stderr } = await graph("--diff", base);
    expect({ code, stderr, edges: edgesIn(stdout) }).toEqual({ code: 0, stderr: "", edges });
  });

  test("a service that is gone is a node as long as an edge of it is shown", async () => {
    const { stdout } = await graph("--diff", "main", "--focus", "web");
    expect(stdout).toMatch(/label="b\\ngone".*dashed/);
  });

  test("a reference that there is not, and a base without a meaning, end with 2", async () => {
    const none = await graph("--diff", "nowhere:matrix.yaml");
    expect({ code: none.code, stdout: none.stdout }).toEqual({ code: 2, stdout: "" });
    shop.write({ "broken.yaml": "version: 1\nservices: { a: { owner: nobody } }\n" });
    const broken = await graph("--diff", "./broken.yaml");
    expect({ code: broken.code, stdout: broken.stdout }).toEqual({ code: 2, stdout: "" });
    expect(broken.stderr).toContain("broken.yaml has no definite meaning");
  });
});

describe("what the graph does not hold", () => {
  test("what Mermaid does not draw is said, and written all the same", async () => {
    const folder = new GitFolder(temporaryFolder());
    const names = Array.from({ length: 24 }, (_, i) => `s${i}`);
    const trust = names.flatMap((from) => names.filter((to) => to !== from).map((to) => `  ${from} -> ${to}: Calls`));
    const head = "version: 1\nenvironments: { prod: { project: acme-prod, regions: [europe-west1] } }\nservices:\n";
    const text = `${head}${names.map((name) => `  ${name}: {}\n`).join("")}trust:\n${trust.join("\n")}\n`;
    folder.write({ "matrix.yaml": text });
    const { code, stdout, stderr } = await runMatrix(["graph"], { cwd: folder.path });
    expect(code).toBe(0);
    expect(stdout.match(/-->/g)).toHaveLength(552);
    expect(stderr).toBe(
      "552 edges are more than anybody follows: --focus NAME draws what is around it\nwarning: GitHub will not draw this: 552 edges, and Mermaid draws 500; add --focus NAME, or --format svg\n",
    );
    expect((await runMatrix(["graph", "--format", "dot"], { cwd: folder.path })).stderr).not.toContain("GitHub");
  });

  test("a reading that is not whole ends with 3 in every format, and the picture says it", async () => {
    const folder = new GitFolder(temporaryFolder());
    const denied = `container("projects/boutique-prod").policy = { status: "denied", reason: "no" };`;
    const example = new URL("../../matrix.example.yaml", import.meta.url).pathname;
    folder.write({ "whole.json": exampleSnapshotText, "half.json": editSnapshot(denied) });
    const graph = (snapshot: string, format: string) =>
      runMatrix(["graph", example, "--format", format, "--snapshot", snapshot], { cwd: folder.path });
    for (const format of ["mermaid", "dot", "svg"]) {
      const half = await graph("half.json", format);
      expect({ code: half.code, stderr: half.stderr }).toEqual({
        code: 3,
        stderr: "not everything could be read: what is missing in the graph is not known to be absent\n",
      });
      if (format !== "mermaid") expect(half.stdout).toContain("not everything was read");
    }
    const whole = await graph("whole.json", "svg");
    expect({ code: whole.code, stderr: whole.stderr }).toEqual({ code: 0, stderr: "" });
    expect(whole.stdout).not.toContain("not everything was read");
    expect(whole.stdout).toMatch(/data-caller="group:contractors@boutique\.example".*data-state="undeclared"/);
  });
});
