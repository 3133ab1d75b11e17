import { afterAll, expect, test } from "vitest";
import { GitFolder } from "../git/git-folder.ts";
import { diff, matrixOf } from "./diff-told.ts";
import { runMatrix } from "./test-io.ts";

const shop = GitFolder.repository();
afterAll(() => {
  shop.remove();
});
// In EUC-JP, as the checkout has it, the yen sign is a backslash, and the string goes on to the next quote.
const hidden = `{ version: 1, x-a: "¥", environments: { prod: { project: acme-prod, regions: [europe-west1] } },
services: { web: {} }, x-b: " , environments: {}, services: {}, x-c: #" }\n`;
shop.commit({ "matrix.yaml": matrixOf("web", "a"), "team.yaml": "services: {}\n" });
shop.git("checkout", "-qb", "altered");
shop.commit({ "matrix.yaml": hidden, ".gitattributes": "matrix.yaml text working-tree-encoding=EUC-JP\n" });
shop.git("checkout", "-qb", "included", "main");
shop.commit({
  "matrix.yaml": `${matrixOf("web", "a")}include: [team.yaml]\n`,
  ".gitattributes": "team.yaml filter=lfs\n",
});
shop.git("checkout", "-qb", "mended");
shop.commit({ ".gitattributes": "other.yaml filter=lfs\n" });

test.each([
  ["altered", "matrix.yaml", "working-tree-encoding=EUC-JP"],
  ["included", "team.yaml", "filter=lfs"],
])("a version that is checked out with other bytes is refused: %s", async (branch, file, attribute) => {
  const ran = await runMatrix(["diff", "main", branch], { cwd: shop.path });
  expect(ran).toMatchObject({ code: 2, stdout: "" });
  expect(ran.stderr).toBe(
    `error: ${file} is checked out with other bytes than ${branch} holds: .gitattributes gives it ${attribute}\n` +
      "  help: take the attribute away: what is judged must be what is deployed\n",
  );
});

test("of the earlier one it is said, so that a change can take the attribute away", async () => {
  const warning = "warning: team.yaml is checked out with other bytes than included holds";
  const ran = await diff(shop.path, ["included", "mended"]);
  expect([ran.code, ran.edges, ran.stderr]).toEqual([0, "", expect.stringContaining(warning)]);
  // The file on the disk is what it is.
  expect((await diff(shop.path, ["included"])).stderr).toContain(warning);
  const checked = await runMatrix(["validate", "--new-since", "included"], { cwd: shop.path });
  expect([checked.code, checked.stderr]).toEqual([0, expect.stringContaining(warning)]);
  expect((await diff(shop.path, ["main", "mended"])).stderr).toBe("");
});
