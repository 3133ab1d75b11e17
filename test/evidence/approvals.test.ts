import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { readApproval } from "../../src/evidence/read-approval.ts";
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
}, 20_000);
