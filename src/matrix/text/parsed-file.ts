import type { Node } from "yaml";
import type { SourceText } from "./source-text.ts";

/** Anything that YAML text can mean here. Objects that come through an alias are shared, so nothing may change them. */
export type Data = null | string | number | boolean | readonly Data[] | { readonly [key: string]: Data };

/** Keys and indexes from the root of a document. */
export type DataPath = readonly (string | number)[];

/** A file of a matrix, read: its data, and the nodes that say where each part of the data stands. */
export interface ParsedFile {
  readonly source: SourceText;
  readonly data: Data;
  readonly root: Node | null;
  /** The node that each alias stands for. */
  readonly targets: ReadonlyMap<Node, Node>;
}
