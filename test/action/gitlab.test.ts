import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { root } from "../docs/markdown.ts";
import { parseXml } from "../report/parse-xml.ts";
import { installMatrix, isBuilt, runFile, type Ended } from "./built.ts";
import { type PullRequestCheckout, pullRequestOf } from "./checkout.ts";
import { broken, gained, shop } from "./shop.ts";

interface Job {
  readonly variables: Readonly<Record<string, string>>;
  readonly before_script: readonly string[];
  readonly script: readonly string[];
  readonly artifacts: { readonly paths: readonly string[]; readonly reports: { readonly junit: string } };
}

const { matrix: job } = parse(readFileSync(`${root}ci/gitlab.yml`, "utf8")) as { readonly matrix: Job };

/** Runs the lines of the job as GitLab's runner does: one shell, which ends at the first failure. */
function runJob(
  checkout: PullRequestCheckout,
  variables: Readonly<Record<string, string>> = {},
  shell = "bash",
): Promise<Ended> {
  const script = `set -e\n${job.script.join("\n")}\n`;
  return runFile(shell, ["-c", script], checkout.folder, {
    PATH: `${installMatrix()}:${process.env["PATH"]}`,
    ...job.variables,
    CI_PIPELINE_SOURCE: "merge_request_event",
    CI_MERGE_REQUEST_DIFF_BASE_SHA: checkout.base,
    ...variables,
  });
}

test("every line is text, and every variable in it is quoted or the right side of an assignment", () => {
  for (const line of [...job.before_script, ...job.script]) {
    expect(typeof line).toBe("string");
    const bare = line.replaceAll(/"[^"]*"/g, "").replace(/^\w+=\S+$/, "");
    // What is left is an expansion whose words are quoted inside.
    expect(bare.replace("${MATRIX_FAIL_ON:+}", "")).not.toContain("$");
  }
});

describe.skipIf(!isBuilt)("ci/gitlab.yml (skipped where npm run build has not run)", () => {
  test("keeps the diff and a JUnit report, passes on what is no error, and takes names as names", async () => {
    const name = "a b;touch pwned;$(touch pwned).yaml";
    const checkout = pullRequestOf({ [name]: shop }, { [name]: gained });
    const done = await runJob(checkout, { MATRIX_FILE: name });
    expect(done.code, done.output).toBe(0);
    expect(done.output).toContain("lets checkout call billing");
    const [file = ""] = job.artifacts.paths;
    expect(readFileSync(join(checkout.folder, file), "utf8")).toContain("through it the internet reaches `billing`");
    parseXml(readFileSync(join(checkout.folder, job.artifacts.reports.junit), "utf8"));
    expect(checkout.git("status", "--porcelain", "--ignored")).toBe("?? matrix-diff.md\n?? matrix-junit.xml");
  });

  test("fails on a new error, in a shell that is no bash, and still keeps its files", async () => {
    const wrong = pullRequestOf({ "matrix.yaml": shop }, { "matrix.yaml": broken });
    expect((await runJob(wrong, {}, "sh")).code).toBe(1);
    expect(readFileSync(join(wrong.folder, "matrix-junit.xml"), "utf8")).toContain("biling");
  });

  test("fails on what is named, and on output that is not current", async () => {
    const checkout = pullRequestOf({ "matrix.yaml": shop }, { "matrix.yaml": gained });
    const done = await runJob(checkout, { MATRIX_FAIL_ON: "reach", MATRIX_OUT: "cdktf.out" });
    expect(done.code).toBe(1);
    expect(done.output).toContain("cdktf.out");
  });

  test("compares merged results with the target branch, of which they hold everything", async () => {
    const checkout = pullRequestOf({ "matrix.yaml": shop }, { other: "x" });
    checkout.git("checkout", "--quiet", "main");
    const tip = checkout.commit({ "matrix.yaml": gained });
    checkout.git("merge", "--quiet", "--no-ff", "-m", "Merge", checkout.head);
    const done = await runJob(checkout, { CI_MERGE_REQUEST_TARGET_BRANCH_SHA: tip });
    expect(done.code).toBe(0);
    expect(done.output).not.toContain("lets checkout call billing");
  });
});
