import { mkdirSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, isAbsolute, join, resolve, sep } from "node:path";
import { UsageError } from "../cli/usage-error.ts";

/**
 * Writes a file of the action's own. The checkout may hold links that a pull request made: the file must come to lie
 * inside one of the folders, and a link in its place is replaced, not followed.
 * @param folder what the name is relative to
 * @param inside folders that may be written to: the workspace, the runner's temporary folder
 * @throws UsageError for any other place
 */
export function writeRecord(name: string, text: string, folder: string, inside: readonly string[]): string {
  const path = isAbsolute(name) ? name : resolve(folder, name);
  // Folders are made only below one that is inside; a link that leads nowhere is no folder, and none can be made of it.
  const place = existingFolder(dirname(path));
  const isInside = inside.some((each) => isWithin(place, realpathSync(each)));
  if (!isInside)
    throw new UsageError(
      `the input approvals-file is "${name}", which leads out of the workspace`,
      "name a file in the workspace or in the runner's temporary folder",
    );
  mkdirSync(dirname(path), { recursive: true });
  const target = join(realpathSync(dirname(path)), basename(path));
  const temporary = `${target}.${process.pid}.new`;
  try {
    writeFileSync(temporary, text, { flag: "wx" });
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  return target;
}

/** The real path of the nearest folder that is there already. */
function existingFolder(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    const above = dirname(folder);
    return above === folder ? folder : existingFolder(above);
  }
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
