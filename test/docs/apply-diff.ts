/**
 * A text after the change that a `diff` block of a page shows: lines with `-` go, lines with `+` come, the others stand
 * around them. An empty line, or one that starts with `@@`, parts the places; each must be there exactly once.
 * @throws Error where one is not
 */
export function applyDiff(text: string, diff: string): string {
  return diff
    .split(/^(?:@@.*)?\n/m)
    .filter((hunk) => hunk !== "")
    .reduce((result, hunk) => {
      const lines = hunk.split("\n").filter((line) => line !== "");
      const side = (sign: "-" | "+"): string =>
        lines
          .filter((line) => line.startsWith(" ") || line.startsWith(sign))
          .map((line) => `${line.slice(1)}\n`)
          .join("");
      const parts = result.split(side("-"));
      if (parts.length !== 2) throw new Error(`found ${parts.length - 1} times instead of once:\n${side("-")}`);
      return parts.join(side("+"));
    }, text);
}
