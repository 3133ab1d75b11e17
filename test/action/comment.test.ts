import { describe, expect, test } from "vitest";
import { type GitHubFacts, startGitHub } from "../github/fake-github.ts";
import { scripted } from "./act.ts";
import { actOn, after, before, sharedCheckout } from "./act-on.ts";
import { pullRequestOf } from "./checkout.ts";

const shared = sharedCheckout();
const facts: GitHubFacts = {
  tokens: { "workflow-token": { login: "github-actions[bot]", may: ["read", "comment"] } },
};

describe("the comment", () => {
  const changed = scripted({ markdown: "broadens\n" }).program;
  const marker = /^<!-- trust-matrix [0-9a-f]{32} -->\n/;

  test("is created, then left alone, then updated, then says that nothing changes", async () => {
    const checkout = shared;
    const github = await startGitHub(facts);
    const turn = async (program = changed) => (await actOn(checkout, { program, github: github.url })).code;
    expect(await turn()).toBe(0);
    expect(github.comments).toMatchObject([{ user: "github-actions[bot]", body: expect.stringMatching(marker) }]);
    await turn();
    expect(github.requests.filter(({ method }) => method !== "GET").length).toBe(1);
    await turn(scripted({ markdown: "narrows\n" }).program);
    expect(github.comments).toMatchObject([{ body: expect.stringContaining("narrows") }]);
    await turn(scripted({ changed: false }).program);
    expect(github.comments).toMatchObject([
      { body: expect.stringContaining("does not change what `matrix.yaml` means") },
    ]);
    expect(github.comments.length).toBe(1);
    expect(github.violations).toEqual([]);
  });

  test("is not made for a change that is none", async () => {
    const checkout = shared;
    const github = await startGitHub(facts);
    await actOn(checkout, { program: scripted({ changed: false }).program, github: github.url });
    expect(github.comments).toEqual([]);
  });

  test("of each matrix is its own, whatever its name", async () => {
    const hostile = "a --> <b> ::error::.yaml";
    const checkout = pullRequestOf({ ...before, [hostile]: "version: 1\n" }, after);
    const github = await startGitHub(facts);
    await actOn(checkout, { program: changed, github: github.url });
    const inputs = { matrix: hostile, comment: "true" };
    await actOn(checkout, { program: scripted({ codes: { diff: 2 } }).program, github: github.url, inputs });
    await actOn(checkout, { program: scripted({ codes: { validate: 1 } }).program, github: github.url, inputs });
    expect(github.comments.length).toBe(2);
    for (const { body } of github.comments)
      expect(body.split("\n", 1)[0]).toMatch(/^<!-- trust-matrix [0-9a-f]{32} -->$/);
  });

  test("of somebody else is never taken for it, nor is a marker in the middle of one", async () => {
    const checkout = shared;
    const first = await startGitHub(facts);
    await actOn(checkout, { program: changed, github: first.url });
    const body = first.comments[0]?.body ?? "";
    const spoofed = [
      { user: "mallory", body },
      { user: "github-actions[bot]", body: `quoted: ${body}` },
      ...Array.from({ length: 250 }, () => ({ user: "chatty", body: "x" })),
      { user: "GitHub-Actions[bot]", body: body.replace("broadens", "old") },
    ];
    const github = await startGitHub({ ...facts, comments: spoofed });
    await actOn(checkout, { program: changed, github: github.url });
    expect(github.comments.length).toBe(spoofed.length);
    expect(github.comments[0]?.body).toBe(body);
    expect(github.comments.at(-1)?.body).toBe(body);
    expect(github.requests.map(({ method }) => method)).toEqual(["GET", "GET", "GET", "PATCH"]);
  });

  test("that the token may not write is a notice: the summary says the same", async () => {
    const checkout = shared;
    const github = await startGitHub({ tokens: { "workflow-token": { login: "github-actions[bot]", may: ["read"] } } });
    const done = await actOn(checkout, { program: changed, github: github.url });
    expect(done.code).toBe(0);
    expect(done.summary).toContain("broadens");
    expect(done.log).toMatch(/::notice title=matrix::the token may not comment .*403.*as on those of forks/);
  });

  test("that GitHub fails to take is a warning after bounded attempts", async () => {
    const checkout = shared;
    const github = await startGitHub(facts, { faults: () => ({ when: "before", status: 502 }) });
    const done = await actOn(checkout, { program: changed, github: github.url });
    expect(done.code).toBe(0);
    expect(done.log).toContain("::warning title=matrix::the comment could not be written (GitHub is in trouble (502))");
    expect(github.requests.length).toBe(8);
  });

  test("whose creation is in doubt is looked for before it is made again", async () => {
    const checkout = shared;
    const github = await startGitHub(facts, {
      faults: ({ method }, nth) => (method === "POST" && nth === 0 ? { when: "after", status: 502 } : undefined),
    });
    const done = await actOn(checkout, { program: changed, github: github.url });
    expect(github.comments.length).toBe(1);
    expect(done.log).not.toContain("::warning");
  });

  test("waits for a secondary limit, and gives up where that would take too long", async () => {
    const checkout = shared;
    const limited = { when: "before", status: 403, message: "You have exceeded a secondary rate limit" } as const;
    const once = await startGitHub(facts, {
      faults: ({ method }, nth) =>
        method === "POST" && nth === 0 ? { ...limited, headers: { "retry-after": "7" } } : undefined,
    });
    const done = await actOn(checkout, { program: changed, github: once.url });
    expect(once.comments.length).toBe(1);
    expect(done.slept).toBe(7000);
    const long = await startGitHub(facts, { faults: () => ({ ...limited, headers: { "retry-after": "3600" } }) });
    const given = await actOn(checkout, { program: changed, github: long.url });
    expect(given.slept).toBe(0);
    expect(given.log).toContain("GitHub limits requests (403)");
  });
});
