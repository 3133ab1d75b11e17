import { describe, expect, test } from "vitest";
import type { FakeReview } from "../github/fake-github.ts";
import { approve, collect } from "./approve.ts";
import { runnerCommand } from "../report/runner-command.ts";
import { pullRequestEvent } from "./act.ts";
import { actOn, sharedCheckout } from "./act-on.ts";

const checkout = sharedCheckout();
const { head, base: old } = checkout;
const approved = (user: string, commit = head): FakeReview => ({ user, state: "APPROVED", commit });

test("an active member who approved the head commit is enough, and is put on record", async () => {
  const done = await approve(checkout, { reviews: [approved("ada")] });
  expect(done.code).toBe(0);
  expect(done.record).toEqual({
    schema: "matrix/approvals/v1",
    repository: "acme/shop",
    pullRequest: 7,
    author: "mallory",
    baseRef: "main",
    base: checkout.base,
    compared: head,
    head,
    matrix: "matrix.yaml",
    asOf: "2026-11-22T00:00:00Z",
    needs: [
      {
        owner: "team-payments",
        github: ["@acme/payments"],
        fingerprints: ["f1"],
        approvals: [
          {
            user: "ada",
            team: "@acme/payments",
            at: "2026-11-22T10:00:00Z",
            review: 1,
            url: "https://github.test/acme/shop/pull/7#pullrequestreview-1",
          },
        ],
        state: "approved",
        problems: [],
      },
    ],
    complete: true,
    version: expect.any(String),
  });
  expect(done.outputs).toMatchObject({ approved: "true", "approvals-file": expect.stringContaining("approvals.json") });
  expect(done.summary).toContain("### Approved");
});

describe("where approvals count", () => {
  const actInto = (
    into: string,
    inputs: Readonly<Record<string, string>>,
    event = pullRequestEvent(old, head, { into }),
  ) => actOn(checkout, { event, inputs: { comment: "false", "require-approvals": "true", ...inputs } });

  test.each([
    ["stacked", {}, "main"],
    ["Main", {}, "main"],
    ["release", { "protected-branches": "release/*, x" }, "main, release/* and x"],
    ["refs/heads/main", {}, "main"],
  ])("not for %s, which anybody may have made", async (into, inputs, counting) => {
    const done = await actInto(into, inputs);
    expect([done.code, done.outputs]).toEqual([2, {}]);
    expect(runnerCommand(done.log.trimEnd())?.data).toMatch(
      `this pull request goes into "${into}", and require-approvals counts only for ${counting}\nhelp: `,
    );
  });

  test("for one that is named, which the record holds; nowhere where the default is not told", async () => {
    const inputs = { "protected-branches": " hotfix,release/1.x " };
    const done = await approve(checkout, { into: "release/1.x", inputs, reviews: [approved("ada")] });
    expect([done.code, done.record.baseRef]).toEqual([0, "release/1.x"]);
    const { repository: _, ...event } = pullRequestEvent(old, head) as Readonly<Record<string, unknown>>;
    expect((await actInto("main", {}, event)).log).toContain("counts only for branches that protected-branches names");
    expect((await actInto("stacked", { "require-approvals": "false" })).code).toBe(0);
  });
});

describe("what counts as approval", () => {
  const cases: readonly (readonly [string, readonly FakeReview[], boolean])[] = [
    ["nothing", [], false],
    ["an earlier commit", [approved("ada", old)], false],
    ["an earlier commit, then the head", [approved("ada", old), approved("ada")], true],
    ["a comment after it", [approved("ada"), { ...approved("ada"), state: "COMMENTED" }], true],
    ["a draft after it", [approved("ada"), { ...approved("ada"), state: "PENDING" }], true],
    ["a request for changes after it", [approved("ada"), { ...approved("ada"), state: "CHANGES_REQUESTED" }], false],
    ["a request for changes before it", [{ ...approved("ada"), state: "CHANGES_REQUESTED" }, approved("ada")], true],
    ["a dismissal", [{ ...approved("ada"), state: "DISMISSED" }], false],
    ["a second one that was dismissed", [approved("ada"), { ...approved("ada"), state: "DISMISSED" }], false],
    ["only a comment", [{ ...approved("ada"), state: "COMMENTED" }], false],
    [
      "somebody else's request for changes",
      [approved("ada"), { ...approved("sam"), state: "CHANGES_REQUESTED" }],
      true,
    ],
    ["the author's own, in another case", [approved("Mallory")], false],
    ["a member who has not accepted yet", [approved("eve")], false],
    ["somebody outside", [approved("zoe")], false],
    ["a bot", [{ ...approved("ada"), type: "Bot" }], false],
    ["an account that is gone", [{ ...approved("ada"), user: null }], false],
    ["another spelling of a login", [{ ...approved("GRACE"), state: "APPROVED" }, approved("Grace")], true],
    ["a later word under another spelling", [approved("Grace"), { ...approved("grace"), state: "DISMISSED" }], false],
    ["a hostile login", [approved("../../user")], false],
  ];

  test("to the exit code", async () => {
    const done = await approve(checkout, { reviews: [approved("ada", old)] });
    expect([done.code, done.record.complete, done.outputs["approved"]]).toEqual([1, false, "false"]);
    expect(done.summary).toContain("### Not approved yet");
  });

  test.each(cases)("%s", async (_, reviews, counts) => {
    const done = { record: await collect(checkout, reviews) };
    expect(done.record.complete).toBe(counts);
    expect(done.record.needs[0]?.state).toBe(counts ? "approved" : "missing");
    if (!counts)
      expect(done.record.needs[0]?.problems).toEqual(["nobody of @acme/payments has approved the head commit"]);
  });

  test("an approval on the third page", async () => {
    const chat = Array.from({ length: 230 }, () => ({ user: "zoe", state: "COMMENTED", commit: old }));
    const done = await approve(checkout, { reviews: [...chat, approved("ada")] });
    expect(done.code).toBe(0);
    expect(done.requests.filter((path) => path.includes("/reviews")).length).toBe(3);
  });

  test("each team and user that an owner names, each owner", async () => {
    const approvers = [
      { owner: "moved", github: ["@acme/payments", "@acme/security"] },
      { owner: "grace", github: ["@GRACE"] },
    ];
    const one = await approve(checkout, { approvers, reviews: [approved("Grace")] });
    expect(one.record.needs.map(({ state }) => state)).toEqual(["missing", "approved"]);
    expect(one.record.needs[0]?.problems).toEqual(["nobody of @acme/security has approved the head commit"]);
    // One person in both teams speaks for both.
    const both = await approve(checkout, { approvers, reviews: [approved("ada"), approved("Grace")] });
    expect(both.code).toBe(0);
    expect(both.record.needs[0]?.approvals.map(({ user, team }) => `${user} ${team}`)).toEqual([
      "ada @acme/payments",
      "Grace @acme/payments",
      "ada @acme/security",
    ]);
    // A user is nobody else, least of all the author.
    const own = await approve(checkout, {
      approvers: [{ owner: "x", github: ["@mallory"] }],
      reviews: [approved("mallory")],
    });
    expect(own.record.needs[0]).toMatchObject({
      state: "missing",
      problems: ["@mallory has not approved the head commit"],
    });
  });

  test("nobody, where nobody is needed: GitHub is not even asked", async () => {
    const done = await approve(checkout, { approvers: [] });
    expect([done.code, done.record.complete, done.requests]).toEqual([0, true, []]);
  });

  test("never an owner without GitHub, nor what nobody owns", async () => {
    const approvers = [
      { owner: "team-web", github: [] },
      { owner: null, github: [] },
    ];
    const done = await approve(checkout, { approvers, reviews: [approved("ada")] });
    expect(done.code).toBe(1);
    expect(done.record.needs.map(({ state }) => state)).toEqual(["unassigned", "unassigned"]);
    expect(done.log).toContain("team-web has no github in owners, so nobody can approve");
  });
});
