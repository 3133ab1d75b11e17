import { clip } from "../clip.ts";
import type { PictureEdge, PictureNode } from "../../picture/picture.ts";
import { edgeLook } from "../../picture/edge-looks.ts";

/** What a box has room for. */
const NAME = 44;

/** The lines of a node: its name, then what is to be said besides. A resource is called by its last part. */
export function nodeLines({ name, remarks }: PictureNode): readonly string[] {
  return [clip(name.replace(/^projects\/[^]*\/(?=[^/]+$)/, ""), NAME), ...remarks];
}

/** With more signed edges than this, words between the nodes would be most of the picture. */
const FEW = 16;

/** What stands at an edge; null where nothing need. */
export type EdgeText = (edge: PictureEdge) => string | null;

/** Signs with words where few edges have one; signs alone where many have, which a legend explains. */
export function edgeTexts(edges: readonly PictureEdge[], hasLegend: boolean): EdgeText {
  const isDense = hasLegend && edges.filter(({ state }) => edgeLook(state).sign !== null).length > FEW;
  return ({ state }) => {
    const { sign, name } = edgeLook(state);
    if (sign === null) return null;
    return isDense ? sign : `${sign} ${name}`;
  };
}
