import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** A file that is shipped with the program (schemas, docs), by its path in the package. */
export function readPackaged(path: string): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  // The sources lie deeper than the bundle.
  while (!existsSync(join(folder, "package.json"))) folder = dirname(folder);
  return readFileSync(join(folder, path), "utf8");
}
