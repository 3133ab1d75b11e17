import { posix } from "node:path";
import picomatch from "picomatch";
import type { FileTree } from "../../files/file-tree.ts";

export type Expanded = { readonly names: readonly string[] } | { readonly problem: string; readonly help: string };

/**
 * The files that a pattern of `include` names, in order.
 * @param folder the folder of the matrix; nothing outside it is ever named
 */
export function expandInclude(tree: FileTree, folder: string, pattern: string): Expanded {
  const normal = posix.normalize(pattern);
  if (posix.isAbsolute(pattern) || pattern.includes("\\") || normal === ".." || normal.startsWith("../")) {
    return {
      problem: `the include "${pattern}" leaves the folder of the matrix`,
      help: "included files stay inside that folder; name them relative to it, with slashes",
    };
  }
  const { base } = picomatch.scan(normal);
  const matches = picomatch(normal, { dot: false, nonegate: true });
  const isPattern = base !== normal;
  const relative = isPattern
    ? tree.list(posix.join(folder, base)).map((name) => posix.relative(folder, name))
    : [normal];
  const names = relative.filter((name) => !isPattern || matches(name)).map((name) => posix.join(folder, name));
  return names.length > 0
    ? { names }
    : { problem: `the include "${pattern}" matches no file`, help: "correct the pattern, or delete it" };
}
