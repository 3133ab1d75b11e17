import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { signedData } from "../../src/access-review/plan-sign.ts";
import { hashOfRows, type ReviewRow, reviewRows } from "../../src/access-review/review-rows.ts";
import { rewriteYaml } from "../../src/matrix/edit/rewrite-yaml.ts";
import { parseYaml } from "../../src/matrix/text/parse-yaml.ts";
import { sourceText } from "../../src/matrix/text/source-text.ts";
import { compareMatrices } from "../../src/diff/compare-matrices.ts";
import { pairMatrices } from "../../src/diff/pair-matrices.ts";
import { folderOf } from "../cli/answer.ts";
import { runMatrix } from "../cli/test-io.ts";
import { GitFolder } from "../git/git-folder.ts";
import { keepFolders } from "../git/keep-folders.ts";
import { undescribed } from "../schema-shapes.ts";
import { head, matrixOf } from "./two-owners.ts";

const kept = keepFolders();

function sign(text: string, rows: readonly ReviewRow[], date: string): string {
  const { file } = parseYaml(sourceText("matrix.yaml", text));
  return rewriteYaml(text, signedData(file?.data ?? null, rows, date));
}

// Every way to write an edge, with comments around and inside of it.
const reason = fc.constantFrom("Why", '"Why: # not a comment"', "'it''s so'", "Why # because");
const values = fc.oneof(
  reason,
  fc.constantFrom(
    "{ reason: Why, ticket: T-1 } # kept",
    "{ reason: Why, reviewed: 2020-01-01, expires: 2030-01-01 }",
    '{ reason: "Why", reviewed: "2020-01-01", x-note: [1, 2] }',
    "\n    reason: Why # here\n    # and here\n    environments: [prod]",
    "\n    - { reason: Why, environments: [prod] } # first\n    - reason: Other\n      environments: [staging]\n      reviewed: 2021-05-05",
    "[{ reason: Why, environments: [staging] }, { reason: Why, environments: [prod] }]",
    ">-\n    Why,\n    folded",
  ),
);
const keys = ["a -> b", "b -> c", "a -> c", "c -> a", "both -> c", "c -> both"] as const;
const texts = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...keys), values), { selector: ([key]) => key, minLength: 1 })
  .map(
    (edges) =>
      `${head}# Who calls whom\ntrust:\n${edges.map(([key, value]) => `  # ${key}\n  ${key}: ${value}\n`).join("")}# the end\n`,
  );

test("signing changes nothing but dates, for the rows that are signed and no other; twice is once", () => {
  fc.assert(
    fc.property(texts, fc.infiniteStream(fc.boolean()), (text, coin) => {
      const before = matrixOf(text);
      const all = reviewRows(before);
      const rows = all.filter(() => coin.next().value === true);
      const signed = sign(text, rows, "2026-11-22");
      const after = matrixOf(signed);
      const now = reviewRows(after);
      expect(hashOfRows(now)).toBe(hashOfRows(all));
      expect(now.map(({ reviewed }) => reviewed)).toEqual(
        all.map((row) => (rows.includes(row) ? "2026-11-22" : row.reviewed)),
      );
      const pair = pairMatrices(before, after);
      const facts = compareMatrices({ ...pair, everywhere: { before, after } });
      for (const fact of facts) {
        const keysOf = (side: typeof fact.before): readonly string[] =>
          typeof side === "object" && side !== null ? Object.keys(side) : [];
        expect([...keysOf(fact.before), ...keysOf(fact.after)].filter((key) => key !== "reviewed")).toEqual([]);
      }
      expect(facts.length > 0).toBe(rows.length > 0);
      // Comments, and lines of edges that nobody signed.
      for (const comment of text.match(/(?<=^|\s)# [^\n"']*$/gm) ?? []) expect(signed).toContain(comment);
      expect(signed.startsWith(head)).toBe(true);
      expect(sign(signed, rows, "2026-11-22")).toBe(signed);
      if (rows.length === 0) expect(signed).toBe(text);
    }),
    { numRuns: 20 },
  );
});

test("a row is another when anything of it is, but not when its date is", () => {
  const [row] = reviewRows(matrixOf(`${head}trust: { both -> c: Why }\n`));
  const others = [
    head.replace("both: [a, b]", "both: [a]"),
    head.replace("c: { owner: two }", "c: { owner: one }"),
    head.replace("c: { owner: two }", "c: { owner: two, ingress: all, public: { reason: All } }"),
    head.replace("a: { owner: one }", "a: { owner: one, account: { id: another } }"),
    head.replace("c: { owner: two }", "c: { owner: two, name: else }"),
    `${head}sensitive: c\n`,
  ].map((text) => `${text}trust: { both -> c: Why }\n`);
  const edges = [
    "Because",
    "{ reason: Why, ticket: T }",
    "{ reason: Why, expires: 2027-01-01 }",
    "{ reason: Why, environments: [prod] }",
  ];
  for (const text of [...others, ...edges.map((edge) => `${head}trust: { both -> c: ${edge} }\n`)])
    expect(reviewRows(matrixOf(text))[0]?.hash, text).not.toBe(row?.hash);
  const dated = matrixOf(`${head}trust: { both -> c: { reason: Why, reviewed: 2026-01-01 } }\n`);
  expect(reviewRows(dated)[0]?.hash).toBe(row?.hash);
});

test("of a list the clause of the environment is signed; in an included file, that file; of shared rows nothing for one owner", async () => {
  const folder = folderOf({
    "matrix.yaml": `${head}include: [part/*.yaml]\n`,
    "part/c.yaml": `trust: # ours
  a -> c: # two
    - { reason: Why, environments: [prod] }
    - { reason: Other, environments: [staging] } # kept
  c -> every: Why
  b -> c: { reason: Why, expires: 2026-01-01 }
`,
  });
  const read = (name: string): string => readFileSync(join(folder, name), "utf8");
  const root = read("matrix.yaml");
  await runMatrix(["review", "sign", "a -> c", "--env", "staging"], { cwd: folder });
  expect(read("part/c.yaml")).toContain(
    "- { reason: Why, environments: [prod] }\n    - { reason: Other, environments: [staging], reviewed: 2026-11-22 } # kept\n",
  );
  const owner = await runMatrix(["review", "sign", "--owner", "two", "--format", "json"], { cwd: folder });
  const schema: object = JSON.parse(readFileSync("schemas/review-sign.schema.json", "utf8"));
  expect(undescribed(schema)).toEqual([]);
  const validate = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true }).compile(schema);
  validate(JSON.parse(owner.stdout));
  expect(validate.errors).toBeNull();
  expect(JSON.parse(owner.stdout)).toMatchObject({
    written: true,
    files: ["part/c.yaml"],
    signed: [{ edge: "a -> c", environments: ["prod"] }],
    kept: [{ edge: "a -> c", environments: ["staging"] }],
    left: [
      "b -> c holds nowhere any more: delete it",
      "c -> every is of one and two: name it to sign it for all of them",
    ],
  });
  const one = await runMatrix(["review", "sign", "b", "c", "--env", "nowhere"], { cwd: folder });
  expect([one.code, one.stderr]).toEqual([2, expect.stringContaining('no environment is called "nowhere"')]);
  expect(read("matrix.yaml")).toBe(root);
});

test("a day before a row was what it is now is refused, by row, and one before any matrix for all", async () => {
  const shop = kept(GitFolder.repository());
  // Commits of tests are of 2026-11-01.
  shop.commit({ "matrix.yaml": `${head}trust:\n  a -> c: Why\n  both -> b: Why\n` });
  shop.write({ "matrix.yaml": `${head}trust:\n  a -> c: Why\n  both -> b: Because\n  c -> a: New\n` });
  const signed = async (date: string) => runMatrix(["review", "sign", "--all", "--date", date], { cwd: shop.path });
  const before = readFileSync(join(shop.path, "matrix.yaml"), "utf8");
  const early = await signed("2026-10-31");
  expect([early.code, early.stdout]).toEqual([1, "nothing to change\n"]);
  expect(early.stderr).toMatch(
    /^refused: c -> a is not committed as it is, so .*2026-10-31\nrefused: both -> b is not committed as it is, .*\nrefused: a -> c is as it is since 2026-11-01 only \([0-9a-f]{10}\), so that nobody reviewed it on 2026-10-31\n$/,
  );
  expect((await signed("1999-12-31")).stderr).toContain("1999-12-31 is too long ago to be true");
  expect(readFileSync(join(shop.path, "matrix.yaml"), "utf8")).toBe(before);
  const then = await signed("2026-11-01");
  expect([then.code, then.stdout]).toEqual([1, "changed matrix.yaml\n  a -> c  reviewed: 2026-11-01\n"]);
  // A date that has not come is no review that could stand.
  shop.write({ "matrix.yaml": `${head}trust: { a -> c: { reason: Why, reviewed: 2027-01-01 } }\n` });
  expect((await signed("2026-11-22")).stdout).toBe("changed matrix.yaml\n  a -> c  reviewed: 2026-11-22\n");
});
