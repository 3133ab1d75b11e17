import { expect, test } from "vitest";
import { quickFindingsOf } from "./answer.ts";

const MEGABYTES = 1024 * 1024;

function fill(text: string, megabytes: number): string {
  return text.repeat(Math.ceil((megabytes * MEGABYTES) / text.length));
}

const tooLong = "1:1 yaml: the file holds more words and signs than any matrix needs, and is not read";

// Shapes that look like YAML. Without bounds, each of these takes minutes and gigabytes.
test.each<readonly [string, string, string]>([
  ["- - - -", fill("- ", 8), "1:129 yaml: the text nests more than 64 levels deep"],
  ["a: {", fill("a: {", 8), "1:256 yaml: the text nests more than 64 levels deep"],
  ["? ? ?", fill("? ", 8), "1:129 yaml: the text nests more than 64 levels deep"],
  [": : :", fill(": ", 8), "1:129 yaml: the text nests more than 64 levels deep"],
  ["&a *a", fill("&a *a ", 8), tooLong],
  ["[,,,", `[${fill(",", 8)}`, tooLong],
  ["a list", fill("- a\n", 8), tooLong],
  ["comments", fill("#\n", 8), tooLong],
  ["{}{}", fill("{}", 8), "1:3 yaml: this does not belong here"],
  ["---", fill("---\n", 8), "2:4 yaml: a second YAML document starts here; a file holds one"],
  ["|||", fill("|", 8), "1:2 yaml: this does not belong here"],
  ["a quote", `"${fill("x", 8)}`, "1:1 yaml: this quote is not closed"],
  ["!a!a", fill("!a", 8), "1:1 yaml: matrix takes no YAML tags"],
  ["blanks", fill(" ", 8), "1:1 yaml: the file is empty"],
  ["one word", fill("a", 8), expect.stringMatching(/^1:1 schema: the file must be a map, not "aaa/)],
  ["one long key", `${fill("a", 8)}: 1\n`, expect.stringMatching(/^1:1 yaml: /)],
  [
    "keys that are not there",
    Array.from({ length: 1000 }, (_, i) => `k${i}: 1\n`).join(""),
    '1:1 schema: no key of a matrix is called "k0"',
  ],
])("%s", async (_, text, told) => {
  expect((await quickFindingsOf({ "matrix.yaml": text }))[0]).toEqual(told);
});
