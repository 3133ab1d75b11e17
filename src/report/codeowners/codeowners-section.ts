import type { FileOwners } from "../../matrix/model/file-owners.ts";
import { enumerateWords } from "../../words/enumerate-words.ts";
import { codeownersComment, codeownersName, codeownersPattern } from "./codeowners-text.ts";

/** The owners of a file, with its path from the top of the repository. */
export interface OwnedPath extends FileOwners {
  readonly path: string;
}

export const BEGIN = "# matrix codeowners: begin";
export const END = "# matrix codeowners: end";

/** The section of CODEOWNERS for the files of a matrix, its marks included. What it cannot say stands in it as a comment. */
export function codeownersSection(files: readonly OwnedPath[]): string {
  const lines = [
    BEGIN,
    codeownersComment("Written by matrix codeowners; do not edit. The last line that matches a path counts."),
    codeownersComment("Of several owners on a line any one suffices. matrix diff says who must all approve."),
    ...files.flatMap(linesOf),
    END,
  ];
  return lines.map((line) => `${line}\n`).join("");
}

function linesOf({ path, owners, because }: OwnedPath): readonly string[] {
  const pattern = codeownersPattern(path);
  const names = [...new Set(owners.flatMap(({ github }) => codeownersName(github) ?? []))];
  const without = owners.flatMap(({ owner, github }) => (codeownersName(github) === undefined ? [owner] : []));
  if (pattern === undefined)
    return [codeownersComment(`not covered: ${path} has a character that CODEOWNERS cannot express; rename it`)];
  const missing =
    without.length === 0
      ? []
      : [`${enumerateWords(without, "and")} ${without.length === 1 ? "has" : "have"} no github`];
  // A pattern without owners would take the file out of what earlier lines say.
  if (names.length === 0)
    return [codeownersComment(`not covered: ${path}: ${missing[0] ?? "no owner of a service, no approver of a rule"}`)];
  return [
    ...missing.map((text) => codeownersComment(`${path}: ${text}, but does ${because}`)),
    [pattern, ...names].join(" "),
  ];
}

/** What is wrong with the section in a CODEOWNERS file; undefined where nothing is. */
export function checkSection(text: string, section: string): string | undefined {
  const lines = text.split(/\r?\n/);
  const begins = lines.filter((line) => line === BEGIN).length;
  const [begin, end] = [lines.indexOf(BEGIN), lines.lastIndexOf(END)];
  if (begins === 0 || end < begin) return "lacks the section of the matrix";
  if (begins > 1) return "holds the section of the matrix more than once";
  if (`${lines.slice(begin, end + 1).join("\n")}\n` !== section) return "differs from what the matrix says";
  const isRule = (line: string): boolean => line.trim() !== "" && !line.trimStart().startsWith("#");
  return lines.slice(end + 1).some(isRule) ? "has lines after the section of the matrix, which win over it" : undefined;
}
