import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { runnerCommand } from "../report/runner-command.ts";
import { pullRequestEvent, scripted } from "./act.ts";
import { actOn, after, before, sharedCheckout } from "./act-on.ts";
import { pullRequestOf } from "./checkout.ts";

const shared = sharedCheckout();

describe("what is compared", () => {
  test("the head commit with its merge base, at one moment, each command once, with the paths of the repository", async () => {
    const checkout = pullRequestOf({ "infra/access.yaml": "version: 1\n" }, { "infra/access.yaml": "version: 1\n#\n" });
    checkout.git("checkout", "--quiet", "main");
    const tip = checkout.commit({ other: "x" });
    checkout.git("checkout", "--quiet", checkout.head);
    const { program, calls } = scripted({});
    const done = await actOn(checkout, {
      program,
      event: pullRequestEvent(tip, checkout.head),
      inputs: {
        matrix: "access.yaml",
        "working-directory": "infra",
        out: "out",
        "fail-on": "broadens, reach",
        comment: "false",
      },
    });
    expect(done.code).toBe(0);
    const at = "--as-of=2026-11-22T00:00:00Z";
    const operands = ["--", checkout.base, `${checkout.head}:infra/access.yaml`];
    expect(calls).toEqual([
      ["validate", "--format=github", at, `--new-since=${checkout.base}`, "--", "infra/access.yaml"],
      ["synth", "--check", at, "--out=infra/out", "--", "infra/access.yaml"],
      ["diff", "--format=json", at, "--fail-on=broadens", "--fail-on=reach", ...operands],
      ["diff", "--format=github", at, ...operands],
      ["diff", "--format=markdown", at, ...operands],
    ]);
  });

  test("GitHub's merge of the head with its first parent, even where the payload knows an older base", async () => {
    const checkout = pullRequestOf(before, after);
    checkout.git("checkout", "--quiet", "main");
    const tip = checkout.commit({ other: "x" });
    checkout.git("merge", "--quiet", "--no-ff", "-m", "Merge", checkout.head);
    const merged = checkout.git("rev-parse", "HEAD");
    const { program, calls } = scripted({});
    expect((await actOn(checkout, { program })).code).toBe(0);
    expect(calls[1]).toEqual(expect.arrayContaining([tip, `${merged}:matrix.yaml`]));
  });

  test("nothing but the head or its merge: approvals are for what was judged", async () => {
    const checkout = pullRequestOf(before, after);
    const { program, calls } = scripted({});
    const later = checkout.commit({ "matrix.yaml": "version: 1\n# smuggled\n" });
    const done = await actOn(checkout, { program });
    expect(done.code).toBe(2);
    expect(runnerCommand(done.log)).toMatchObject({ name: "error" });
    expect(done.log).toContain(`the checkout is at ${later}, which is neither the head of the pull request`);
    expect(calls).toEqual([]);
    // The head as the first parent is a merge of something else into the pull request.
    checkout.git("checkout", "--quiet", checkout.head);
    checkout.git("merge", "--quiet", "--no-ff", "-m", "Merge", later);
    expect((await actOn(checkout)).code).toBe(2);
  });

  test("a clone without the base says what to set", async () => {
    const checkout = shared;
    const done = await actOn(checkout, { event: pullRequestEvent("1".repeat(40), checkout.head) });
    expect(done.code).toBe(2);
    expect(runnerCommand(done.log.trimEnd())?.data).toBe(
      `git knows no commit "${"1".repeat(40)}" here\nhelp: set fetch-depth: 0 at actions/checkout`,
    );
  });

  test.each([
    ["no pull request", { ref: "refs/heads/main" }, {}, /this event is about no pull request/],
    ["approvals of none", {}, { "require-approvals": "true" }, /require-approvals reads the reviews of one/],
    ["a head that is no commit", pullRequestEvent("main", "--help"), {}, /not one of a pull request/],
    ["a base that starts with a hyphen", undefined, { base: "--output=x" }, /"--output=x" is not a git reference/],
    ["a slip in a flag", undefined, { "require-approvals": "yes" }, /the input require-approvals is "yes"/],
    ["a matrix outside", undefined, { matrix: "../matrix.yaml" }, /no path inside the repository/],
    ["a matrix that is an option", undefined, { matrix: "--live" }, /no path inside the repository/],
    ["standard input", undefined, { matrix: "-" }, /no path inside the repository/],
  ])("%s is refused", async (_, event, inputs, message) => {
    const checkout = shared;
    const done = await actOn(checkout, {
      event: event ?? pullRequestEvent(checkout.base, checkout.head),
      inputs: { comment: "false", ...inputs },
    });
    expect(done.code).toBe(2);
    expect(done.log).toMatch(message);
  });

  test("the input base, on any event", async () => {
    const checkout = shared;
    const { program, calls } = scripted({});
    const done = await actOn(checkout, { program, event: { ref: "x" }, inputs: { base: "main", comment: "true" } });
    expect(done.code).toBe(0);
    expect(calls[1]).toContain(checkout.base);
  });

  test("a group of a merge queue, of which the payload tells no pull request", async () => {
    const checkout = pullRequestOf(before, after);
    checkout.git("checkout", "--quiet", "-b", "gh-readonly-queue/main/pr-7", "main");
    checkout.git("merge", "--quiet", "--no-ff", "-m", "Merge", checkout.head);
    const merged = checkout.git("rev-parse", "HEAD");
    const event = {
      action: "checks_requested",
      merge_group: {
        head_sha: merged,
        head_ref: "refs/heads/gh-readonly-queue/main/pr-7",
        base_sha: checkout.base,
        base_ref: "refs/heads/main",
      },
      repository: { full_name: "acme/shop" },
    };
    const { program, calls } = scripted({ approvers: [{ owner: "x", github: ["@acme/payments"] }] });
    const queue = { base: checkout.base, "require-approvals": "false", comment: "true" };
    const done = await actOn(checkout, { program, event, inputs: queue });
    expect(done.code, done.log).toBe(0);
    expect(calls[1]).toEqual(expect.arrayContaining([checkout.base, `${merged}:matrix.yaml`]));
    expect(done.outputs).toMatchObject({ changed: "true", approvers: '["@acme/payments"]' });
    expect(done.outputs).not.toHaveProperty("approved");
    const without = await actOn(checkout, { event, inputs: { ...queue, base: "" } });
    expect([without.code, without.log]).toEqual([2, expect.stringContaining("merge_group.base_sha")]);
    const asked = await actOn(checkout, { event, inputs: { ...queue, "require-approvals": "true" } });
    expect([asked.code, asked.log]).toEqual([2, expect.stringContaining("set require-approvals to false")]);
  });

  test("a head without a history in common with the base, and a folder that is not there", async () => {
    const checkout = shared;
    const orphan = checkout.git("commit-tree", "-m", "x", `${checkout.base}^{tree}`);
    const apart = await actOn(checkout, { event: pullRequestEvent(orphan, checkout.head) });
    expect([apart.code, apart.log]).toEqual([2, expect.stringContaining("git finds no commit at which")]);
    const nowhere = await actOn(checkout, { inputs: { comment: "false", "working-directory": "nowhere" } });
    expect([nowhere.code, nowhere.log]).toEqual([2, expect.stringContaining("git finds no repository in")]);
  });

  test("a link in the checkout is not followed: it could lead to any file of the runner", async () => {
    const checkout = pullRequestOf(before, {});
    symlinkSync("/etc", join(checkout.folder, "infra"));
    const done = await actOn(checkout, { inputs: { matrix: "infra/passwd", comment: "false" } });
    expect(done.code).toBe(2);
    expect(done.log).toContain("infra is a link, and the input matrix leads over it");
  });
});
