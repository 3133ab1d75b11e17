import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { runMatrix, temporaryFolder } from "../cli/test-io.ts";
import { GitFolder } from "../git/git-folder.ts";

const example = fileURLToPath(new URL("../../matrix.example.yaml", import.meta.url));
const first = `version: 1
environments: { prod: { project: acme-prod, number: "111111111111", regions: [europe-west1] } }
services: { checkout: {}, billing: {}, cart: {} }
sets: { shops: [checkout] }
trust:
  shops -> billing: Charges
`;

test("since when a caller is in the matrix does not depend on the edge that says so", async () => {
  const folder = GitFolder.repository();
  onTestFinished(() => folder.remove());
  const before = folder.commit({ "matrix.yaml": first }).slice(0, 12);
  const other = first.replace("  shops ->", "  checkout ->");
  folder.commit({ "matrix.yaml": other });
  folder.write({ "matrix.yaml": `${other}  cart -> billing: Asks\n` });
  const { stdout, code } = await runMatrix(["who-can-call", "billing", "--history"], { cwd: folder.path });
  expect(code).toBe(0);
  const lines = stdout.split("\n").filter((line) => / · /.test(line));
  expect(lines[0]).toContain("not committed yet");
  expect(lines[1]).toContain(`(${before})`);
  const json = await runMatrix(["who-can-call", "billing", "--history", "--format", "json"], { cwd: folder.path });
  const { callers } = JSON.parse(json.stdout) as { callers: readonly { since: unknown }[] };
  expect(callers.map(({ since }) => since)).toMatchObject([
    { commit: null, at: null, isOlder: false },
    { subject: "change", isOlder: false, skipped: [] },
  ]);
});

/** A repository with one version a day. `{}` stands for more of the caller, then for what the edge says. */
async function daily(
  versions: readonly (readonly [day: string, caller: string, edge: string])[],
): Promise<Readonly<Record<"callers" | "edge" | "pair" | "page", string>>> {
  const folder = GitFolder.repository();
  onTestFinished(() => folder.remove());
  for (const [day, caller, edge] of versions) {
    const text = first.replace("checkout: {}", `checkout: ${caller}`).replace("Charges", edge);
    folder.write({ "matrix.yaml": edge === "" ? text.replace(/trust:[^]*/, "") : text, ".at": day });
    folder.git("add", "-A");
    folder.shell(`GIT_COMMITTER_DATE=${day}T00:00:00Z git commit -qm ${day}`);
  }
  const run = async (...words: readonly string[]): Promise<string> =>
    (await runMatrix([...words, "--as-of", "2026-12-01"], { cwd: folder.path })).stdout;
  const callers = await run("who-can-call", "billing", "--history");
  const { edges, since } = JSON.parse(
    await run("explain-access", "checkout", "billing", "--history", "--format", "json"),
  ) as { edges: readonly { since: { commit: { at: string } } }[]; since: { commit: { at: string } } };
  const page = await run("report", "-o", "-", "--history");
  return {
    callers: /since (\S+)/.exec(callers)?.[1] ?? "",
    edge: edges[0]?.since.commit.at.slice(0, 10) ?? "",
    pair: since.commit.at.slice(0, 10),
    page: / by Ana: (\S+?)"/.exec(page)?.[1] ?? "",
  };
}

const all = (day: string) => ({ callers: day, edge: day, pair: day, page: day });

test("another account behind the same key is a break, and so is an edge that had lapsed", async () => {
  const other = "{ account: { email: x@acme-dev.iam.gserviceaccount.com } }";
  const lapsing = "{ reason: r, expires: 2026-05-05 }";
  expect(
    await daily([
      ["2026-01-01", "{}", "Charges"],
      ["2026-02-01", other, "Charges"],
      ["2026-03-01", other, "Pays"],
    ]),
  ).toEqual(all("2026-02-01"));
  expect(
    await daily([
      ["2026-01-01", "{}", lapsing],
      ["2026-05-04", "{}", "{ reason: r, expires: 2026-07-01 }"],
      ["2026-06-30", "{}", "r"],
    ]),
  ).toEqual(all("2026-01-01"));
  expect(
    await daily([
      ["2026-01-01", "{}", lapsing],
      ["2026-06-01", "{}", "{ reason: r, expires: 2027-01-01 }"],
    ]),
  ).toEqual(all("2026-06-01"));
  expect(
    await daily([
      ["2026-01-01", "{}", "r"],
      ["2026-02-01", "{}", "{ reason: r, through: iap }"],
      ["2026-03-01", "{}", "r"],
    ]),
  ).toEqual(all("2026-03-01"));
});

test("without a history it says so, and answers all the same", async () => {
  const cwd = temporaryFolder();
  copyFileSync(example, join(cwd, "matrix.yaml"));
  const { code, stdout, stderr } = await runMatrix(["who-can-call", "ledger", "--history"], { cwd });
  expect(code).toBe(0);
  expect(stdout).toBe((await runMatrix(["who-can-call", "ledger"], { cwd })).stdout);
  expect(stderr).toMatch(/^since when: unknown \(/);
});
