import { posix } from "node:path";
import type { FileTree } from "../../files/file-tree.ts";
import type { Draft } from "../../finding/draft.ts";
import { decodeText } from "../text/decode-text.ts";
import type { Data, ParsedFile } from "../text/parsed-file.ts";
import { type Place, valueAt } from "../text/place.ts";
import { type SourceText, sourceText } from "../text/source-text.ts";
import { readKeySet } from "./read-key-set.ts";

export interface KeyFiles {
  /** By the name as it is written, as compact JSON. */
  readonly sets: ReadonlyMap<string, string>;
  readonly sources: readonly SourceText[];
  readonly problems: readonly Draft[];
}

/**
 * Reads the files of public keys that callers name, each once. A file that cannot be had is found where it is first
 * named.
 * @param folder the folder of the matrix: names are relative to it, whichever file they stand in, and nothing outside it is read
 */
export function loadKeyFiles(tree: FileTree, folder: string, files: readonly ParsedFile[]): KeyFiles {
  const sets = new Map<string, string>();
  const sources = new Map<string, SourceText>();
  const problems: Draft[] = [];
  const seen = new Set<string>();
  for (const { written, at } of files.flatMap(namedKeys)) {
    if (seen.has(written)) continue;
    seen.add(written);
    const found = readOne(tree, folder, written);
    if ("problem" in found) {
      problems.push({ message: found.problem, ...(found.help === undefined ? {} : { help: found.help }), at });
    } else {
      sets.set(written, found.json);
      sources.set(found.source.name, found.source);
    }
  }
  return { sets, sources: [...sources.values()], problems };
}

function readOne(
  tree: FileTree,
  folder: string,
  written: string,
):
  | { readonly json: string; readonly source: SourceText }
  | { readonly problem: string; readonly help?: string | undefined } {
  const normal = posix.normalize(written);
  if (posix.isAbsolute(written) || written.includes("\\") || normal === ".." || normal.startsWith("../")) {
    return {
      problem: `the file of keys "${written}" leaves the folder of the matrix`,
      help: "name it relative to that folder, with slashes",
    };
  }
  const name = posix.join(folder, normal);
  const content = tree.read(name, folder);
  if (content.problem !== undefined) {
    return {
      problem: content.problem,
      help: content.help ?? "save the issuer's public keys there; the name is relative to the root file of the matrix",
    };
  }
  const decoded = decodeText(content.bytes);
  if (!("text" in decoded)) return { problem: `${name}: ${decoded.problem}`, help: decoded.help };
  const set = readKeySet(decoded.text);
  return "problem" in set
    ? { problem: `${name} ${set.problem}`, help: set.help }
    : { json: set.json, source: sourceText(name, decoded.text) };
}

interface NamedKeys {
  readonly written: string;
  readonly at: Place;
}

/** Where the callers of a file name keys, in themselves and their overrides. The file may break its schema elsewhere. */
function namedKeys({ source, data }: ParsedFile): readonly NamedKeys[] {
  const inDetails = (caller: Data | undefined, path: readonly string[]): readonly NamedKeys[] =>
    entriesOf(caller).flatMap(([kind, details]) =>
      entriesOf(details).flatMap(([key, written]) =>
        key === "jwks" && typeof written === "string"
          ? [{ written, at: valueAt(source.name, ...path, kind, "jwks") }]
          : [],
      ),
    );
  return entriesOf(Object.fromEntries(entriesOf(data))["callers"]).flatMap(([name, caller]) => [
    ...inDetails(caller, ["callers", name]),
    ...entriesOf(Object.fromEntries(entriesOf(caller))["overrides"]).flatMap(([environment, override]) =>
      inDetails(override, ["callers", name, "overrides", environment]),
    ),
  ]);
}

function entriesOf(data: Data | undefined): readonly (readonly [string, Data])[] {
  return typeof data === "object" && data !== null && !Array.isArray(data)
    ? Object.entries(data).filter(([key]) => !key.startsWith("x-"))
    : [];
}
