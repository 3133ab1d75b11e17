import { expect, test } from "vitest";
import { runMatrix, temporaryFolder } from "../cli/test-io.ts";
import { replay, transcripts } from "../cli/transcript.ts";

test.each(transcripts.filter(({ name }) => name.startsWith("guard")))("$name", async ({ path, text }) => {
  await expect(await replay(text, temporaryFolder)).toMatchFileSnapshot(path);
});

test("the schema is printed", async () => {
  const { stdout, code } = await runMatrix(["schema", "--of", "guard"], { cwd: temporaryFolder() });
  expect(code).toBe(0);
  expect(stdout).toContain("matrix/guard/v1");
});
