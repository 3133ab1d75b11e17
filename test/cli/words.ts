/** The words of a shell command: quotes and backslashes as POSIX has them, nothing expanded. */
export function words(line: string): readonly string[] {
  const parts = line.matchAll(/'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)|(\s+)|([^\s'"\\]+)/g);
  const found: string[] = [];
  let word: string | undefined;
  for (const [, single, double, escaped, space, plain] of parts) {
    if (space === undefined)
      word = (word ?? "") + (single ?? double?.replace(/\\(["\\$`])/g, "$1") ?? escaped ?? plain ?? "");
    else if (word !== undefined) {
      found.push(word);
      word = undefined;
    }
  }
  return word === undefined ? found : [...found, word];
}
