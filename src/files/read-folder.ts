import { closeSync, constants, fstatSync, openSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { compareText } from "../words/compare-text.ts";
import { FileError, reasonOf } from "./file-error.ts";
import { readDescriptor } from "./read-bounded.ts";

export interface FolderLimits {
  /** In bytes, of one file and of all. */
  readonly each: number;
  readonly all: number;
  readonly files: number;
}

export interface ReadFolder {
  /** By name below the folder, with slashes, in order. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** What is there and was not read. */
  readonly odd: readonly { readonly file: string; readonly what: string }[];
}

/**
 * Every file below a folder. No link is followed, no pipe or device opened, and nothing read beyond the limits: the folder
 * may come from anybody.
 * @throws FileError where the folder itself cannot be listed
 */
export function readFolder(folder: string, shown: string, limits: FolderLimits): ReadFolder {
  const files: [string, Uint8Array][] = [];
  const odd: { file: string; what: string }[] = [];
  let left = limits.all;
  const take = (name: string): void => {
    const content = readPlain(join(folder, name), Math.min(limits.each, left));
    if (typeof content === "string") odd.push({ file: name, what: content });
    else {
      left -= content.length;
      files.push([name, content]);
    }
  };
  const visit = (below: string): void => {
    const entries = readdirSync(join(folder, below), { withFileTypes: true });
    if (entries.length === 0 && below !== "") odd.push({ file: below, what: "is an empty folder" });
    for (const entry of entries) {
      const name = `${below}${entry.name}`;
      if (files.length + odd.length >= limits.files) {
        if (odd.every(({ file }) => file !== "")) odd.push({ file: "", what: `has more than ${limits.files} files` });
        return;
      }
      if (entry.isDirectory()) visit(`${name}/`);
      else if (entry.isFile()) take(name);
      else
        odd.push({ file: name, what: entry.isSymbolicLink() ? "is a link: it is not followed" : "is no plain file" });
    }
  };
  try {
    visit("");
  } catch (error) {
    throw new FileError("read", shown, error);
  }
  return { files: new Map(files.sort(([a], [b]) => compareText(a, b))), odd };
}

/** The bytes of a plain file, or why they were not read. */
function readPlain(path: string, limit: number): Uint8Array | string {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) return "is no plain file";
    if (stats.size > limit) return "is too large to be read";
    const bytes = readDescriptor(descriptor, limit);
    return bytes.length > limit ? "is too large to be read" : bytes;
  } catch (error) {
    return reasonOf("read", error);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
