import { assert, constantFrom, property, string } from "fast-check";
import { describe, expect, test } from "vitest";
import { codeElement, encodeJson, html, pictureElement } from "../../src/page/html.ts";
import { keepDrawing } from "../../src/page/keep-drawing.ts";

describe("the HTML of the page", () => {
  test("takes text as text, HTML as HTML, and nothing as nothing", () => {
    const inner = html`<b title="${`"'<&>\``}">${"<script>"}</b>`;
    expect(`${html`<p>${inner}${[html`<i>${1}</i>`, null, false, undefined]}</p>`}`).toBe(
      '<p><b title="&quot;&#39;&lt;&amp;&gt;&#96;">&lt;script&gt;</b><i>1</i></p>',
    );
  });

  test("shows what a reader cannot see", () => {
    expect(`${html`<p>${"a\u202eb\u200bc\u0007\ud800"}</p>`}`).toBe(
      String.raw`<p>a\u{202e}b\u{200b}c\u{7}\u{d800}</p>`,
    );
  });

  test("has no value where no escaping would hold", () => {
    const value = "x onload=alert(1)";
    expect(() => html`<p title=${value}>a</p>`).toThrow("unquoted");
    expect(() => html`<${value}>`).toThrow("unquoted");
    expect(() => html`<p title="a" ${value}>a</p>`).toThrow("unquoted");
    expect(`${html`<p title="a > b" class="${value}">a</p>`}`).toContain('class="x onload&#61;alert(1)"');
    expect(`${html`<p>he said "${value}</p>`}`).toContain("x onload");
    for (const code of ["</script>", "</STYLE", "<!--"])
      expect(() => codeElement("script", code)).toThrow("ends its own");
  });

  test("no text becomes markup", () => {
    const hostile = string({
      unit: constantFrom("<", ">", '"', "'", "`", "&", "=", "/", "script", "\u2028", " ", "a"),
    });
    assert(
      property(hostile, (text) => {
        expect(`${html`<p title="${text}">${text}</p>`}`).toMatch(/^<p title="[^"<>'`=]*">[^"<>'`=]*<\/p>$/);
        const json = encodeJson({ [text]: [text] });
        expect(json).not.toMatch(/[<>&\u2028\u2029]/);
        expect(JSON.parse(json)).toEqual({ [text]: [text] });
      }),
      { numRuns: 200 },
    );
  });

  test("a drawing brings nothing along that does not draw", () => {
    const drawing = `<?xml version="1.0"?><!DOCTYPE svg><!-- a --><svg viewBox="0 0 1 1" onload="x()" style="a:b" class="g">
<style>p{}</style><script>x()</script><foreignObject><p>in</p></foreignObject><a xlink:href="javascript:x()"><text x="1">gone</text></a>
<g data-node="a &lt;b&gt;"><text>kept</text><path d="M0 0" fill="url(https://e.example/x)" stroke="#fff"/></g></svg>`;
    const kept = keepDrawing(drawing);
    expect(kept.replace(/\s+/g, " ")).toBe(
      '<svg viewBox="0 0 1 1" class="g"> <g data-node="a &lt;b&gt;"><text>kept</text><path d="M0 0" stroke="#fff"/></g></svg>',
    );
    expect(`${html`<div>${pictureElement(drawing)}</div>`}`).toBe(`<div>${kept}</div>`);
  });
});
