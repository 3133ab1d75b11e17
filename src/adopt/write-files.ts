import { rewriteYaml } from "../matrix/edit/rewrite-yaml.ts";
import type { MatrixDraft } from "./matrix-draft.ts";

/** What stands at the top of a root file that is new: the schema where npm installs it, seen from the file. */
function headOf(root: string): string {
  const depth = root.startsWith("/") || root.startsWith("..") ? 0 : root.split("/").length - 1;
  const above = depth === 0 ? "./" : "../".repeat(depth);
  return `# yaml-language-server: $schema=${above}node_modules/trust-matrix/schemas/matrix.schema.json
# What matrix adopt found. Reasons that begin with "adopted:" wait for a person to write the real one.
`;
}

/**
 * The text of each file of a draft: files that are there are changed as little as it takes.
 * @param textOf the text of a file; undefined where there is none yet
 */
export function writeFiles(
  draft: MatrixDraft,
  textOf: (file: string) => string | undefined,
): ReadonlyMap<string, string> {
  return new Map(
    [...draft.data()].map(([file, data]) => {
      const before = textOf(file) ?? (file === draft.root ? headOf(file) : "");
      return [file, rewriteYaml(before, data, { commentsAt: (path) => draft.commentsAt(file, path) })];
    }),
  );
}
