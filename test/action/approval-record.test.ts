import { existsSync, lstatSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { approvalsMarkdown } from "../../src/action/describe-approvals.ts";
import { temporaryFolder } from "../cli/test-io.ts";
import { type FakeReview, type GitHubOptions, startGitHub } from "../github/fake-github.ts";
import { runnerCommand } from "../report/runner-command.ts";
import { act, pullRequestEvent, scripted } from "./act.ts";
import { approve, tokens } from "./approve.ts";
import { sharedCheckout } from "./act-on.ts";

const checkout = sharedCheckout();
const { folder, head } = checkout;
const approved = (user: string, commit = head): FakeReview => ({ user, state: "APPROVED", commit });

describe("what GitHub does not tell is unknown, never approved", () => {
  const reviews = [approved("ada")];

  test("a team that the token cannot see", async () => {
    const done = await approve(checkout, { reviews, inputs: { "team-token": "" } });
    expect(done.code).toBe(3);
    expect(done.record.needs[0]?.state).toBe("unknown");
    expect(runnerCommand(done.log.trimEnd().split("\n").at(-1) ?? "")).toMatchObject({
      name: "error",
      data: "team-payments: the token cannot read the team @acme/payments (404: Not Found)",
    });
    expect(done.requests.every((request) => request.startsWith("workflow-token "))).toBe(true);
  });

  test("a team that is not there", async () => {
    const done = await approve(checkout, { reviews, approvers: [{ owner: "x", github: ["@acme/gone"] }] });
    expect(done.code).toBe(3);
  });

  test("a name that is none", async () => {
    const names = ["acme/payments", "@acme/..", "@acme/payments/x", "@a%2fb", ""];
    const done = await approve(checkout, { reviews, approvers: names.map((name) => ({ owner: "x", github: [name] })) });
    expect(done.record.needs.map(({ state }) => state)).toEqual(names.map(() => "unknown"));
    expect(done.requests.some((path) => path.includes("/orgs/"))).toBe(false);
  });

  test("members while GitHub is in trouble; one that is certain is enough", async () => {
    const options: GitHubOptions = {
      faults: ({ path }) => (path.endsWith("/memberships/ada") ? { when: "before", status: 500 } : undefined),
    };
    const done = await approve(checkout, { reviews, options });
    expect([done.code, done.record.needs[0]?.state]).toEqual([3, "unknown"]);
    const two = await approve(checkout, { reviews: [...reviews, approved("Grace")], options });
    expect(two.code).toBe(0);
  });

  test.each([
    [
      "a page that fails",
      { faults: ({ path }) => (path.includes("page=2") ? { when: "before", status: 404 } : undefined) },
    ],
    ["all that fails", { faults: () => ({ when: "before", status: 503 }) }],
  ] satisfies readonly (readonly [string, GitHubOptions])[])("reviews, for %s", async (_, options) => {
    const done = await approve(checkout, { reviews: [...reviews, ...reviews], options: { ...options, pageSize: 1 } });
    expect(done.code).toBe(3);
    expect(done.record.needs[0]).toMatchObject({ state: "unknown", approvals: [] });
  });

  test("reviews without a token", async () => {
    expect((await approve(checkout, { reviews, inputs: { token: "", "team-token": "" } })).code).toBe(3);
  });
});

describe("the record", () => {
  const write = async (name: string, temporary = temporaryFolder()) =>
    act({
      folder,
      program: scripted({}).program,
      event: pullRequestEvent(checkout.base, head),
      env: { GITHUB_API_URL: (await startGitHub({ tokens })).url, RUNNER_TEMP: temporary },
      inputs: { comment: "false", "require-approvals": "true", "approvals-file": name },
    });

  test("replaces a link that the pull request left in its place", async () => {
    const victim = join(temporaryFolder(), "victim");
    writeFileSync(victim, "untouched");
    symlinkSync(victim, join(folder, "linked.json"));
    expect((await write("linked.json")).code).toBe(0);
    expect(readFileSync(victim, "utf8")).toBe("untouched");
    expect(lstatSync(join(folder, "linked.json")).isSymbolicLink()).toBe(false);
  });

  test.each(["../out.json", "away/approvals.json", "away/new/approvals.json", "/tmp/matrix-approvals-of-nobody.json"])(
    "is not written to %s, out of the workspace",
    async (name) => {
      const away = temporaryFolder();
      rmSync(join(folder, "away"), { force: true });
      symlinkSync(away, join(folder, "away"));
      const done = await write(name);
      expect(done.code).toBe(2);
      expect(done.log).toContain("leads out of the workspace");
      expect(existsSync(join(away, "approvals.json"))).toBe(false);
      expect(existsSync(join(away, "new"))).toBe(false);
    },
  );

  test("keeps hostile names text, in Markdown and in the log", async () => {
    const hostile = "x | <img src=//evil> @all `c`\n::error::pwned";
    const done = await approve(checkout, {
      approvers: [{ owner: hostile, github: [hostile] }],
      reviews: [approved("ada")],
    });
    const commands = done.log.split("\n").flatMap((line) => runnerCommand(line)?.name ?? []);
    expect(commands).toEqual(["error"]);
    const row = done.summary.split("\n").find((line) => line.includes("evil")) ?? "";
    expect(row).not.toMatch(/<img|@all|`c`/);
    expect(row.match(/ \| /g)?.length).toBe(3);
    const many = { ...done.record, needs: Array.from({ length: 500 }, () => done.record.needs).flat() };
    expect(approvalsMarkdown(many)).toContain("and 450 more in the record");
  });
});
