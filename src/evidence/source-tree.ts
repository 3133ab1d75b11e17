import type { FileTree } from "../files/file-tree.ts";
import { compareText } from "../words/compare-text.ts";

/** The files of a matrix as a pack keeps them: by names that say nothing of the machine. */
export interface Sources {
  /** The root file, as it is named below `sources/`. */
  readonly root: string;
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/**
 * The files of a matrix, named from the folder that all of them are in.
 * @param root the absolute name of the root file
 * @param files by absolute name, with slashes
 */
export function nameSources(root: string, files: ReadonlyMap<string, Uint8Array>): Sources {
  const folders = [...files.keys()].map((name) => name.split("/").slice(0, -1));
  const [first = []] = folders;
  let shared = first.length;
  for (const parts of folders) {
    let same = 0;
    while (same < shared && parts[same] === first[same]) same += 1;
    shared = same;
  }
  const shorten = (name: string): string => name.split("/").slice(shared).join("/");
  const named = [...files].map(([name, bytes]) => [shorten(name), bytes] as const);
  return { root: shorten(root), files: new Map(named.sort(([a], [b]) => compareText(a, b))) };
}

/** The sources as files that a matrix is read from. There are no others. */
export function sourceTree({ files }: Sources): FileTree {
  return {
    read: (name) => {
      const bytes = files.get(plain(name));
      return bytes === undefined ? { problem: `${name} does not exist` } : { bytes };
    },
    list: (folder) => {
      const start = plain(folder);
      return [...files.keys()].filter((name) => start === "" || name.startsWith(`${start}/`));
    },
  };
}

/** The sources that were read for a matrix: those and no others are of it. */
export function sourcesRead({ root, files }: Sources, names: readonly string[]): Sources {
  const read = new Set(names.map(plain));
  return { root, files: new Map([...files].filter(([name]) => read.has(name))) };
}

/** A name without steps that lead nowhere. */
function plain(name: string): string {
  const parts: string[] = [];
  for (const part of name.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return parts.join("/");
}

const SOURCES = "sources/";

/** The sources among the files of a pack. */
export function readSources(root: string, pack: ReadonlyMap<string, Uint8Array>): Sources {
  const files = [...pack].flatMap(([name, bytes]) =>
    name.startsWith(SOURCES) ? [[name.slice(SOURCES.length), bytes] as const] : [],
  );
  return { root, files: new Map(files) };
}
