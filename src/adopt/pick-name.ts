import { createHash } from "node:crypto";

/** The longest name of the language, and the words that it keeps for itself (schemas/matrix.schema.json, `name`). */
const MAX_LENGTH = 49;
const reserved: ReadonlySet<string> = new Set(["internet", "any", "all", "not"]);

/** Text as a name of the language: what does not fit becomes hyphens, and what is too long ends with a hash. */
export function nameFrom(text: string): string {
  const plain = text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");
  // Keys that start with x- are no part of the matrix.
  const started = /^(?!x-)[a-z]/.test(plain) ? plain : `n-${plain}`.replace(/-+$/, "");
  if (started.length <= MAX_LENGTH) return started;
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 6);
  return `${started.slice(0, MAX_LENGTH - hash.length - 1).replace(/-+$/, "")}-${hash}`;
}

/** The first of some names that is free; with a number where none is. */
export function pickName(wanted: readonly string[], isTaken: (name: string) => boolean): string {
  const names = wanted.map(nameFrom);
  const free = names.find((name) => !reserved.has(name) && !isTaken(name));
  if (free !== undefined) return free;
  const last = names.at(-1) ?? "name";
  for (let number = 2; ; number++) {
    const name = nameFrom(`${last}-${number}`);
    if (!isTaken(name)) return name;
  }
}
