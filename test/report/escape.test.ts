import { describe, expect, test } from "vitest";
import { escapeCommandData, escapeCommandProperty } from "../../src/report/github/escape-command.ts";
import { formatJson } from "../../src/report/json/format-json.ts";
import { escapeTerminal } from "../../src/report/terminal/escape-terminal.ts";
import { escapeXml } from "../../src/report/xml/escape-xml.ts";

describe("escapeTerminal", () => {
  test.each([
    ["plain text, [brackets], # and ünïcödé", "plain text, [brackets], # and ünïcödé"],
    ["a\u001b[31mb", "a\\u{1b}[31mb"],
    ["a\nb\tc\rd", "a\\u{a}b\\u{9}c\\u{d}d"],
    ["\u202a\u202e\u2066\u2069\u200e\u200f", "\\u{202a}\\u{202e}\\u{2066}\\u{2069}\\u{200e}\\u{200f}"],
    ["a\ud83db 🚀", "a\\u{d83d}b 🚀"],
    ["bil\u200bling", "bil\\u{200b}ling"],
    ["tag \u{e0041}", "tag \\u{e0041}"],
    ["⚠️ x\ufe0f", "⚠️ x\\u{fe0f}"],
    ["名前\u3000名前 a\u00a0b", "名前\u3000名前 a\\u{a0}b"],
    ["::error::x", "\\u{3a}:error::x"],
    ["  ::error::x", "  \\u{3a}:error::x"],
    ["fc00::1", "fc00::1"],
    ["x ##[error]y ## [z]", "x #\\u{23}[error]y ## [z]"],
    ["##vso[task.complete]", "#\\u{23}vso[task.complete]"],
  ])("%j is shown as %j", (text, shown) => {
    expect(escapeTerminal(text)).toBe(shown);
  });
});

describe("escapeCommandData and escapeCommandProperty", () => {
  test("encode what the runner decodes, percent first", () => {
    expect(escapeCommandData("100% a:b,c\r\n%0A")).toBe("100%25 a:b,c%0D%0A%250A");
    expect(escapeCommandProperty("100% a:b,c\r\n%0A")).toBe("100%25 a%3Ab%2Cc%0D%0A%250A");
  });
});

describe("escapeXml", () => {
  test("encodes markup and shows what XML forbids", () => {
    expect(escapeXml(`<a b="c" d='e'>&]]>`)).toBe("&lt;a b=&quot;c&quot; d=&apos;e&apos;&gt;&amp;]]&gt;");
    expect(escapeXml("a\tb\nc\rd")).toBe("a&#9;b&#10;c&#13;d");
    expect(escapeXml("\0\u000b\ufffe\uffff\ud800")).toBe("\\u{0}\\u{b}\\u{fffe}\\u{ffff}\\u{d800}");
    expect(escapeXml("##[error]")).toBe("#&#35;[error]");
  });
});

describe("formatJson", () => {
  test("writes hidden characters by number, beyond those that JSON itself does", () => {
    expect(formatJson(["\u007f\u009b\u202e\u{e0041}\ud800 ##[x]"])).toBe(
      '[\n  "\\u007f\\u009b\\u202e\\udb40\\udc41\\ud800 #\\u0023[x]"\n]\n',
    );
  });
});
