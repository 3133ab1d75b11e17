import { afterAll, expect, test } from "vitest";
import { GitFolder } from "../git/git-folder.ts";
import { matrix } from "../drift/cases/drift-case.ts";
import { runMatrix } from "../cli/test-io.ts";
import { CHECKOUT, set } from "./report-of.ts";

const folder = GitFolder.repository();
afterAll(() => {
  folder.remove();
});

const services = "services:\n  checkout: {}\n  billing: {}\n";

test("each change is held against the commit that was in force, which git tells", async () => {
  const versions = [
    ["2026-09-01T00:00:00Z", matrix(`${services}trust: {}\n`)],
    ["2026-10-10T00:00:00Z", matrix(`${services}trust: { checkout -> billing: Charges cards }\n`)],
  ] as const;
  for (const [at, text] of versions) {
    folder.write({ "matrix.yaml": text });
    folder.shell(`git add -A . && GIT_COMMITTER_DATE=${at} git commit -q -m change`);
  }
  const days = ["05", "15"].map((day) => set(`2026-10-${day}T00:00:00Z`, [["ADD", "roles/run.invoker", CHECKOUT]]));
  // The second one adds again: in between somebody took it out, which is nowhere written.
  folder.write({ "log.json": `${days.map((each) => JSON.stringify(each)).join("\n")}\n` });
  const argv = ["changes", "--from", "2026-10-01", "--to", "2026-10-31", "--log", "log.json", "--format", "json"];
  const { code, stdout } = await runMatrix(argv, { cwd: folder.path });
  const told = JSON.parse(stdout) as {
    readonly withoutHistory: string | null;
    readonly changes: readonly { readonly standing: string; readonly commit: { readonly at: string } }[];
  };
  expect(told.changes.map(({ standing, commit }) => [standing, commit.at])).toEqual([
    ["undeclared", "2026-09-01T00:00:00Z"],
    ["declared", "2026-10-10T00:00:00Z"],
  ]);
  expect([told.withoutHistory, code]).toEqual([null, 3]);
});
