import type { DataPath } from "./parsed-file.ts";

/** A part of a matrix as rules name it: by path, not by line. */
export interface Place {
  readonly file: string;
  readonly path: DataPath;
  /** Whether the key is meant or what stands under it. */
  readonly part: "key" | "value";
  /** The word inside the key or value that is meant. */
  readonly word?: string;
  /** Which occurrence of the word, where the key holds it twice. */
  readonly occurrence?: "first" | "last";
}

/** The place of a key. */
export function keyAt(file: string, ...path: DataPath): Place {
  return { file, path, part: "key" };
}

/** The place of what stands under a key. */
export function valueAt(file: string, ...path: DataPath): Place {
  return { file, path, part: "value" };
}
