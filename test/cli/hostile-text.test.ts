import { describe, expect, test } from "vitest";
import { findingsOf, matrixWith } from "./answer.ts";

const good = matrixWith("");

/** Bytes of a text in UTF-16, with the mark that says so. */
function utf16(text: string, littleEndian: boolean): Uint8Array {
  const bytes = Buffer.from(`\ufeff${text}`, "utf16le");
  return littleEndian ? bytes : bytes.swap16();
}

/** One item that stands for ten of the next, nine times over. */
function laughs(): string {
  const levels = Array.from({ length: 9 }, (_, i) => `x-${i + 1}: &a${i + 1} [${Array(10).fill(`*a${i}`).join(", ")}]`);
  return `version: 1\nx-0: &a0 [ha]\n${levels.join("\n")}\n`;
}

/** Anchors that each nest a little deeper than the one before. */
function staircase(steps: number): string {
  const anchors = Array.from(
    { length: steps },
    (_, i) => `x-${i + 1}: &s${i + 1} ${"{ not: ".repeat(40)}*s${i}${" }".repeat(40)}`,
  );
  return `version: 1\nx-0: &s0 { not: web }\n${anchors.join("\n")}\nsensitive: *s${steps}\n`;
}

describe("bytes that are no text", () => {
  test.each<readonly [string, Uint8Array | string, string]>([
    ["nothing", "", "1:1 yaml: the file is empty"],
    ["only comments", "# a\n\n# b\n", "1:1 yaml: the file is empty"],
    ["only blanks", " \n \n", "1:1 yaml: the file is empty"],
    ["only a byte order mark", "\ufeff", "1:1 yaml: the file is empty"],
    ["only null", "~\n", "1:1 yaml: the file is empty"],
    ["UTF-16, low byte first", utf16(good, true), "error: matrix.yaml: the file is UTF-16, not UTF-8"],
    ["UTF-16, high byte first", utf16(good, false), "error: matrix.yaml: the file is UTF-16, not UTF-8"],
    ["latin-1", Buffer.from("version: 1 # für\n", "latin1"), "error: matrix.yaml: the file is not valid UTF-8"],
    ["a NUL", "version: 1\0\n", "error: matrix.yaml: the file is binary, not text"],
    ["half a character", Buffer.from([0x76, 0xe2, 0x82]), "error: matrix.yaml: the file is not valid UTF-8"],
    [
      "an escape character",
      "version: 1\nx-a: a\u001b[2Jb\n",
      "2:6 yaml: this text holds a control character or half a character",
    ],
    [
      "an escaped half character",
      'version: 1\nx-a: "\\ud800"\n',
      "2:6 yaml: this text holds a control character or half a character",
    ],
  ])("%s", async (_, bytes, told) => {
    expect((await findingsOf({ "matrix.yaml": bytes }))[0]).toBe(told);
  });
});

describe("text that works as it is", () => {
  test.each<readonly [string, string]>([
    ["a byte order mark", `\ufeff${good}`],
    ["CRLF", good.replaceAll("\n", "\r\n")],
    ["a byte order mark and CRLF", `\ufeff${good.replaceAll("\n", "\r\n")}`],
    ["an end of the document", `${good}...\n`],
    ["a start of the document", `---\n${good}`],
    ["the directive of YAML 1.2", `%YAML 1.2\n---\n${good}`],
    ["no line break at the end", good.trimEnd()],
    ["JSON", JSON.stringify({ version: 1, environments: { a: { project: "acme-a", regions: ["europe-west1"] } } })],
  ])("%s", async (_, text) => {
    expect(await findingsOf({ "matrix.yaml": text })).toEqual([]);
  });

  test.each(["\n", "\r\n"])(
    "columns count from the same place with %j, also behind a byte order mark",
    async (line) => {
      const text = `\ufeffversoin: 1\nservices: { web: {}, wEb: {} }\n`.replaceAll("\n", line);
      expect(await findingsOf({ "matrix.yaml": text })).toEqual([
        '1:1 schema: no key of a matrix is called "versoin"',
        '1:1 schema: the file lacks "version"',
        expect.stringMatching(/^2:22 schema: "wEb" is not a name/),
      ]);
    },
  );
});

describe("YAML that a matrix does not take", () => {
  test.each<readonly [string, string, string]>([
    [
      "two documents",
      "version: 1\n---\nversion: 1\n",
      "3:1 yaml: a second YAML document starts here; a file holds one",
    ],
    ["a thousand documents", "---\n".repeat(1000), "2:4 yaml: a second YAML document starts here; a file holds one"],
    ["a tab", "version: 1\nservices:\n\tweb: {}\n", "3:1 yaml: a tab cannot indent YAML"],
    ["a key twice", "version: 1\nx-a: 1\nx-a: 2\n", '3:1 yaml: the key "x-a" stands twice in this map'],
    ["YAML 1.1", "%YAML 1.1\n---\nversion: 1\n", "1:1 yaml: the file asks for YAML 1.1; matrix reads YAML 1.2"],
    ["a tag", "version: !int 1\n", "1:10 yaml: matrix takes no YAML tags"],
    ["a tag of JavaScript", "version: 1\nx-a: !!js/function 'function () {}'\n", "2:6 yaml: matrix takes no YAML tags"],
    ["no number", "version: .nan\n", "1:10 yaml: this value is not text, a number, true, false or null"],
    ["a billion laughs", laughs(), "8:26 yaml: aliases expand to more than 1,000,000 values"],
    ["an alias in itself", "version: 1\nx-a: &a [*a]\n", "2:10 yaml: the alias *a stands inside its own anchor"],
    ["an alias of nothing", "version: 1\nx-a: *.yaml\n", "2:6 yaml: no anchor &.yaml stands before this alias"],
    ["aliases that nest", staircase(200), "4:290 yaml: aliases nest more than 64 levels deep"],
    ["100,000 brackets", `x-a: ${"[".repeat(100_000)}`, "1:69 yaml: the text nests more than 64 levels deep"],
    ["100,000 maps", `x-a: ${"{a: ".repeat(100_000)}`, "1:258 yaml: the text nests more than 64 levels deep"],
    ["100,000 lists in one line", "- ".repeat(100_000), "1:129 yaml: the text nests more than 64 levels deep"],
    ["100,000 questions", "? ".repeat(100_000), "1:129 yaml: the text nests more than 64 levels deep"],
    [
      "2,000 levels of indentation",
      Array.from({ length: 2000 }, (_, i) => `${" ".repeat(i)}a:\n`).join(""),
      "65:65 yaml: the text nests more than 64 levels deep",
    ],
    ["a list as key", "version: 1\n? [a]\n: b\n", "2:3 yaml: a key must be text"],
    ["a map as key", "version: 1\n{ a: b }: c\n", "2:1 yaml: a key must be text"],
    [
      "a key of a megabyte",
      `version: 1\n? ${"a".repeat(1_000_000)}\n: b\n`,
      "2:3 yaml: this key is longer than 1,024 characters",
    ],
    ["a merge of text", "version: 1\nx-a: { <<: b }\n", "2:8 yaml: << merges a map or a list of maps"],
    ["a merge of a list in a list", "version: 1\nx-a: { <<: [[]] }\n", "2:8 yaml: << merges a map or a list of maps"],
    [
      "two merges",
      "version: 1\nx-a: &a {}\nx-b: { <<: *a, <<: *a }\n",
      '3:16 yaml: the key "<<" stands twice in this map',
    ],
    ["text", "hello\n", '1:1 schema: the file must be a map, not "hello"'],
    ["a list", "- version: 1\n", "1:1 schema: the file must be a map, not a list"],
    [
      "a page of the web",
      "<!doctype html>\n<html><body>404</body></html>\n",
      '1:1 schema: the file must be a map, not "<!doctype html> <html><body>404</body></html>"',
    ],
  ])("%s", async (_, text, told) => {
    expect((await findingsOf({ "matrix.yaml": text }))[0]).toBe(told);
  });
});

test("anchors and merges work, and findings stand where the words are", async () => {
  const text = `version: 1
x-defaults: &shop { owner: nobody, description: A shop }
environments: { prod: { project: acme-prod, regions: [europe-west1] } }
owners: { team-web: {} }
services:
  web: { <<: *shop, ingress: all, public: { reason: Customers browse } }
  cart: { <<: [{ owner: team-web }, *shop], <<x: 1 }
trust: { web -> cart: Shows the cart }
`;
  expect(await findingsOf({ "matrix.yaml": text })).toEqual(['7:45 schema: "cart" takes no key "<<x"']);
  expect(await findingsOf({ "matrix.yaml": text.replace(", <<x: 1", "") })).toEqual([
    '2:28 unknown-owner: no owner is called "nobody"',
  ]);
});
