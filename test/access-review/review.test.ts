import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { buildReview } from "../../src/access-review/build-review.ts";
import { findBirth } from "../../src/access-review/find-past.ts";
import { reviewRows } from "../../src/access-review/review-rows.ts";
import type { ReviewedRow } from "../../src/access-review/review-report.ts";
import { describeChange } from "../../src/report/access-review/describe-row.ts";
import type { MatrixAt, MatrixHistory } from "../../src/history/matrix-history.ts";
import { validateMatrix } from "../../src/matrix/validate-matrix.ts";
import { type Instant, parseInstant } from "../../src/time/instant.ts";
import { runMatrix, TODAY } from "../cli/test-io.ts";
import { folderOf } from "../cli/answer.ts";
import { GitFolder } from "../git/git-folder.ts";
import { keepFolders } from "../git/keep-folders.ts";
import { undescribed } from "../schema-shapes.ts";

const kept = keepFolders();

const base = `version: 1
environments:
  prod: { project: acme-prod, regions: [europe-west1] }
owners: { one: { contact: "#one" }, two: { contact: "#two" } }
sets: { both: [a, b] }
services:
  a: { owner: one }
  b: { owner: one }
  c: { owner: two }
`;
const edge = (terms = ""): string => `trust: { both -> c: { reason: Why, reviewed: 2026-10-01${terms} } }\n`;

function read(text: string) {
  const validated = validateMatrix(
    { read: () => ({ bytes: Buffer.from(text) }), list: () => [] },
    "matrix.yaml",
    TODAY,
  );
  if ("problem" in validated || validated.matrix === undefined) throw new Error(JSON.stringify(validated));
  return { ...validated, matrix: validated.matrix };
}

/** Versions, newest first; null is one that nobody can read. */
function historyOf(texts: readonly (string | null)[], cutOff: string | null): MatrixHistory {
  const versions = texts.map((text, index): MatrixAt => ({
    commit: { id: `${index}`.repeat(40), at: (TODAY - index) as Instant, author: "Ana", subject: "S" },
    name: "matrix.yaml",
    read: () =>
      text === null ? { kind: "unusable", problem: "broken" } : { kind: "usable", judge: () => read(text).matrix },
  }));
  return { versions: () => versions, cutOff: () => cutOff };
}

function review(now: string, past: readonly (string | null)[], cutOff: string | null = null): ReviewedRow {
  const { matrix, name, locate } = read(now);
  const report = buildReview({
    matrix,
    name,
    locate,
    environment: undefined,
    owner: undefined,
    maxAge: 90,
    history: historyOf(past, cutOff),
    live: null,
  });
  const [row] = report.owners.flatMap(({ rows }) => rows);
  if (row === undefined) throw new Error("no row");
  return row;
}

const changesOf = (now: string, past: string): readonly string[] =>
  (review(now, [past, base]).past?.changes ?? []).map(describeChange);

test("what changed since the review is told, thing by thing", () => {
  const was = base + edge();
  expect(changesOf(was, was)).toEqual([]);
  expect(changesOf(was.replace("Why", "Because"), was)).toEqual(['reason is "Because", was "Why"']);
  expect(changesOf(base + edge(", ticket: T-1"), was)).toEqual(['ticket is "T-1", was none']);
  expect(changesOf(base + edge(", expires: 2027-02-01"), base + edge(", expires: 2027-01-01"))).toEqual([
    "expires 2027-02-01, later than 2027-01-01",
  ]);
  expect(changesOf(was, base + edge(", expires: 2027-01-01"))).toEqual(["expires no more, was 2027-01-01"]);
  expect(changesOf(was.replace("both: [a, b]", "both: [a, c]").replace("both -> c", "both -> b"), was)).toEqual([]);
  expect(changesOf(was, was.replace("both: [a, b]", "both: [a]"))).toEqual(["gained b -> c in prod"]);
  expect(changesOf(was.replace("both: [a, b]", "both: [a]"), was)).toEqual(["lost b -> c in prod"]);
  expect(changesOf(was.replace("c: { owner: two", "c: { owner: one"), was)).toEqual(['owner is "one", was "two"']);
  const open = was.replace("c: { owner: two", "c: { owner: two, ingress: all, public: { reason: All }");
  expect(changesOf(open, was)).toEqual(["c became public in prod"]);
  expect(changesOf(`sensitive: c\n${was}`, was)).toEqual(["c became sensitive in prod"]);
  expect(changesOf(was.replace("a: { owner: one", "a: { owner: one, account: { id: other }"), was)).toEqual([
    expect.stringMatching(/^a calls as serviceAccount:other@\S+ in prod, was serviceAccount:a-sa\S*$/),
  ]);
  // A new name for the same thing hides nothing.
  const renamed = was
    .replaceAll("  c:", "  d:")
    .replace("d: { owner: two", "d: { owner: two, formerNames: [c]")
    .replace("both -> c", "both -> d");
  expect(changesOf(renamed, was.replace("both: [a, b]", "both: [a]"))).toEqual(["gained b -> d in prod"]);
});

test("the review is as old as the commit that brought its date, and what is not known is said", () => {
  const now = base + edge();
  const before = now.replace("reviewed: 2026-10-01", "reviewed: 2026-01-01");
  const sinceOf = (past: readonly (string | null)[], cutOff: string | null = null) => {
    const { past: known } = review(now, past, cutOff);
    return [known?.since?.id[0] ?? null, known?.isOlder, known?.changes.length];
  };
  expect(sinceOf([])).toEqual([null, false, 0]);
  expect(sinceOf([before])).toEqual([null, false, 0]);
  expect(sinceOf([now, now, before, now])).toEqual(["1", false, 0]);
  expect(sinceOf([now, null, now.replace("Why", "Because"), before])).toEqual(["2", false, 1]);
  expect(sinceOf([now, now], "a shallow clone")).toEqual(["1", true, 0]);
  expect(sinceOf([now, before], "a shallow clone")).toEqual(["0", false, 0]);
});

test("a review of something else does not count, and one of more than there is does", async () => {
  const was = base + edge();
  const stateOf = (now: string, past = was): string => review(now, [past, base]).state;
  expect(stateOf(was)).toBe("current");
  expect(stateOf(was.replace("Why", "Because"))).toBe("changed");
  expect(stateOf(was, was.replace("both: [a, b]", "both: [a]"))).toBe("changed");
  expect(stateOf(was.replace("both: [a, b]", "both: [a]"))).toBe("current");
  const until = (day: string): string => base + edge(`, expires: ${day}`);
  expect(stateOf(until("2027-02-01"), until("2027-01-01"))).toBe("changed");
  expect(stateOf(was, until("2027-01-01"))).toBe("changed");
  expect([stateOf(until("2027-01-01"), until("2027-02-01")), stateOf(until("2027-01-01"))]).toEqual([
    "current",
    "current",
  ]);
  const sensitive = `sensitive: c\n${was}`;
  expect([stateOf(sensitive), stateOf(was, sensitive)]).toEqual(["changed", "current"]);
  // Signed again, it is new.
  expect(stateOf(was.replace("Why", "Because").replace("2026-10-01", "2026-11-21"))).toBe("current");
});

test("status tells and counts what changed since, and says when it cannot know", async () => {
  const shop = kept(GitFolder.repository());
  shop.commit({ "matrix.yaml": `${base}trust:\n  both -> c: { reason: Why, reviewed: 2026-11-01 }\n` });
  const status = async (...words: readonly string[]) =>
    runMatrix(["--color", "never", "review", "status", ...words], { cwd: shop.path, terminal: 200 });
  expect(await status()).toMatchObject({ code: 0, stdout: expect.stringMatching(/all reviewed/) });
  shop.commit({
    "matrix.yaml":
      `${base}  d: {}\n`.replace("[a, b]", "[a, b, d]") +
      "trust:\n  both -> c: { reason: Why, reviewed: 2026-11-01 }\n",
  });
  expect(await status()).toMatchObject({
    code: 1,
    stdout: `two: 0 of 1 reviewed, 1 to review, 1 of them changed since
  both -> c in prod: changed since: reviewed 2026-11-01, 21 days ago: gained d -> c in prod (matrix.yaml:12)
matrix.yaml: 1 row in prod, 1 to review, 1 of them changed since; a review is good for 90 days
`,
  });
  expect(JSON.parse((await status("--format", "json")).stdout)).toMatchObject({
    history: null,
    summary: { rows: 1, current: 0, overdue: 1, changed: 1 },
  });
  const bare = folderOf({ "matrix.yaml": readFileSync(join(shop.path, "matrix.yaml")) });
  const unsure = await runMatrix(["review", "status"], { cwd: bare });
  expect([unsure.code, unsure.stdout]).toEqual([0, expect.stringMatching(/^what changed is not known: /m)]);
});

test("since when a row gives no more than now", () => {
  const { matrix } = read(base + edge());
  const bornAt = (past: readonly (string | null)[], cutOff: string | null = null) => {
    const [trail] = findBirth(reviewRows(matrix), matrix, historyOf(past, cutOff)).values();
    return [trail?.since?.id[0] ?? null, trail?.isOlder];
  };
  const now = base + edge();
  const more = now.replace("both: [a, b]", "both: [a, b, c]").replace("both -> c", "both -> b");
  const less = now.replace("both: [a, b]", "both: [a]");
  expect(bornAt([now, now.replace("2026-10-01", "2026-01-01"), less])).toEqual(["1", false]);
  expect(bornAt([more, now])).toEqual([null, false]);
  expect(bornAt([now, base, now])).toEqual(["0", false]);
  expect(bornAt([now, null, now])).toEqual(["2", false]);
  expect(bornAt([now], "a shallow clone")).toEqual(["0", true]);
  expect(bornAt([], "a shallow clone")).toEqual([null, true]);
});

test("a date is overdue the day after its time, and one that has not come counts for nothing", () => {
  const stateOf = (reviewed: string, expires = ""): readonly unknown[] => {
    const { state, age } = review(base + edge(expires).replace("2026-10-01", reviewed), []);
    return [state, age];
  };
  expect(parseInstant("2026-11-22")).toBe(TODAY);
  expect(stateOf("2026-08-24")).toEqual(["current", 90]);
  expect(stateOf("2026-08-23")).toEqual(["overdue", 91]);
  expect(stateOf("2026-11-23")).toEqual(["future", null]);
  expect(stateOf("2026-11-22", ", expires: 2026-11-01")).toEqual(["ended", 0]);
});

test("the JSON is as its schema says, with and without a snapshot", async () => {
  const schema: object = JSON.parse(readFileSync("schemas/review.schema.json", "utf8"));
  expect(undescribed(schema)).toEqual([]);
  const validate = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true }).compile(schema);
  const example = (name: string): string => readFileSync(`matrix.example.${name}`, "utf8");
  const folder = folderOf({ "matrix.yaml": example("yaml"), "s.json": example("snapshot.json") });
  const runs = [
    ["review", "status", "--format", "json"],
    ["review", "start", "--format", "json"],
    ["review", "start", "--env", "prod", "--snapshot", "s.json", "--format", "json"],
  ];
  for (const argv of runs) {
    const { stdout } = await runMatrix(argv, { cwd: folder });
    validate(JSON.parse(stdout));
    expect(validate.errors).toBeNull();
  }
  const { stdout, code } = await runMatrix(["review", "start", "--env", "prod", "--snapshot", "s.json"], {
    cwd: folder,
  });
  expect(code).toBe(0);
  expect(stdout).toMatch(/declared: group:contractors@boutique\.example -> paymentservice\s+in\s+prod/);
});
