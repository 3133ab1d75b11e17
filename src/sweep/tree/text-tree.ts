/** What YAML, JSON and HCL have in common: texts in maps and lists, with the place of each text. */
export type TextTree = TreeMap | TreeList | TreeText;

export interface TreeMap {
  readonly kind: "map";
  readonly pairs: readonly { readonly key: string; readonly value: TextTree }[];
}

export interface TreeList {
  readonly kind: "list";
  readonly items: readonly TextTree[];
}

export interface TreeText {
  readonly kind: "text";
  readonly text: string;
  /** Offsets of its source. */
  readonly start: number;
  readonly end: number;
  /** Whether its lines are lines of the source, from the one after `start`. */
  readonly isBlock: boolean;
}

/** How deep collections may nest. What lies deeper is read as lines. */
export const MAX_DEPTH = 100;

export class TooDeep extends Error {}

/** The text under a key of a map; undefined where there is none, or a collection. */
export function textAt(tree: TextTree, key: string): string | undefined {
  const found = childAt(tree, key);
  return found?.kind === "text" ? found.text : undefined;
}

export function childAt(tree: TextTree | undefined, key: string): TextTree | undefined {
  return tree?.kind === "map" ? tree.pairs.find((pair) => pair.key === key)?.value : undefined;
}
