import { hiddenCharacter, showCharacter } from "../hidden-characters.ts";

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
  // As they are, readers turn the first two into spaces in attributes, and all three could end a line of a build's log.
  "\t": "&#9;",
  "\n": "&#10;",
  "\r": "&#13;",
  "#": "&#35;",
};

/**
 * Text for XML 1.0, both between tags and in attributes. Characters that XML forbids, and others that nobody would see,
 * are shown by their number.
 */
export function escapeXml(text: string): string {
  return text
    .replace(/[&<>"']/g, (character) => entities[character] ?? "")
    .replace(hiddenCharacter, (character) => entities[character] ?? showCharacter(character));
}
