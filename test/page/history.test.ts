import { expect, onTestFinished, test } from "vitest";
import { GitFolder } from "../git/git-folder.ts";
import { matrixText } from "../history/history-of.ts";
import { runMatrix } from "../cli/test-io.ts";
import { dataIn } from "./page-of.ts";

const report = (cwd: string) => runMatrix(["report", "-o", "-", "--history"], { cwd });

test("a page says which commit it shows, and since when each edge is in the matrix", async () => {
  const folder = GitFolder.repository();
  onTestFinished(() => folder.remove());
  const first = folder.commit({ "matrix.yaml": matrixText(["a -> b"]) });
  const second = folder.commit({ "matrix.yaml": matrixText(["a -> b", "a -> c"]) });

  const committed = (await report(folder.path)).stdout;
  expect(committed).toContain(`<code>${second}, `);
  const { strings } = dataIn(committed);
  expect(strings.filter((text) => text.includes(first.slice(0, 12)))).toHaveLength(1);
  expect(strings.filter((text) => text.includes(second.slice(0, 12)))).toHaveLength(1);

  folder.write({ "matrix.yaml": matrixText(["a -> b", "a -> c", "b -> c"]) });
  const changed = (await report(folder.path)).stdout;
  expect(changed).toContain("<code>none: the files differ from every commit</code>");
  expect(dataIn(changed).strings).toContain("not committed yet");
});

test("where there is no git, --history is refused", async () => {
  const folder = GitFolder.temporary();
  onTestFinished(() => folder.remove());
  folder.write({ "matrix.yaml": matrixText(["a -> b"]) });
  const { code, stdout } = await report(folder.path);
  expect(code).toBe(2);
  expect(stdout).toBe("");
});
