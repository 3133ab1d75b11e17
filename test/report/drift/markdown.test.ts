import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { markdown } from "../../../src/report/drift/markdown.ts";
import { markdownCode, markdownText } from "../../../src/report/markdown/markdown-text.ts";
import { findingOf, options, pathOf, reportOf, unreadOf } from "./fixture.ts";
import { rich } from "./worlds.ts";

/** Markdown without its code: what a renderer, and GitHub after it, would look into. */
function outsideCode(text: string): string {
  return text.replace(/`[^`|\\]*`|<code>(?:[^<>`|\\]*)<\/code>/g, "");
}

/** What has a meaning to Markdown, HTML or GitHub where it stands outside of code. */
const meaningful = /[`*_<>[\]|\\~#@$!{}^&=+/]|www\.|:\/\//i;

const parts = [
  "`",
  "``",
  "|",
  "\\",
  "\\|",
  "<",
  "</code>",
  "<!--",
  "*",
  "_",
  "[a](b)",
  "#1",
  "@x",
  "www.x.y",
  "http://x",
  "~~",
  "&lt;",
  "$x$",
  " ",
  "a",
  "a@b.c",
  "!",
  "\n",
  "1.",
];
const anyText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string(),
  fc.array(fc.constantFrom(...parts)).map((chosen) => chosen.join("")),
  fc.array(fc.constantFrom(...parts)).map((chosen) => chosen.join(" ")),
);

describe("markdownText", () => {
  test.each([
    ["everybody can invoke billing", "everybody can invoke billing"],
    ["(exception EX-4), it's so.", "(exception EX-4), it's so."],
    ["group:dev@a.example has roles/run.invoker.", "`group:dev@a.example` has `roles/run.invoker`."],
    ["if a.b || c.d", "if <code>a&#46;b &#124;&#124; c&#46;d</code>"],
    ["a `b` c", "a <code>&#96;b&#96;</code> c"],
    ["<b>x</b>", "`<b>x</b>`"],
    ["**a** _b_", "`**a** _b_`"],
    ["see @acme/team, #1", "see `@acme/team, #1`"],
    ["a\nb", "<code>a&#92;u&#123;a&#125;b</code>"],
    ["", ""],
  ])("%j is written %j", (text, written) => {
    expect(markdownText(text)).toBe(written);
  });

  test("nothing outside of code has a meaning, and code ends where it is meant to", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const encoded of [markdownText(text), markdownCode(text)]) {
          expect(outsideCode(encoded)).not.toMatch(meaningful);
          expect(encoded).not.toMatch(/[|\\\n]/);
        }
      }),
      { seed: 7 },
    );
  });

  test("every word can still be read", () => {
    const read = (encoded: string): string =>
      encoded
        .replace(/`|<\/?code>/g, "")
        .replace(/&#(\d+);/g, (_, number: string) => String.fromCodePoint(Number(number)));
    fc.assert(
      fc.property(
        fc.string().filter((text) => !/[`<&]/.test(text)),
        (text) => {
          expect(read(markdownText(text))).toBe(
            text
              .split(" ")
              .filter((word) => word !== "")
              .join(" "),
          );
        },
      ),
      { seed: 7 },
    );
  });
});

describe("markdown", () => {
  const hostile = "a | b\\| c ` d\n| x |\n# y";
  const finding = {
    message: hostile,
    services: [hostile, "b"],
    fix: hostile,
    criteria: [hostile],
    paths: [pathOf({ member: hostile, condition: hostile })],
  };
  const report = reportOf({
    complete: false,
    unread: [unreadOf({ what: hostile, resource: hostile, reason: hostile, services: [hostile] })],
    findings: [findingOf(finding), findingOf({ ...finding, accepted: hostile })],
  });

  test("no text adds a cell to a table", () => {
    const tables = markdown(report, { ...options, verbose: true })
      .split("\n\n")
      .filter((part) => part.startsWith("|"));
    expect(tables).toHaveLength(4);
    for (const table of tables) {
      const bars = table
        .trimEnd()
        .split("\n")
        .map((line) => line.split("|").length);
      expect(new Set(bars).size).toBe(1);
      expect(bars).toHaveLength(3);
    }
  });

  test("the truth table comes with -v", () => {
    expect(markdown(rich, options)).not.toContain("## Who can invoke what");
    const verbose = markdown(rich, { ...options, verbose: true });
    expect(verbose).toContain("## Who can invoke what");
    expect(verbose.split("\n").filter((line) => line.startsWith("| `")).length).toBe(rich.access.length);
  });
});
