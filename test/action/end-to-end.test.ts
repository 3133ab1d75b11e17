import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Approvals } from "../../src/action/approvals.ts";
import { run } from "../../src/cli/run.ts";
import { temporaryFolder } from "../cli/test-io.ts";
import { startGitHub } from "../github/fake-github.ts";
import { runnerCommand } from "../report/runner-command.ts";
import { act, pullRequestEvent } from "./act.ts";
import { pullRequestOf } from "./checkout.ts";
import { broken, gained, shop } from "./shop.ts";

describe("the action with the program itself", () => {
  test("says what a change means, where GitHub lists commands, and who must approve", async () => {
    const checkout = pullRequestOf({ "infra/matrix.yaml": shop }, { "infra/matrix.yaml": gained });
    const github = await startGitHub({
      tokens: {
        "workflow-token": { login: "github-actions[bot]", may: ["read", "comment"] },
        "team-token": { login: "x", may: ["teams"] },
      },
      teams: { "acme/payments": { ada: "active" } },
      reviews: [{ user: "ada", state: "APPROVED", commit: checkout.head }],
    });
    const temporary = temporaryFolder();
    const done = await act({
      folder: checkout.folder,
      program: run,
      event: pullRequestEvent(checkout.base, checkout.head),
      env: { GITHUB_API_URL: github.url, RUNNER_TEMP: temporary },
      inputs: {
        "working-directory": "infra",
        "team-token": "team-token",
        "require-approvals": "true",
        "approvals-file": join(temporary, "approvals.json"),
      },
    });
    expect(done.code, done.log).toBe(0);
    expect(done.outputs).toMatchObject({
      changed: "true",
      broadens: "true",
      approvers: '["@acme/payments"]',
      approved: "true",
    });
    const commands = done.log.split("\n").flatMap((line) => runnerCommand(line) ?? []);
    expect(commands.map(({ properties }) => `${properties["file"]}:${properties["line"]}`)).toContain(
      "infra/matrix.yaml:17",
    );
    expect(done.summary).toContain("through it the internet reaches `billing`");
    expect(github.comments[0]?.body).toContain("through it the internet reaches `billing`");
    expect(github.comments[0]?.body).toContain("### Approved");
    const record = JSON.parse(readFileSync(join(temporary, "approvals.json"), "utf8")) as Approvals;
    expect(record.needs).toMatchObject([{ owner: "team-payments", state: "approved", approvals: [{ user: "ada" }] }]);
    expect(record.needs[0]?.fingerprints[0]).toMatch(/^[0-9a-f]{64}$/);
  });

  test.each([
    ["a new error", shop, broken, 2, /"biling"/],
    ["an error that was there", broken, `${broken}# more\n`, 2, /"biling"/],
    ["formatting", shop, shop.replace("trust:", "trust: # who calls whom"), 0, /does not change what/],
  ])("ends with %s as the command line would", async (_, before, after, code, text) => {
    const checkout = pullRequestOf({ "matrix.yaml": before }, { "matrix.yaml": after });
    const done = await act({
      folder: checkout.folder,
      program: run,
      event: pullRequestEvent(checkout.base, checkout.head),
      inputs: { comment: "false" },
    });
    expect(done.code).toBe(code);
    expect(done.log + done.summary).toMatch(text);
  });

  test("keeps what a stranger writes text: in the log, the summary, the outputs, the comment", async () => {
    const words = String.raw`::error::pwned ##[error]pwned @all <img src=//evil> ${"`"}id${"`"} $(id) <!-- trust-matrix -->\n::set-output name=broadens::false\nbroadens=false`;
    const name = "::error::pwned ##[error] %0A.yaml";
    const hostile = `${shop}  checkout -> billing: { reason: "${words}", ticket: "x|y" }\n`;
    const checkout = pullRequestOf({ [name]: shop }, { [name]: hostile });
    const github = await startGitHub({
      tokens: { "workflow-token": { login: "github-actions[bot]", may: ["read", "comment"] } },
    });
    const done = await act({
      folder: checkout.folder,
      program: run,
      event: pullRequestEvent(checkout.base, checkout.head),
      env: { GITHUB_API_URL: github.url },
      inputs: { matrix: name },
    });
    expect(done.code, done.log).toBe(0);
    expect(done.outputs).toEqual({ changed: "true", broadens: "true", approvers: '["@acme/payments"]' });
    const commands = done.log.split("\n").flatMap((line) => runnerCommand(line) ?? []);
    expect(commands.length).toBeGreaterThan(0);
    for (const command of commands) {
      expect(["error", "warning", "notice"]).toContain(command.name);
      expect(command.properties["file"]).toBe(name.replace("##", "#\\u{23}"));
    }
    const body = github.comments[0]?.body ?? "";
    expect(body).toContain("pwned");
    for (const text of [done.summary, body.split("\n").slice(1).join("\n")]) {
      const outside = text.replaceAll(/`[^`]*`|<code>[^<]*<\/code>/g, "");
      expect(outside).not.toMatch(/<img|@all|\$\(id\)|<!--/);
    }
  });

  test("fails on what fail-on names", async () => {
    const checkout = pullRequestOf({ "matrix.yaml": shop }, { "matrix.yaml": gained });
    const inputs = { comment: "false", "fail-on": "narrows" };
    const event = pullRequestEvent(checkout.base, checkout.head);
    const wrong = await act({ folder: checkout.folder, program: run, event, inputs });
    expect(wrong.code).toBe(2);
    const reach = await act({
      folder: checkout.folder,
      program: run,
      event,
      inputs: { ...inputs, "fail-on": "reach" },
    });
    expect(reach.code).toBe(1);
  });
});
