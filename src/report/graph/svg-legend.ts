import { isCalleeKind } from "../../callees/callee-of.ts";
import { edgeLook, edgeStates } from "../../picture/edge-looks.ts";
import type { Picture, PictureNode } from "../../picture/picture.ts";
import { escapeXml } from "../xml/escape-xml.ts";

export interface Legend {
  readonly lines: readonly string[];
  /** In points. */
  readonly width: number;
  readonly height: number;
}

const LINE = 18;

const dashes = { solid: "", bold: "", dashed: ` stroke-dasharray="5,2"`, dotted: ` stroke-dasharray="1,5"` } as const;

const widths = { solid: 1, bold: 2.2, dashed: 1.4, dotted: 1.8 } as const;

const forms: readonly {
  readonly text: string;
  readonly is: (node: PictureNode) => boolean;
  readonly draw: (y: number) => string;
}[] = [
  {
    text: "two frames: sensitive",
    is: ({ isSensitive }) => isSensitive,
    draw: (y) =>
      `${box(y, `fill="#fff3d6"`)}<rect x="10" y="${y - 11}" width="44" height="14" fill="none" stroke="#333a42"/>`,
  },
  {
    text: "round corners: a caller that is no service",
    is: ({ kind, isDeclared }) => isDeclared && !isCalleeKind(kind) && !["internet", "junction"].includes(kind),
    draw: (y) => box(y, `rx="4" fill="#eef0fb"`),
  },
  {
    text: "dashed frame: not in the matrix",
    is: ({ isDeclared }) => !isDeclared,
    draw: (y) => box(y, `fill="#fdeaea" stroke-dasharray="5,2"`),
  },
];

/** What the lines and frames of a picture mean: those that are in it. */
export function drawLegend({ nodes, edges }: Picture): Legend {
  const states = edgeStates.filter((state) => edges.some((edge) => edge.state === state));
  const used = forms.filter(({ is }) => nodes.some(is));
  const texts = [
    ...states.map((state) => {
      const { name, meaning, sign } = edgeLook(state);
      return `${sign === null ? "" : `${sign} `}${name}: the caller ${meaning}`;
    }),
    ...used.map(({ text }) => text),
  ];
  const samples = [
    ...states.map((state) => (y: number) => edgeSample(edgeLook(state), y)),
    ...used.map(({ draw }) => draw),
  ];
  const lines = texts.flatMap((text, i) => {
    const y = 16 + i * LINE;
    return [samples[i]?.(y) ?? "", `<text x="64" y="${y}" font-size="11" fill="#14181c">${escapeXml(text)}</text>`];
  });
  return { lines, width: 90 + 6 * Math.max(0, ...texts.map(({ length }) => length)), height: texts.length * LINE + 12 };
}

function edgeSample({ line, color, head }: ReturnType<typeof edgeLook>, y: number): string {
  const fill = head === "full" ? color : "white";
  return `<path d="M12,${y - 4}H44" fill="none" stroke="${color}" stroke-width="${widths[line]}"${dashes[line]}/><polygon points="44,${y - 8} 54,${y - 4} 44,${y}" fill="${fill}" stroke="${color}"/>`;
}

function box(y: number, attributes: string): string {
  return `<rect x="12" y="${y - 9}" width="40" height="10" stroke="#333a42" ${attributes}/>`;
}
