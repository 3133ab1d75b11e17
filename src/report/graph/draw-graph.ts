import type { Picture } from "../../picture/picture.ts";
import { dot } from "./dot.ts";
import { svg } from "./svg.ts";

/** A picture as one `<svg>` element, laid out by Graphviz, which is loaded here and nowhere else. */
export async function drawGraph(picture: Picture): Promise<string> {
  const { renderDot } = await import("../../viz/viz.ts");
  return svg(picture, await renderDot(dot(picture, "layout")));
}
