import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { markLine } from "../../src/report/terminal/mark-line.ts";

function mark(line: string, word: string, width = 60) {
  const from = line.indexOf(word);
  return markLine(line, from, from + word.length, width, "^");
}

describe("markLine", () => {
  test("shows tabs as spaces, with the mark under the word", () => {
    expect(mark("\ta: b", "b")).toEqual({ code: "    a: b", underline: "       ^" });
  });

  test("counts wide characters as two columns and combining ones as none", () => {
    expect(mark("名前: x", "x")).toEqual({ code: "名前: x", underline: "      ^" });
    expect(mark("名前: x", "前")).toEqual({ code: "名前: x", underline: "  ^^" });
    expect(mark("cafe\u0301: x", "x")).toEqual({ code: "cafe\u0301: x", underline: "      ^" });
    expect(mark("🚀 ⚠️ x", "x").underline).toBe("      ^");
  });

  test("shows hidden characters by number and counts what it shows", () => {
    expect(mark("a\u202eb: x", "x")).toEqual({ code: "a\\u{202e}b: x", underline: "            ^" });
    expect(mark("a\u00a0b", "\u00a0")).toEqual({ code: "a\\u{a0}b", underline: " ^^^^^^" });
    expect(mark("a\ud800b", "b")).toEqual({ code: "a\\u{d800}b", underline: "         ^" });
  });

  test("marks at least one column, also past the end of the line", () => {
    expect(markLine("abc", 1, 1, 60, "-")).toEqual({ code: "abc", underline: " -" });
    expect(markLine("abc", 3, 3, 60, "^")).toEqual({ code: "abc", underline: "   ^" });
    expect(markLine("abc", 99, 120, 60, "^")).toEqual({ code: "abc", underline: "   ^" });
    expect(markLine("", 0, 0, 60, "^")).toEqual({ code: "", underline: "^" });
  });

  test("cuts what does not fit around the mark", () => {
    const words = Array.from({ length: 2_000 }, (_, i) => `w${i}`).join(" ");
    expect(mark(words, "w3").code).toMatch(/^w0 w1 w2 w3 .*…$/);
    const middle = mark(words, "w1000");
    expect(middle.code).toMatch(/^…[^…]* w1000 [^…]*…$/);
    expect(middle.underline.indexOf("^")).toBe(middle.code.indexOf("w1000"));
    expect(mark(words, "w1999").code).toMatch(/^….* w1999$/);
    expect(mark(words, words)).toEqual({ code: `${words.slice(0, 58)}…`, underline: "^".repeat(58) });
  });

  test("a line of megabytes costs no more than what is shown of it", () => {
    const line = `${"顧".repeat(2_000_000)} x ${"\u0301".repeat(2_000_000)}`;
    const { code, underline } = mark(line, "x", 80);
    expect(code).toContain(" x ");
    expect(underline.trim()).toBe("^");
  });

  test("of text with nothing special, the mark stands under what is marked", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "B", "-", ":", "0"), minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(text, fc.nat(), fc.nat(), fc.integer({ min: 40, max: 200 }), (line, start, length, width) => {
        const from = start % line.length;
        const to = from + 1 + (length % (line.length - from));
        const { code, underline } = markLine(line, from, to, width, "^");
        const marked = code.slice(underline.indexOf("^"), underline.length);
        expect(code.length).toBeLessThanOrEqual(width);
        expect(line.slice(from, to).startsWith(marked)).toBe(true);
        expect(marked === line.slice(from, to) || code.endsWith("…")).toBe(true);
      }),
    );
  });
});
