import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { formatOutputs } from "../../src/action/format-outputs.ts";
import { temporaryFolder } from "../cli/test-io.ts";
import { readOutputs, scripted } from "./act.ts";
import { actOn, before, sharedCheckout } from "./act-on.ts";
import { pullRequestOf } from "./checkout.ts";

const shared = sharedCheckout();

describe("what is told", () => {
  test("outputs, a summary, and every annotation", async () => {
    const checkout = shared;
    const approvers = [
      { owner: "b", github: ["@acme/security"] },
      { owner: "a", github: ["@acme/payments", "@acme/security"] },
    ];
    const { program } = scripted({ approvers, markdown: "**broadens access**\n", annotations: "::warning ::x\n" });
    const done = await actOn(checkout, { program });
    expect(done.outputs).toEqual({
      changed: "true",
      broadens: "true",
      approvers: '["@acme/payments","@acme/security"]',
    });
    expect(done.summary).toBe("**broadens access**\n\n");
    expect(done.log).toContain("::warning ::x\n");
  });

  test("no change in one line", async () => {
    const checkout = shared;
    const done = await actOn(checkout, { program: scripted({ changed: false, impact: "neutral" }).program });
    expect(done.outputs).toMatchObject({ changed: "false", broadens: "false", approvers: "[]" });
    expect(done.summary).toBe("This pull request does not change what `matrix.yaml` means.\n\n");
  });

  test.each([
    [{ validate: 1 }, 1, /The matrix is not valid/],
    [{ synth: 1 }, 1, /The committed output is not what/],
    [{ synth: 3, validate: 1 }, 3, /The matrix is not valid.*\n\nThe committed output/],
    [{ diff: 1 }, 1, /^broadens/],
    [{ diff: 2, validate: 1 }, 2, /`matrix.yaml` could not be compared/],
    [{ validate: 2, synth: 3 }, 2, /not valid/],
  ] as const)("%j ends with %i", async (codes, code, summary) => {
    const checkout = shared;
    const done = await actOn(checkout, {
      program: scripted({ codes }).program,
      inputs: { out: "x", comment: "false" },
    });
    expect(done.code).toBe(code);
    expect(done.summary).toMatch(summary);
    expect("changed" in done.outputs).toBe((codes as { diff?: number }).diff !== 2);
  });

  test("a matrix that the change removes is compared and not validated", async () => {
    const checkout = pullRequestOf(before, { "matrix.yaml": null });
    const { program, calls } = scripted({});
    await actOn(checkout, { program });
    expect(calls.map(([command]) => command)).toEqual(["diff", "diff", "diff"]);
  });

  test("a summary that is nearly full is left alone", async () => {
    const checkout = shared;
    const file = join(temporaryFolder(), "summary");
    writeFileSync(file, "x".repeat(1024 * 1024 - 10));
    const done = await actOn(checkout, { env: { GITHUB_STEP_SUMMARY: file } });
    expect(done.code).toBe(0);
    expect(readFileSync(file, "utf8")).toMatch(/^x+$/);
    expect(done.log).toContain("::notice title=matrix::the summary of the job has no room left");
  });

  test("no value ends an output and begins another", () => {
    const values = ["", "\n", "a\nchanged=true\n", "x<<y\nz\ny", `end_${"0".repeat(64)}\nbroadens=false`, "ghp\r\nq=1"];
    const outputs = Object.fromEntries(values.map((value, index) => [`name${index}`, value]));
    const text = formatOutputs(outputs);
    expect(readOutputs(text)).toEqual(outputs);
    expect(readOutputs(formatOutputs({ a: text, b: "1" }))).toEqual({ a: text, b: "1" });
  });
});
