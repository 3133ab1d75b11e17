import { rewriteYaml } from "../../../src/matrix/edit/rewrite-yaml.ts";
import type { Data } from "../../../src/matrix/text/parsed-file.ts";
import { parseYaml } from "../../../src/matrix/text/parse-yaml.ts";
import { sourceText } from "../../../src/matrix/text/source-text.ts";
import { expect } from "vitest";

export type DataMap = { readonly [key: string]: Data };

export function parse(text: string): DataMap {
  const { file } = parseYaml(sourceText("", text));
  if (file === undefined) throw new Error(`not YAML: ${text}`);
  return file.data as DataMap;
}

/** A text of which something changes; it means what it should. */
export function rewritten(text: string, change: (data: { [key: string]: Data }) => void): string {
  const data = structuredClone(parse(text)) as { [key: string]: Data };
  change(data);
  const result = rewriteYaml(text, data);
  expect(parse(result)).toEqual(data);
  return result;
}

/** The lines that differ, as a diff shows them: everything else is the same, byte by byte. */
export function diff(before: string, after: string): string {
  const [old, now] = [before.split("\n"), after.split("\n")];
  const lengths = old.map(() => now.map(() => 0));
  const length = (i: number, j: number): number => lengths[i]?.[j] ?? 0;
  for (let i = old.length - 1; i >= 0; i--)
    for (let j = now.length - 1; j >= 0; j--) {
      const row = lengths[i] ?? [];
      row[j] = old[i] === now[j] ? length(i + 1, j + 1) + 1 : Math.max(length(i + 1, j), length(i, j + 1));
    }
  const lines: string[] = [];
  for (let i = 0, j = 0; i < old.length || j < now.length;) {
    if (i < old.length && j < now.length && old[i] === now[j]) [i, j] = [i + 1, j + 1];
    else if (j >= now.length || (i < old.length && length(i + 1, j) >= length(i, j + 1))) lines.push(`-${old[i++]}`);
    else lines.push(`+${now[j++]}`);
  }
  return lines.join("\n");
}
