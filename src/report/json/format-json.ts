import { hiddenCharacter } from "../hidden-characters.ts";

/**
 * A value as JSON with two spaces and a line break at the end. Hidden characters are written by their number: every
 * reader of JSON gets them back, and no terminal or log that it is printed to obeys them.
 */
export function formatJson(value: unknown): string {
  // Line breaks are the only such characters that JSON.stringify puts outside of strings.
  const text = JSON.stringify(value, undefined, 2).replace(hiddenCharacter, (character) =>
    character === "\n" ? character : character.split("").map(escapeUnit).join(""),
  );
  return `${text}\n`;
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
