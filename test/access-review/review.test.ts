import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { buildReview } from "../../src/access-review/build-review.ts";
import type { ReviewedRow } from "../../src/access-review/review-report.ts";
import { describeChange } from "../../src/report/access-review/describe-row.ts";
import type { MatrixAt, MatrixHistory } from "../../src/history/matrix-history.ts";
import { validateMatrix } from "../../src/matrix/validate-matrix.ts";
import { type Instant, parseInstant } from "../../src/time/instant.ts";
import { runMatrix, TODAY } from "../cli/test-io.ts";
import { folderOf } from "../cli/answer.ts";
import { undescribed } from "../schema-shapes.ts";

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
