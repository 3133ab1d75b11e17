import { clipEncoded } from "../clip.ts";
import { hiddenCharacter, showCharacter } from "../hidden-characters.ts";

/**
 * What means nothing in a quoted label of Mermaid, to the Markdown that Mermaid finds in it, nor to the fence around. With
 * the ligature \uFB02 Mermaid marks, while it works, what was written by number.
 */
const plain = /(?!\uFB02)[\p{L}\p{N}\p{M}]/u;

/** What means nothing between two of those. */
const joining = /^[ _-]$/;

/** What a box has room for. */
const SIZE = { length: 60, bytes: 240 };

/**
 * Text for the label of a node or an edge, quotes included. All else is written by number (`#35;`), which Mermaid turns
 * into the character after it has parsed the graph: https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters
 */
export function mermaidLabel(text: string): string {
  // A label must not be empty.
  return `"${clipEncoded(text === "" ? " " : text, encode, SIZE)}"`;
}

function encode(text: string): string {
  const characters = [...text.replace(hiddenCharacter, showCharacter)];
  const written = characters.map((character, i) => {
    const isPlain =
      plain.test(character) ||
      (joining.test(character) && isPlainAt(characters, i - 1) && isPlainAt(characters, i + 1));
    return isPlain ? character : byNumber(character);
  });
  return written.join("");
}

function isPlainAt(characters: readonly string[], i: number): boolean {
  const character = characters[i];
  return character !== undefined && plain.test(character);
}

function byNumber(character: string): string {
  const code = `#${character.codePointAt(0)};`;
  // After that Mermaid looks for icons, like fa:fa-bell. A blank of no width keeps a name from being one.
  return character === ":" ? `${code}#8203;` : code;
}
