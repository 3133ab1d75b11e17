import type { Disk } from "../files/disk.ts";
import { escapeTerminal } from "../report/terminal/escape-terminal.ts";
import { UsageError } from "./usage-error.ts";

/**
 * Writes a file where none is, or where one of the same sort is, which keeps its mode. A path that was mistyped must not
 * cost somebody their matrix or their keys.
 * @param isSame whether an existing text is of the sort that is written
 * @throws UsageError
 */
export function replaceFile(disk: Disk, name: string, text: string, { isSame, what }: Sort): void {
  if (!disk.exists(name)) return disk.write(name, text);
  const shown = escapeTerminal(name);
  if (disk.isLink(name)) throw new UsageError(`${shown} is a link`, "name the file itself, or - for standard output");
  if (!disk.isFile(name)) throw new UsageError(`${shown} is not a file`, "name a file, or - for standard output");
  const found = Buffer.from(disk.readData(name, LIMIT)).toString("utf8");
  if (!isSame(found)) throw new UsageError(`${shown} is there, and is no ${what}`, "name another file, or remove it");
  disk.overwrite(name, text);
}

export interface Sort {
  readonly isSame: (text: string) => boolean;
  /** With no article: `credential configuration`. */
  readonly what: string;
}

/** Far more than either sort of file has. */
const LIMIT = 100_000;
