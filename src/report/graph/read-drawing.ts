/** A group of a drawing of Graphviz: a node, an edge or a cluster. */
export interface DrawnGroup {
  /** The one that our DOT gave it. */
  readonly id: string;
  readonly offset: string;
  /** Elements as they are written, checked. */
  readonly shapes: readonly string[];
}

export interface Drawing {
  /** In points. */
  readonly width: number;
  readonly height: number;
  readonly groups: readonly DrawnGroup[];
}

const root = /<svg width="([\d.]+)pt" height="([\d.]+)pt"\s+viewBox="0\.00 0\.00 [\d.]+ [\d.]+"[^>]*>/;
const ground = /<g id="\w+" class="graph" transform="(scale\([\d. ]+\) rotate\(0\) translate\([-\d. ]+\))">/;
const group = /<g id="([^"]*)" class="(?:node|edge|cluster)">\n<title>[^<]*<\/title>\n([^]*?)<\/g>/g;
const shape = /^<(polygon|path|ellipse|polyline)((?: [a-z-]+="[^"<>&]*")+)\/>$/;
const label = /^<text xml:space="preserve"((?: [a-z-]+="[^"<>&]*")+)>([^<>]*)<\/text>$/;
const drawing = new Set(
  "fill stroke stroke-width stroke-dasharray points d cx cy rx ry x y text-anchor font-family font-size".split(" "),
);

/**
 * Takes a drawing of Graphviz apart. Each line of it must be one that draws: anything else, a link for one, would mean
 * that a name had become syntax.
 * @throws Error where there is anything else
 */
export function readDrawing(text: string): Drawing {
  const [, width, height] = root.exec(text) ?? [];
  const [, offset] = ground.exec(text) ?? [];
  if (width === undefined || height === undefined || offset === undefined)
    throw new Error("Graphviz drew nothing that is known here");
  const groups = [...text.matchAll(group)].map(([, id = "", body = ""]) => ({
    id,
    offset,
    shapes: body
      .split("\n")
      .filter((line) => line !== "")
      .map(checkedShape),
  }));
  const known = groups.length;
  const all = text.match(/<g /g)?.length ?? 0;
  if (all !== known + 1) throw new Error(`Graphviz drew ${all - 1} groups, of which ${known} are known here`);
  return { width: Number(width), height: Number(height), groups };
}

function checkedShape(line: string): string {
  const [, , attributes] = shape.exec(line) ?? label.exec(line)?.toSpliced(1, 0, "text") ?? [];
  const names = [...(attributes ?? "").matchAll(/ ([a-z-]+)="/g)].map(([, name = ""]) => name);
  if (attributes === undefined || names.some((name) => !drawing.has(name)))
    throw new Error(`Graphviz drew what no drawing has: ${line.slice(0, 80)}`);
  return line.replace(` xml:space="preserve"`, "").replace(` font-family="Helvetica,sans-Serif"`, "");
}
