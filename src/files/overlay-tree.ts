import { compareText } from "../words/compare-text.ts";
import type { FileTree } from "./file-tree.ts";

/** A tree with other texts in some of its files, and with files that it does not have yet. */
export function overlayTree(tree: FileTree, texts: ReadonlyMap<string, string>): FileTree {
  return {
    read: (name, within) => {
      const text = texts.get(name);
      return text === undefined ? tree.read(name, within) : { bytes: Buffer.from(text) };
    },
    closedFolders: (folder) => tree.closedFolders?.(folder) ?? [],
    list: (folder) => {
      const own = [...texts.keys()].filter((name) => folder === "." || name.startsWith(`${folder}/`));
      return [...new Set([...tree.list(folder), ...own])].sort(compareText);
    },
  };
}
