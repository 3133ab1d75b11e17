import { hiddenCharacter, showCharacter } from "../hidden-characters.ts";

/** Letters and digits, and what may stand around or between them without a meaning to Markdown or to GitHub. */
const plainWord = /^[("']?[\p{L}\p{N}\p{M}]+(?:[-'][\p{L}\p{N}\p{M}]+)*[)"']?[.,;:?]?$/u;

/** What a code span can hold, in a table and outside of one. */
const plainCode = /^[^`|\\\s](?:[^`|\\]*[^`|\\\s])?$/;

/**
 * Text for one line of Markdown, or one cell of a table: words stand as they are, and whatever could mean something to
 * Markdown or to GitHub (names, addresses, mentions, links, tags) becomes code. Hidden characters are shown by number.
 */
export function markdownText(text: string): string {
  const pieces: string[] = [];
  let codeWords: string[] = [];
  const endCode = (): void => {
    if (codeWords.length === 0) return;
    const code = codeWords.join(" ");
    const name = withoutEnding(code);
    pieces.push(name === "" ? code : `${markdownCode(name)}${code.slice(name.length)}`);
    codeWords = [];
  };
  for (const word of visible(text)
    .split(" ")
    .filter((each) => each !== "")) {
    if (plainWord.test(word)) {
      endCode();
      pieces.push(word);
    } else codeWords.push(word);
  }
  endCode();
  return pieces.join(" ");
}

/** Text as code within a line of Markdown, or within a cell of a table. */
export function markdownCode(text: string): string {
  const shown = visible(text);
  if (shown === "") return "";
  // A code span takes no escapes: what it cannot hold is written as references, which nothing but a reader resolves.
  return plainCode.test(shown) ? `\`${shown}\`` : `<code>${escapeOthers(shown)}</code>`;
}

/** A name without the end of the sentence that it stands in. */
function withoutEnding(code: string): string {
  return code.replace(code.includes("(") ? /[.,;:?]+$/ : /[.,;:?)]+$/, "");
}

function visible(text: string): string {
  return text.replace(hiddenCharacter, showCharacter);
}

/** What means nothing to Markdown in the middle of a line, nor to GitHub. */
const harmless = /^[\p{L}\p{N}\p{M} ()"',;=+/-]$/u;

/** All other characters as numeric references, which are never syntax. */
function escapeOthers(text: string): string {
  return [...text]
    .map((character) => (harmless.test(character) ? character : `&#${character.codePointAt(0)};`))
    .join("");
}
