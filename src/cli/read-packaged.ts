import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { UsageError } from "./usage-error.ts";

/** A file that is shipped with the program (schemas, docs), by its path in the package. */
export function readPackaged(path: string): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  // The sources lie deeper than the bundle.
  while (!existsSync(join(folder, path))) {
    const above = dirname(folder);
    if (above === folder) throw new UsageError(`${path} is not beside this program`, "install all of its package");
    folder = above;
  }
  return readFileSync(join(folder, path), "utf8");
}
