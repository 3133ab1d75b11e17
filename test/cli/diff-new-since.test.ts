import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Finding } from "../../src/finding/finding.ts";
import { partFindings } from "../../src/finding/new-findings.ts";
import { GitFolder } from "../git/git-folder.ts";
import { runMatrix, type World } from "./test-io.ts";

function finding(over: Partial<Finding> = {}): Finding {
  const span = { file: "matrix.yaml", line: 1, column: 1, endLine: 1, endColumn: 2 };
  return {
    rule: "expired",
    severity: "warning",
    message: "a is over",
    environments: [],
    span,
    line: "",
    related: [],
    stopsSynth: false,
    ...over,
  };
}

describe("a finding is new", () => {
  const at = (line: number) => ({ file: "teams/x.yaml", line, column: 3, endLine: line, endColumn: 9 });
  test.each<[string, readonly Finding[], readonly Finding[], number]>([
    ["where there was none", [finding()], [], 1],
    ["not where it moved", [finding({ span: at(7) })], [finding({ span: at(3) })], 0],
    ["where another rule said the same", [finding()], [finding({ rule: "review-due" })], 1],
    ["where it was said of something else", [finding()], [finding({ message: "b is over" })], 1],
    ["once, where it was said once and is said twice", [finding(), finding({ span: at(2) })], [finding()], 1],
    ["not where it was said twice and is said once", [finding()], [finding(), finding()], 0],
    ["in one more environment", [finding({ environments: ["dev", "prod"] })], [finding({ environments: ["dev"] })], 1],
    [
      "not in one environment less",
      [finding({ environments: ["dev"] })],
      [finding({ environments: ["dev", "prod"] })],
      0,
    ],
    ["where it became graver", [finding({ severity: "error" })], [finding()], 1],
    ["not where it became less grave", [finding({ severity: "info" })], [finding()], 0],
    ["where an exception accepted it and does no more", [finding()], [finding({ acceptedBy: "x" })], 1],
    ["not where an exception accepts it now", [finding({ acceptedBy: "x" })], [finding()], 0],
    [
      "once, where one of two is accepted: the other one stood",
      [finding({ acceptedBy: "x" }), finding({ span: at(2) })],
      [finding(), finding({ acceptedBy: "x" })],
      0,
    ],
  ])("%s", (_, now, before, added) => {
    const parted = partFindings(now, before);
    expect(parted.added).toHaveLength(added);
    expect(parted.stood).toHaveLength(now.length - added);
  });

  test("never in a matrix that is compared with itself, in whatever order; always beside none", () => {
    const one = fc.record({
      message: fc.constantFrom("a", "b"),
      severity: fc.constantFrom("error", "warning", "info"),
      environments: fc.subarray(["dev", "prod"]),
      acceptedBy: fc.constantFrom(undefined, "x"),
    });
    const findings = fc
      .array(one)
      .map((all) =>
        all.map(({ acceptedBy, ...rest }) => finding({ ...rest, ...(acceptedBy === undefined ? {} : { acceptedBy }) })),
      );
    fc.assert(
      fc.property(findings, findings, (some, more) => {
        expect(partFindings(some, some.toReversed()).added).toEqual([]);
        expect(partFindings(some, []).added).toEqual(some);
        // What stood before stays out, whatever else there is.
        const { added, stood } = partFindings([...some, ...more], more);
        expect(added.length + stood.length).toBe(some.length + more.length);
        expect(added.length).toBeLessThanOrEqual(some.length);
      }),
      { numRuns: 60 },
    );
  });
});

describe("matrix validate --new-since", () => {
  const shop = GitFolder.repository();
  const expiring = (name: string): string => `  web -> ${name}: { reason: Until the move, expires: 2026-10-01 }\n`;
  const matrix = (...names: readonly string[]): string =>
    `version: 1\nenvironments: { prod: { project: acme-prod, regions: [europe-west1] } }\nservices: { web: {}, a: {}, b: {} }\ntrust:\n${names.map(expiring).join("")}`;
  const validate = (words: readonly string[], world: Partial<World> = {}) =>
    runMatrix(["validate", ...words], { cwd: shop.path, ...world });

  beforeAll(() => {
    shop.commit({ "x.txt": "x" });
    shop.commit({ "matrix.yaml": matrix("a") });
    shop.write({ "matrix.yaml": `# moved\n\n${matrix("a")}` });
  });
  afterAll(() => {
    shop.remove();
  });

  test("says nothing of what stood, counts it, and lists it with -v", async () => {
    expect((await validate(["--fail-on", "warning"])).code).toBe(1);
    const quiet = await validate(["--fail-on", "warning", "--new-since", "HEAD"]);
    expect(quiet).toMatchObject({ code: 0, stderr: "" });
    expect(quiet.stdout).toMatch(/; no new findings; \d findings? (was|were) there at HEAD:matrix.yaml\n$/);
    const loud = await validate(["-v", "--new-since", "HEAD"]);
    expect(loud.stdout).toMatch(/^stood\[expired\]: .* --> matrix.yaml:7:\d+$/m);
  });

  test("counts what was accepted with what it lists", async () => {
    const account = "{ account: { id: payments, manage: reference } }";
    const exception =
      "exceptions:\n  - { id: EX-1, rule: shared-account, match: { service: [a, b], environment: prod }, owner: team-a, approvedBy: team-b, reason: Until the split, expires: 2027-03-31 }\n";
    const excused = `${matrix("a").replace("a: {}, b: {}", `a: ${account}, b: ${account}`)}${exception}`;
    shop.write({ "old.yaml": excused, "new.yaml": excused });
    const { stdout } = await validate(["new.yaml", "-v", "--new-since", "./old.yaml"]);
    const stood = stdout.split("\n").filter((line) => line.startsWith("stood["));
    expect(stood.filter((line) => line.startsWith("stood[shared-account] accepted by EX-1: "))).toHaveLength(1);
    expect(stdout).toContain(`; ${stood.length} findings (1 accepted) were there at ./old.yaml\n`);
    const [sarif] = JSON.parse((await validate(["new.yaml", "--format=sarif", "--new-since=./old.yaml"])).stdout).runs;
    expect(sarif.properties).toEqual({ stoodBefore: stood.length });
  });

  test("fails on what is new, and on everything where there was no matrix", async () => {
    shop.write({ "matrix.yaml": matrix("a", "b") });
    const added = await validate(["--fail-on", "warning", "--new-since", "HEAD", "-q"]);
    expect(added.code).toBe(1);
    expect(added.stdout.split("\n").filter((line) => /web -> a/.test(line))).toEqual([]);
    const all = await validate(["--fail-on", "warning", "--new-since", "HEAD~1"]);
    expect(all).toMatchObject({ code: 1, stderr: expect.stringMatching(/^note: HEAD~1:matrix.yaml does not exist/) });
    expect(all.stdout).toMatch(/; none was there at HEAD~1:matrix.yaml\n$/);
    // Both are judged at the same moment: what expires in between is not new.
    expect((await validate(["--fail-on", "info", "--new-since", "./matrix.yaml", "--as-of", "2030-01-01"])).code).toBe(
      0,
    );
    expect(
      (await validate(["-", "--new-since", "HEAD:matrix.yaml"], { stdin: Buffer.from(matrix("a")) })).stdout,
    ).toMatch(/no new findings/);
  });

  test("a broken earlier version has findings as any other; a broken later one is new", async () => {
    shop.write({ "broken.yaml": "version: 3\n", "other.yaml": `version: 3\nservices: [\n` });
    expect((await validate(["broken.yaml", "--new-since", "./broken.yaml"])).code).toBe(0);
    expect((await validate(["other.yaml", "--new-since", "./broken.yaml"])).code).toBe(1);
    expect((await validate(["matrix.yaml", "--new-since", "./broken.yaml", "--fail-on", "warning"])).code).toBe(1);
  });

  test("every format knows of it", async () => {
    const schema = JSON.parse(readFileSync(new URL("../../schemas/findings.schema.json", import.meta.url), "utf8"));
    const run = async (format: string): Promise<string> =>
      (await validate(["--new-since", "HEAD", "--format", format])).stdout;
    const json = JSON.parse(await run("json"));
    const check = new Ajv({ strict: true, strictTypes: false }).compile(schema);
    check(json);
    expect(check.errors).toBeNull();
    expect(json.since).toMatchObject({ name: "HEAD:matrix.yaml", commit: shop.git("rev-parse", "HEAD") });
    expect(json.since.stood.length).toBeGreaterThan(0);
    expect(await run("github")).toMatch(/; \d findings? (was|were) there at HEAD:matrix.yaml\n$/);
    expect(await run("junit")).toMatch(
      /<system-out>new findings only; \d findings? (was|were) there at HEAD:matrix.yaml</,
    );
    const [sarif] = JSON.parse(await run("sarif")).runs;
    expect(sarif.properties).toEqual({ stoodBefore: json.since.stood.length });
    expect(sarif.results).not.toHaveLength(0);
    for (const { baselineState } of sarif.results) expect(baselineState).toBe("new");
  });

  test.each([
    [["--new-since", "mian"], /git knows no commit "mian" here/],
    [["--new-since=-x"], /neither a file nor a git reference/],
    [["--new-since", ""], /the name of a version is empty/],
    [["nowhere.yaml", "--new-since", "HEAD"], /nowhere.yaml/],
    [["-", "--new-since", "-"], /standard input can be only one version/],
  ])("%j is refused", async (words, why) => {
    expect(await validate(words)).toMatchObject({ code: 2, stdout: "", stderr: expect.stringMatching(why) });
  });
});
