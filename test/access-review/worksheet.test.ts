import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readWorksheet } from "../../src/access-review/read-worksheet.ts";
import { reviewRows } from "../../src/access-review/review-rows.ts";
import { folderOf } from "../cli/answer.ts";
import { runMatrix } from "../cli/test-io.ts";
import { head, matrixOf } from "./two-owners.ts";

test("a worksheet is read again as it was written, whatever reasons say", async () => {
  const hostile = "- [x] `a -> c` in prod, row `00000000000000000000000000000000`";
  const text = `${head}trust:\n  a -> c: ${JSON.stringify(`${hostile}\n${hostile}`)}\n  b -> c: "=cmd()|'\\u202e <b>\n    | x"\n`;
  const folder = folderOf({ "matrix.yaml": text });
  const made = await runMatrix(["review", "start", "-o", "sheet.md"], { cwd: folder });
  expect([made.code, made.stderr]).toEqual([0, "wrote sheet.md\n"]);
  const sheet = readFileSync(join(folder, "sheet.md"), "utf8");
  expect(sheet).not.toMatch(/\u202e|<b>/);
  const [a, b] = reviewRows(matrixOf(text));
  const row = { heading: "two", where: "prod and staging", isTicked: false };
  expect(readWorksheet(sheet)).toMatchObject({
    rows: [
      { ...row, key: "a -> c", name: a?.hash.slice(0, 32) },
      { ...row, key: "b -> c", name: b?.hash.slice(0, 32) },
    ],
  });
  mkdirSync(join(folder, "given"));
  writeFileSync(
    join(folder, "given/sheet.md"),
    sheet.replace("- [ ] `b -> c`", "- [X] `b -> c`").replaceAll("\n", "\r\n"),
  );
  const ran = await runMatrix(["review", "sign", "--worksheet", "given/sheet.md"], { cwd: folder });
  expect([ran.code, ran.stdout]).toEqual([
    0,
    "changed matrix.yaml\n  b -> c  reviewed: 2026-11-22\nnot signed: 1 row of the worksheet not ticked\n",
  ]);
  const csv = await runMatrix(["review", "start", "--format", "csv"], { cwd: folder });
  expect(csv.stdout).not.toMatch(/(^|,)"?[=+@-]|\u202e/m);
  const shown = await runMatrix(["review", "start"], { cwd: folder });
  expect(shown.stdout).not.toMatch(/\u202e/);
});

// Rows of `one`, of `two`, and of both.
const shared = `${head}trust:
  a -> b: Fine, for <b> and <!--
  a -> c: Secret
  c -> every: Shared
`;

/** The worksheet of that matrix, of one owner or of all, after somebody wrote in it; what signing by it says. */
async function signedBy(edit: (sheet: string) => string, ...words: readonly string[]) {
  const folder = folderOf({ "matrix.yaml": shared });
  const { stdout } = await runMatrix(["review", "start", "--format", "markdown", ...words], { cwd: folder });
  const sheet = edit(stdout);
  expect(sheet).not.toBe(stdout);
  writeFileSync(join(folder, "sheet.md"), sheet);
  const ran = await runMatrix(["review", "sign", "--worksheet", "sheet.md"], { cwd: folder });
  const signed =
    (/[^]*?(?=^not signed|$(?![^]))/m.exec(ran.stdout)?.[0] ?? "").match(/\S+ -> \S+(?= {2}reviewed)/g) ?? [];
  if (ran.code === 2) expect(readFileSync(join(folder, "matrix.yaml"), "utf8")).toBe(shared);
  return { code: ran.code, signed, stderr: ran.stderr };
}

const tick = (sheet: string, key: string): string => sheet.replaceAll(`- [ ] \`${key}\``, `- [x] \`${key}\``);
const lineOf = (sheet: string, key: string): string =>
  sheet.split("\n").find((line) => line.startsWith(`- [ ] \`${key}\``)) ?? "";

test("a tick signs what its line shows, and nothing else", async () => {
  expect(await signedBy((sheet) => tick(sheet, "a -> b"))).toEqual({ code: 0, signed: ["a -> b"], stderr: "" });
  // The number of one row behind the name of another.
  const swapped = await signedBy((sheet) => {
    const name = /row `([0-9a-f]+)`/.exec(lineOf(sheet, "a -> c"))?.[1] ?? "";
    return tick(sheet, "a -> b").replace(/(- \[x\] .*row `)[0-9a-f]+/, `$1${name}`);
  });
  expect([swapped.code, swapped.signed]).toEqual([1, []]);
  expect(swapped.stderr).toMatch(
    /^refused: line \d+ shows a -> b in .* and its row is a -> c in .*: neither is signed\n$/,
  );
  const narrowed = await signedBy((sheet) =>
    tick(sheet, "a -> b").replace("`a -> b` in prod and staging", "`a -> b` in prod"),
  );
  expect([narrowed.code, narrowed.signed]).toEqual([1, []]);
});

test("what stands below another name is refused, and a row of several owners needs the tick of each", async () => {
  const moved = await signedBy((sheet) => tick(sheet, "a -> c").replace("## two", "## one"));
  expect([moved.code, moved.signed]).toEqual([1, []]);
  expect(moved.stderr).toMatch(/^refused: a -> c is of two, and does not stand below that name \(line \d+\)\n$/);
  const both = await signedBy((sheet) => tick(sheet, "c -> every"));
  expect(both).toEqual({ code: 0, signed: ["c -> every"], stderr: "" });
  const missing = /^refused: c -> every is of one and two, and is not ticked below one \(line \d+\)\n$/;
  const alone = await signedBy((sheet) => tick(sheet, "c -> every"), "--owner", "two");
  expect([alone.code, alone.signed]).toEqual([1, []]);
  expect(alone.stderr).toMatch(missing);
  const half = await signedBy(
    (sheet) => sheet.slice(0, sheet.indexOf("## two")) + tick(sheet.slice(sheet.indexOf("## two")), "c -> every"),
  );
  expect([half.code, half.signed]).toEqual([1, []]);
  expect(half.stderr).toMatch(missing);
});

test.each([
  ["a comment", "<!--\n", "\n-->", "a comment or a tag"],
  ["a tag", "<details hidden>\n\n", "\n\n</details>", "a comment or a tag"],
  ["a block of code", "```\n", "\n```", "the fence of a block of code"],
  ["a block of code in a list", "- ~~~~\n", "\n", "the fence of a block of code"],
  ["a mark that turns the text", "\u202e\n", "\n\u202c", String.raw`the hidden character \u{202e}`],
  ["a line break of one sort", "\r", "\n", String.raw`the hidden character \u{d}`],
])("a tick within %s is refused with the whole worksheet", async (_, before, after, what) => {
  const { code, stderr } = await signedBy((sheet) => {
    const line = lineOf(sheet, "a -> c");
    return sheet.replace(line, `${before}${tick(line, "a -> c")}${after}`);
  });
  expect(code).toBe(2);
  expect(stderr).toContain(` has ${what}, which can hide what is ticked\n`);
});

test("lines that only look like a row are no rows", () => {
  const line = "- [x] `a -> c` in prod, row `00000000000000000000000000000000`";
  expect(readWorksheet(`${line}\n`)).toMatchObject({ rows: [{ key: "a -> c", line: 1 }] });
  const others = [
    `  ${line}`,
    `\t${line}`,
    `> ${line}`,
    line.replace("- ", "* "),
    line.replace("- ", "1. "),
    line.replace("in prod", "~~no~~ in prod"),
    line.replace("[x] ", "[x] not "),
    `${line} `,
    `${line} or not`,
  ];
  expect(readWorksheet(others.join("\n"))).toEqual({ kind: "no rows", lines: others.map((_, index) => index + 1) });
  expect(readWorksheet(`---\n${line}\n---\n`)).toEqual({ kind: "veiled", line: 1, what: "front matter" });
  // A tag in a code span is shown, and `start` writes it; but what looks like a span may be none.
  const veiled = (text: string): boolean => "kind" in readWorksheet(text);
  expect([`- Reason: use \`<b>\` here`, `\n\`<!--\` a`].map(veiled)).toEqual([false, false]);
  for (const text of ["a `\nb ` <details> `", "- \\` <details> `", "- ` <details> `` x ``", "- <code title=` `>"])
    expect(veiled(text), text).toBe(true);
  // Notes of a reviewer, a byte order mark, breaks of lines as browsers send them.
  expect(readWorksheet(`\uFEFF# Access review\r\n\r\n${line}\r\n\t- Asked Ben \u2764\uFE0F: x < 3\r\n`)).toMatchObject({
    rows: [{ line: 3 }],
  });
});
