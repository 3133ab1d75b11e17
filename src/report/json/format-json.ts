import { hiddenCharacter } from "../hidden-characters.ts";

/** Whatever a hidden character is among. Most texts hold nothing of it, and this is seen ten times as fast. */
const unusual = /[^\n\x20-\x7e]|##/;

/**
 * A value as JSON with two spaces and a line break at the end. Hidden characters are written by their number: every
 * reader of JSON gets them back, and no terminal or log that it is printed to obeys them.
 */
export function formatJson(value: unknown): string {
  const text = JSON.stringify(value, undefined, 2);
  if (!unusual.test(text)) return `${text}\n`;
  // Line breaks are the only such characters that JSON.stringify puts outside of strings.
  const visible = text.replace(hiddenCharacter, (character) =>
    character === "\n" ? character : character.split("").map(escapeUnit).join(""),
  );
  return `${visible}\n`;
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
