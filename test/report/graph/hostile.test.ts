import { instance } from "@viz-js/viz";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Picture } from "../../../src/picture/picture.ts";
import { dot } from "../../../src/report/graph/dot.ts";
import { drawGraph } from "../../../src/report/graph/draw-graph.ts";
import { mermaid } from "../../../src/report/graph/mermaid.ts";
import { quoteDot } from "../../../src/report/graph/quote-dot.ts";
import { hiddenCharacter, showCharacter } from "../../../src/report/hidden-characters.ts";
import { textOf } from "../text-of.ts";

const viz = await instance();

const hostile = [
  String.raw`\N \G \E \T \H \L \l \r \n \\ \" \ `,
  'a"]; x [URL="https://evil.example"]; y ["',
  "a\\",
  "<b>html</b>",
  "&amp; &#8238; &lt;script&gt; &quot;",
  "a\nb\r\u0000c\u202ed\u2028",
  "</title></text></svg><script>alert(1)</script>",
  '" onload="alert(1)',
  "end; subgraph x; click n1 href",
  "--> <!-- ]]> <?xml ?>",
  "",
];

function pictureOf(text: string): Picture {
  const node = { kind: "service", isSensitive: false, isDeclared: true, isFocus: false } as const;
  return {
    title: text,
    notes: [text],
    nodes: [
      { ...node, name: text, remarks: [text], isSensitive: true },
      { ...node, name: `${text}2`, remarks: [], isDeclared: false },
      { ...node, name: `${text}3`, remarks: [], kind: "junction" },
    ],
    edges: [
      { from: 0, to: 1, state: "undeclared" },
      { from: 1, to: 2, state: "lost" },
      { from: 2, to: 0, state: "declared" },
    ],
    clusters: [{ label: text, nodes: [0] }],
    hasLegend: true,
  };
}

const anyText = textOf(["\\", '"', "&", "&#38;", "<", ">", "\n", "N", ";", "]", "\u202e", " ", "a", "\\N", "-->"]);

describe("hostile names in a graph", () => {
  test("DOT: what Graphviz shows is what was written, as one node", () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.constantFrom(...hostile)), (text) => {
        const shown = text.replace(hiddenCharacter, showCharacter);
        if (shown.trim() === "" || shown.length > 50) return;
        const drawn = viz.renderString(`digraph { n1 [label=${quoteDot([text])}] }`, { format: "svg" });
        expect(drawn.match(/class="node"/g)).toHaveLength(1);
        const [, label = ""] = /<text [^>]*>([^<]*)<\/text>/.exec(drawn) ?? [];
        const named: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"' };
        const read = label.replace(/&(?:#(\d+)|(\w+));/g, (_, code?: string, name?: string) =>
          code === undefined ? (named[name ?? ""] ?? "?") : String.fromCodePoint(Number(code)),
        );
        expect(read.replaceAll("\u00a0", " ")).toBe(shown);
      }),
      { numRuns: 60, seed: 7 },
    );
  });

  test.each(hostile)("no format lets it out: %j", async (text) => {
    const picture = pictureOf(text);
    const svg = await drawGraph(picture);
    const tags = [...svg.matchAll(/<\/?([\w:-]+)((?: [\w-]+="[^"<]*")*)\s*\/?>/g)];
    expect(tags).toHaveLength(svg.match(/</g)?.length ?? 0);
    const known = /^(svg|title|desc|rect|circle|text|g|path|polygon|polyline|ellipse)$/;
    expect(tags.filter(([, name = ""]) => !known.test(name))).toEqual([]);
    const attributes = tags.flatMap(([, , given = ""]) => [...given.matchAll(/ ([\w-]+)="/g)].map(([, name]) => name));
    expect(attributes.filter((name) => /^on|href|style|src|url/i.test(name ?? ""))).toEqual([]);
    expect(svg.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|&(?!(?:amp|lt|gt|quot|apos|#\d+);)/u);
    expect(svg.match(/data-node=/g)).toHaveLength(2);
    const groups = viz.renderString(dot(picture), { format: "svg" }).match(/class="(?:node|edge|cluster)"/g);
    expect(groups).toHaveLength(7);
    for (const [, label = ""] of mermaid(picture).matchAll(/"([^"]*)"/g))
      expect(label).toMatch(/^(?:[\p{L}\p{N}\p{M} _-]|#\d+;)+$/u);
    expect(await drawGraph(picture)).toBe(svg);
  });
});
