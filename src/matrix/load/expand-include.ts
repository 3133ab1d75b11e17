import { posix } from "node:path";
import type { FileTree } from "../../files/file-tree.ts";
import { isPattern, matchBelow, matchPath } from "./match-path.ts";

export type Expanded = { readonly names: readonly string[] } | { readonly problem: string; readonly help: string };

/** In characters; file systems take no longer paths either. */
const MAX_PATTERN_LENGTH = 1024;

/**
 * The files that a pattern of `include` names, in order.
 * @param folder the folder of the matrix; nothing outside it is ever named
 */
export function expandInclude(tree: FileTree, folder: string, pattern: string): Expanded {
  if (pattern.length > MAX_PATTERN_LENGTH)
    return { problem: "the include is longer than any path", help: "name a file, or a pattern like teams/*.yaml" };
  const normal = posix.normalize(pattern);
  if (posix.isAbsolute(pattern) || pattern.includes("\\") || normal === ".." || normal.startsWith("../")) {
    return {
      problem: `the include "${pattern}" leaves the folder of the matrix`,
      help: "included files stay inside that folder; name them relative to it, with slashes",
    };
  }
  if (!isPattern(normal)) return { names: [posix.join(folder, normal)] };
  const parts = normal.split("/");
  const base = parts.slice(0, parts.findIndex(isPattern)).join("/");
  const within = posix.join(folder, base);
  const fitting = (names: readonly string[], fits: typeof matchPath): readonly string[] =>
    names
      .map((name) => posix.relative(folder, name))
      .filter((name) => fits(normal, name))
      .map((name) => posix.join(folder, name));
  // What may be in a closed folder is not left out on the quiet: reading it says why it cannot be read.
  const names = [...fitting(tree.list(within), matchPath), ...fitting(tree.closedFolders?.(within) ?? [], matchBelow)];
  return names.length > 0
    ? { names }
    : {
        problem: `the include "${pattern}" matches no file`,
        help: /[[\]{}()!]/.test(pattern)
          ? "only *, ** and ? stand for parts of names; write an item for each"
          : "correct the pattern, or delete it",
      };
}
