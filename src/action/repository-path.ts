import { lstatSync } from "node:fs";
import { isAbsolute, join, posix } from "node:path";
import { UsageError } from "../cli/usage-error.ts";

/**
 * A path that an input gives, as git writes it: from the top of the repository, with slashes.
 * @param prefix where the working directory is, from the top; empty at the top itself
 * @throws UsageError where it leads out of the repository
 */
export function pathInRepository(input: string, prefix: string, given: string): string {
  const path = posix.normalize(posix.join(prefix, given.replaceAll("\\", "/"))).replace(/\/$/, "");
  // The repository is what is reviewed; a hyphen in front would be an option.
  if (isAbsolute(given) || path === "." || path === ".." || path.startsWith("../") || path.startsWith("-"))
    throw new UsageError(`the input ${input} is "${given}", which is no path inside the repository`);
  return path;
}

/**
 * Refuses what the checkout has as a link, be it a folder on the way: a pull request could make it lead to any file of
 * the runner, and a report would show lines of it.
 * @throws UsageError
 */
export function refuseLinks(input: string, top: string, path: string): void {
  const parts = path.split("/");
  for (const [index] of parts.entries()) {
    const part = parts.slice(0, index + 1).join("/");
    if (isLink(join(top, part)))
      throw new UsageError(`${part} is a link, and the input ${input} leads over it`, "put the file itself there");
  }
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false;
  }
}
