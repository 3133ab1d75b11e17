import { chmodSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { root } from "../docs/markdown.ts";
import { temporaryFolder } from "../cli/test-io.ts";
import { parseXml } from "../report/parse-xml.ts";
import { installMatrix, isBuilt, runFile, type Ended } from "./built.ts";
import { pullRequestOf, write } from "./checkout.ts";
import { gained, shop } from "./shop.ts";

interface Job {
  readonly variables: Readonly<Record<string, string>>;
  readonly before_script: readonly string[];
  readonly script: readonly string[];
  readonly artifacts: { readonly paths: readonly string[]; readonly reports: { readonly junit: string } };
}

const { matrix: job } = parse(readFileSync(`${root}ci/gitlab.yml`, "utf8")) as { readonly matrix: Job };

/** Runs lines of the job as GitLab's runner does: one shell, which ends at the first failure. */
function runLines(
  lines: readonly string[],
  folder: string,
  programs: string,
  variables: Readonly<Record<string, string>>,
  shell = "bash",
): Promise<Ended> {
  return runFile(shell, ["-c", `set -e\n${lines.join("\n")}\n`], folder, {
    PATH: `${programs}:${process.env["PATH"]}`,
    // The variables of the job win, as GitLab has it.
    CI_MERGE_REQUEST_DIFF_BASE_SHA: "base",
    ...variables,
    ...job.variables,
  });
}

/** A stand-in for a program, which notes its words and ends as it is told by `ENDS_validate`, say. */
function standIn(name: string): { readonly programs: string; readonly calls: () => string } {
  const programs = temporaryFolder();
  const notes = join(programs, "calls");
  const program = `echo "$*" >>"${notes}"; printf %s "$SAYS"; eval "exit \\$\{ENDS_$1:-0}"`;
  write(programs, name, `#!/bin/sh\n${program}\n`);
  chmodSync(join(programs, name), 0o755);
  return { programs, calls: () => (existsSync(notes) ? readFileSync(notes, "utf8") : "") };
}

/** The job with a stand-in for the matrix command, in a folder where the matrix is. */
async function script(variables: Readonly<Record<string, string>>, files = ["matrix.yaml"], shell = "bash") {
  const folder = temporaryFolder();
  for (const file of files) write(folder, file, shop);
  const { programs, calls } = standIn("matrix");
  const done = await runLines(job.script, folder, programs, { SAYS: "", ...variables }, shell);
  const [file = ""] = job.artifacts.paths;
  return { ...done, calls: calls(), diff: readFileSync(join(folder, file), "utf8") };
}

test("every line is text, and every variable of whoever includes it is quoted", () => {
  for (const line of [...job.before_script, ...job.script]) {
    expect(typeof line).toBe("string");
    const bare = line.replaceAll(/"[^"]*"/g, "");
    // What is left is an expansion whose words are quoted inside.
    expect(bare.replace("${MATRIX_FAIL_ON:+}", "")).not.toContain("$");
  }
});

test("a variable of whoever includes the job counts, since the job has none of that name", async () => {
  expect(Object.keys(job.variables)).toEqual(["GIT_DEPTH"]);
  const variables = { MATRIX_FILE: "infra/a b.yaml", MATRIX_OUT: "out", MATRIX_FAIL_ON: "reach,rules" };
  const done = await script(variables, ["infra/a b.yaml"], "sh");
  expect(done).toMatchObject({ code: 0, output: "" });
  expect(done.calls.split("\n")).toEqual([
    "diff --format markdown -- base HEAD:infra/a b.yaml",
    "validate --format junit --new-since base -- infra/a b.yaml",
    "synth --check --out out -- infra/a b.yaml",
    "diff --fail-on=reach,rules -- base HEAD:infra/a b.yaml",
    "",
  ]);
  const plain = await script({ CI_MERGE_REQUEST_TARGET_BRANCH_SHA: "tip" });
  expect(plain.calls).toContain("diff -- tip HEAD:matrix.yaml\n");
});

test.each([
  [{ ENDS_validate: "1" }, 1],
  [{ ENDS_validate: "1", ENDS_synth: "3" }, 3],
  [{ ENDS_validate: "2", ENDS_synth: "3" }, 2],
  [{ ENDS_diff: "3", ENDS_validate: "1" }, 3],
  [{ ENDS_synth: "70", ENDS_diff: "2" }, 70],
  [{ ENDS_validate: "127" }, 127],
])("%j ends the job with %i, and everything is run", async (ends, code) => {
  const done = await script({ MATRIX_OUT: "out", ...ends }, undefined, "sh");
  expect(done.code).toBe(code);
  expect(new Set(done.calls.match(/^\w+/gm))).toEqual(new Set(["diff", "validate", "synth"]));
});

test("the file of the diff is never empty: no change is one line, and so is what could not be compared", async () => {
  expect((await script({})).diff).toBe("This merge request does not change what the matrix means.\n");
  expect((await script({ ENDS_diff: "2" })).diff).toMatch(/^The two versions .* could not be compared: .*\n$/);
  expect((await script({ SAYS: "broadens access" })).diff).toBe("broadens access");
});

test("a matrix that the change removes is compared and not validated", async () => {
  expect((await script({}, [])).calls).not.toContain("validate");
});

test("nothing is installed by a name that nobody gave", async () => {
  const { programs, calls } = standIn("npm");
  const install = (given: Readonly<Record<string, string>>): Promise<Ended> =>
    runLines(job.before_script, programs, programs, { SAYS: "", ...given }, "sh");
  for (const given of [{}, { MATRIX_PACKAGE: "" }]) {
    const { code, output } = await install(given);
    expect([code, output]).toEqual([2, expect.stringMatching(/^MATRIX_PACKAGE is not set\. [^\n]*\n$/)]);
  }
  expect(calls()).toBe("");
  expect((await install({ MATRIX_PACKAGE: "@acme/trust-matrix@0.1.0" })).code).toBe(0);
  expect(calls()).toBe("install --global --no-audit --no-fund -- @acme/trust-matrix@0.1.0\n");
});

test.skipIf(!isBuilt)(
  "the program itself keeps the diff and a JUnit report, passes on what is no error, and takes names as names (skipped where npm run build has not run)",
  async () => {
    const name = "a b;touch pwned;$(touch pwned).yaml";
    const checkout = pullRequestOf({ [name]: shop }, { [name]: gained });
    const done = await runLines(job.script, checkout.folder, installMatrix(), {
      MATRIX_FILE: name,
      CI_MERGE_REQUEST_DIFF_BASE_SHA: checkout.base,
    });
    expect(done.code, done.output).toBe(0);
    expect(done.output).toContain("lets checkout call billing");
    const [file = ""] = job.artifacts.paths;
    expect(readFileSync(join(checkout.folder, file), "utf8")).toContain("through it the internet reaches `billing`");
    parseXml(readFileSync(join(checkout.folder, job.artifacts.reports.junit), "utf8"));
    expect(checkout.git("status", "--porcelain", "--ignored")).toBe("?? matrix-diff.md\n?? matrix-junit.xml");
  },
);
