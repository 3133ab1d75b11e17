import type { FileTree } from "../../src/files/file-tree.ts";
import type { Matrix } from "../../src/matrix/model/matrix.ts";
import { validateMatrix } from "../../src/matrix/validate-matrix.ts";
import type { Instant } from "../../src/time/instant.ts";

/** The day on which tests judge. */
export const today = Date.parse("2026-11-22T00:00:00Z") as Instant;

/** Files that are only in memory, by name. */
export function treeOf(files: Readonly<Record<string, string>>): FileTree {
  return {
    read: (name) => {
      const text = files[name];
      return text === undefined ? { problem: `${name} does not exist` } : { bytes: Buffer.from(text) };
    },
    list: (folder) =>
      Object.keys(files)
        .filter((name) => folder === "." || name.startsWith(`${folder}/`))
        .sort(),
  };
}

/** A matrix that must be readable, from its document. */
export function matrixOf(document: object, asOf: Instant = today): Matrix {
  const validated = validateMatrix(treeOf({ "matrix.yaml": JSON.stringify(document) }), "matrix.yaml", asOf);
  if ("problem" in validated || validated.matrix === undefined) throw new Error(JSON.stringify(validated));
  return validated.matrix;
}
