import { clip } from "../clip.ts";
import type { Picture, PictureEdge, PictureNode } from "../../picture/picture.ts";
import { edgeLook } from "../../picture/edge-looks.ts";

/** What a box has room for. */
const NAME = 44;

/** The lines of a node: its name, then what is to be said besides. A resource is called by its last part. */
export function nodeLines({ name, remarks }: PictureNode): readonly string[] {
  return [clip(name.replace(/^projects\/[^]*\/(?=[^/]+$)/, ""), NAME), ...remarks];
}

/** With more signed edges than this, words between the nodes would be most of the picture. */
const FEW = 16;

/** Whether edges bear signs alone, which a legend explains. */
export function isDense({ edges, hasLegend }: Pick<Picture, "edges" | "hasLegend">): boolean {
  return hasLegend && edges.filter(({ state }) => edgeLook(state).sign !== null).length > FEW;
}

/** A sign with its word; null where the line says it all, or where another edge of the same junction says it. */
export function edgeText({ to, state }: PictureEdge, { nodes }: Pick<Picture, "nodes">): string | null {
  const { sign, name } = edgeLook(state);
  return sign === null || nodes[to]?.kind === "junction" ? null : `${sign} ${name}`;
}
