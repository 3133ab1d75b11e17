/** All that a drawing is made of. Whatever else stands in one is left out: scripts, links, styles, foreign content. */
const elements = new Set(
  "svg g path polygon polyline ellipse circle rect line text tspan title desc defs marker".split(" "),
);

const attributes = new Set(
  `id class role viewBox width height x y x1 y1 x2 y2 cx cy r rx ry d points transform fill stroke stroke-width
  stroke-dasharray stroke-linecap stroke-linejoin opacity fill-opacity stroke-opacity text-anchor dominant-baseline
  font-family font-size font-weight font-style marker-end marker-start orient refX refY markerWidth markerHeight
  markerUnits preserveAspectRatio xmlns aria-label aria-labelledby aria-hidden data-caller data-callee data-node data-state`.split(
    /\s+/,
  ),
);

const token = /<!--[^]*?-->|<[?!][^>]*>|<(\/?)([\w:-]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>|<|[^<]+/g;

/** The elements and attributes of a drawing that draw, as they stand: its own text cannot bring anything else along. */
export function keepDrawing(svg: string): string {
  let kept = "";
  let dropped = 0;
  for (const [whole, slash, name, given = "", end] of svg.matchAll(token)) {
    if (name === undefined) {
      if (!whole.startsWith("<") && dropped === 0) kept += whole;
    } else if (!elements.has(name)) dropped += slash === "/" ? -1 : end === "/" ? 0 : 1;
    else if (dropped === 0) kept += slash === "/" ? `</${name}>` : `<${name}${keepAttributes(given)}${end}>`;
  }
  return kept;
}

function keepAttributes(given: string): string {
  return [...given.matchAll(/\s+([\w:-]+)=("[^"]*")/g)]
    .flatMap(([, name = "", value]) =>
      attributes.has(name) && !/:|url\((?!#)/.test(value ?? "")
        ? [` ${name}=${value}`]
        : isText(name)
          ? [` ${name}=${value}`]
          : [],
    )
    .join("");
}

function isText(name: string): boolean {
  return /^(aria-label|data-\w+|xmlns)$/.test(name);
}
