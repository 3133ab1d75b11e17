/** A word of a POSIX shell that means exactly this text. */
export function quoteShell(text: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** A command line of these words. */
export function shellCommand(words: readonly string[]): string {
  return words.map(quoteShell).join(" ");
}
