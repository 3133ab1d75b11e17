import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { matchApprovals } from "../../src/evidence/match-approvals.ts";
import { readApproval } from "../../src/evidence/read-approval.ts";
import type { HistoryRecord } from "../../src/evidence/statement.ts";
import { GitFolder } from "../git/git-folder.ts";
import { runMatrix, temporaryFolder } from "../cli/test-io.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const make = ["evidence", "matrix.example.yaml", "--env", "prod", "--snapshot", "matrix.example.snapshot.json"];

test("commits with a record and without; a changed file is not the committed one", async () => {
  const repo = temporaryFolder();
  const git = (...words: readonly string[]): string =>
    execFileSync("git", ["-c", "user.name=A", "-c", "user.email=a@b.example", ...words], {
      cwd: repo,
      encoding: "utf8",
      env: { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_COMMITTER_DATE: "2026-11-01T00:00:00Z" },
    }).trim();
  git("init", "-q", "-b", "main");
  for (const name of ["matrix.example.yaml", "matrix.example.snapshot.json"])
    cpSync(`${root}${name}`, join(repo, name));
  git("add", ".");
  git("commit", "-qm", "One\n\nApproved-by: nobody");
  const first = git("rev-parse", "HEAD");
  git("checkout", "-qb", "topic");
  const text = readFileSync(join(repo, "matrix.example.yaml"), "utf8");
  writeFileSync(join(repo, "matrix.example.yaml"), `${text}# more\n`);
  git("commit", "-qam", "Two");
  const head = git("rev-parse", "HEAD");
  git("checkout", "-q", "main");
  git("merge", "-q", "--no-ff", "-m", "Merge", "topic");
  const record = {
    schema: "matrix/approvals/v1",
    repository: "acme/shop",
    pullRequest: 7,
    author: "a",
    baseRef: "main",
    base: first,
    compared: head,
    head,
    matrix: "matrix.example.yaml",
    asOf: "2026-11-01T00:00:00Z",
    needs: [
      {
        owner: "x",
        github: ["@x"],
        fingerprints: [],
        approvals: [{ user: "dana", team: "@x", at: null, review: 1, url: null }],
        state: "approved",
        problems: [],
      },
    ],
    complete: true,
    version: "1",
  };
  mkdirSync(join(repo, "records"));
  writeFileSync(join(repo, "records/a.json"), JSON.stringify(record));
  const ran = await runMatrix([...make, "--out", "p", "--approvals", "records"], { cwd: repo });
  expect(ran.stderr).toMatch(/^wrote p/);
  const statement = JSON.parse(readFileSync(join(repo, "p/statement.json"), "utf8")) as {
    recorded: { commit: { state: string; id: string } };
    approvals: { commits: { id: string; subject: string; records: string[] }[] };
  };
  expect(statement.recorded.commit).toMatchObject({ state: "committed", id: git("rev-parse", "HEAD") });
  expect(statement.approvals.commits.map(({ subject, records }) => [subject, records])).toEqual([
    ["Merge", [`approvals/7-${head.slice(0, 12)}.json`]],
    ["One", []],
  ]);
  expect(readFileSync(join(repo, "p/statement.md"), "utf8")).toContain("1 have a record and 1 have none");
  expect((await runMatrix(["evidence", "verify", "p"], { cwd: repo })).code).toBe(0);
  writeFileSync(join(repo, "matrix.example.yaml"), `${text}# less\n`);
  await runMatrix([...make, "--out", "q"], { cwd: repo });
  expect(readFileSync(join(repo, "q/statement.md"), "utf8")).toContain("not committed: it differs from");
  expect(readApproval(JSON.stringify({ ...record, needs: [{ ...record.needs[0], state: "missing" }] }))).toHaveProperty(
    "problem",
  );
  expect(readApproval("{}")).toHaveProperty("problem");
}, 30_000);

test("a squash is matched by its changes, exactly, and an approval is used once", async () => {
  const repo = GitFolder.repository();
  onTestFinished(() => repo.remove());
  const text = readFileSync(join(root, "matrix.example.yaml"), "utf8");
  const more = (lines: string): string => text.replace(/^trust:\n/m, `trust:\n${lines}`);
  const snapshot = readFileSync(join(root, "matrix.example.snapshot.json"));
  const [from = "", to = ""] = pairOf(text);
  const added = `  ${from} -> ${to}: Because\n`;
  const commit = (day: number, matrix: string): string => {
    repo.write({ "matrix.example.yaml": matrix, "matrix.example.snapshot.json": snapshot });
    repo.git("add", "-A");
    repo.shell(`GIT_COMMITTER_DATE=2026-10-0${day}T00:00:00Z git commit -qm ${day}`);
    return repo.git("rev-parse", "HEAD");
  };
  const first = commit(1, text);
  repo.git("checkout", "-qb", "topic");
  commit(2, more(`  ${from} -> ${to}: Not yet\n`));
  const head = commit(2, more(added));
  const diff = await runMatrix(
    ["diff", `${first}:matrix.example.yaml`, "matrix.example.yaml", "--format", "json", "--as-of", "2026-10-02"],
    { cwd: repo.path },
  );
  expect(diff.stderr).toBe("");
  const { approvers } = JSON.parse(diff.stdout) as {
    approvers: readonly { owner: string | null; github: readonly string[]; changes: readonly string[] }[];
  };
  expect(approvers.length).toBeGreaterThan(0);
  repo.git("checkout", "-q", "main");
  repo.git("merge", "-q", "--squash", "topic");
  const squash = commit(4, more(added));
  expect(repo.git("rev-parse", "HEAD^")).toBe(first);
  commit(5, text);
  commit(6, more(added));
  const record = {
    schema: "matrix/approvals/v1",
    repository: "acme/shop",
    pullRequest: 12,
    author: "a",
    baseRef: "main",
    base: first,
    compared: head,
    head,
    matrix: "matrix.example.yaml",
    asOf: "2026-10-03T00:00:00Z",
    needs: approvers.map(({ owner, github, changes }) => ({
      owner,
      github,
      fingerprints: changes,
      approvals: [{ user: "dana", team: "@x", at: null, review: 1, url: null }],
      state: "approved",
      problems: [],
    })),
    complete: true,
    version: "1",
  };
  let pack = 0;
  const packed = async (change: Partial<typeof record>, ...words: readonly string[]) => {
    const out = `../${repo.path.split("/").at(-1) ?? ""}/.git/p${(pack += 1)}`;
    repo.write({ ".git/record.json": JSON.stringify({ ...record, ...change }) });
    await runMatrix([...make, "--out", out, "--approvals", ".git/record.json", ...words], { cwd: repo.path });
    expect((await runMatrix(["evidence", "verify", out], { cwd: repo.path })).code).toBe(0);
    const read = (name: string): string => readFileSync(join(repo.path, out, name), "utf8");
    const { approvals, recorded } = JSON.parse(read("statement.json")) as {
      recorded: { history: HistoryRecord };
      approvals: { commits: readonly { id: string; subject: string; by: string | null }[] };
    };
    return {
      recorded,
      by: Object.fromEntries(approvals.commits.map((each) => [each.subject, each.by])),
      text: read("statement.md"),
    };
  };
  const none = { 1: null, 4: null, 5: null, 6: null };
  const found = await packed({});
  expect(found.by).toEqual({ ...none, 4: "changes" });
  expect(found.text).toMatch(
    new RegExp(`${squash.slice(0, 12)}.*approved by record of pull request 12, by its changes: .approvals/12-`),
  );
  // Used by a commit that is not listed, it is used all the same.
  expect((await packed({}, "--from", "2026-10-05")).by).toEqual({ 5: null, 6: null });
  const [need, ...rest] = record.needs;
  if (need === undefined) throw new Error("nothing needs approval");
  // The same without a repository, as verify does it: what differs in one thing covers nothing.
  const { history } = found.recorded;
  const again = (change: Partial<typeof record>): readonly (string | null)[] =>
    matchApprovals(new Map([["r.json", JSON.stringify({ ...record, ...change })]]), history).commits.map(
      ({ by }) => by,
    );
  expect(again({})).toEqual([null, null, "changes", null]);
  const refused: readonly Partial<typeof record>[] = [
    { asOf: "2026-10-07T00:00:00Z" },
    { matrix: "other.yaml" },
    { needs: [{ ...need, fingerprints: need.fingerprints.slice(1) }, ...rest] },
    { needs: [{ ...need, owner: "somebody" }, ...rest] },
    { needs: [{ ...need, github: ["@other"] }, ...rest] },
    { needs: [{ ...need, state: "missing" }, ...rest], complete: false },
  ];
  for (const change of refused) expect(again(change)).toEqual([null, null, null, null]);
}, 30_000);

/** Two services of the example that no edge connects yet. */
function pairOf(text: string): readonly string[] {
  const names = ["adservice", "cartservice", "emailservice", "shippingservice", "currencyservice"].filter((name) =>
    new RegExp(`^  ${name}:`, "m").test(text),
  );
  const pairs = names.flatMap((from) => names.map((to) => [from, to]));
  return pairs.find(([from, to]) => from !== to && !text.includes(`${from} -> ${to}`)) ?? [];
}
