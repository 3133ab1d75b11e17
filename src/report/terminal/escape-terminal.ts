import { hiddenCharacter, showCharacter } from "../hidden-characters.ts";

/** The `::` at the start of a line, which makes it a command to GitHub's runner. */
const runnerCommand = /^\s*:(?=:)/;

/** Text for a terminal or the log of a build: one line, every character of it seen, and none obeyed. */
export function escapeTerminal(text: string): string {
  return text
    .replace(runnerCommand, (start) => start.slice(0, -1) + showCharacter(":"))
    .replace(hiddenCharacter, showCharacter);
}
