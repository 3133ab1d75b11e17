import { chmodSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../cli/test-io.ts";
import { startGitHub } from "../github/fake-github.ts";
import { inputEnv, pullRequestEvent, readOutputs, runnerEnv } from "./act.ts";
import { dist, isBuilt, runFile } from "./built.ts";
import { pullRequestOf, write } from "./checkout.ts";
import { gained, shop } from "./shop.ts";

describe.skipIf(!isBuilt)("the built action (skipped where npm run build has not run)", () => {
  test("runs as a step does, keeps tokens from what it starts, and prints none", async () => {
    const checkout = pullRequestOf({ "matrix.yaml": shop }, { "matrix.yaml": gained });
    const github = await startGitHub({
      tokens: {
        "sekret-token": { login: "github-actions[bot]", may: ["read"] },
        "sekret-team": { login: "x", may: ["teams"] },
      },
      teams: { "acme/payments": {} },
    });
    // A git that tells what it was started with.
    const folder = temporaryFolder();
    write(folder, "git", `#!/bin/sh\nenv >>"${folder}/env"\nPATH=\${PATH#*:} exec git "$@"\n`);
    chmodSync(join(folder, "git"), 0o755);
    const runner = runnerEnv(checkout.folder, pullRequestEvent(checkout.base, checkout.head));
    const env = {
      ...runner,
      PATH: `${folder}:${process.env["PATH"]}`,
      GITHUB_API_URL: github.url,
      ...inputEnv({
        token: "sekret-token",
        "team-token": "sekret-team",
        "require-approvals": "true",
        out: "cdktf.out",
      }),
    };
    const done = await runFile(process.execPath, [`${dist}action.cjs`], checkout.folder, env);
    expect(done.code, done.output).toBe(1);
    const inherited = readFileSync(join(folder, "env"), "utf8");
    expect(inherited).toContain("INPUT_REQUIRE_APPROVALS=true");
    expect(inherited).not.toContain("sekret");
    expect(done.output).not.toContain("sekret");
    expect(done.output).toContain("nobody of");
    expect(readFileSync(runner["GITHUB_STEP_SUMMARY"] ?? "", "utf8")).toContain(
      "The committed output is not what the matrix makes now",
    );
    const outputs = readOutputs(readFileSync(runner["GITHUB_OUTPUT"] ?? "", "utf8"));
    expect(outputs).toMatchObject({ changed: "true", approved: "false" });
  });
});
