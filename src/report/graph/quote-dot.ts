import { clip } from "../clip.ts";
import { hiddenCharacter, showCharacter } from "../hidden-characters.ts";

/** What a box has room for. */
const LENGTH = 60;

/**
 * Text as a quoted string of DOT that stands for itself in a label. Graphviz reads it three times: quotes, then escapes
 * (`\N`, `\G`, `\l` and others, https://graphviz.org/docs/attr-types/escString/), then entities of HTML
 * (https://graphviz.org/doc/info/lang.html#character-encodings). A label in angle brackets, which would be HTML, is never
 * written. Nor is an empty line: Graphviz 16.1.0 then reads memory that is not its own, and now and then falls.
 * @param lines each on a line of its own
 */
export function quoteDot(lines: readonly string[], length = LENGTH): string {
  return `"${lines.map((line) => escapeLabel(clip(line === "" ? " " : line, length))).join(String.raw`\n`)}"`;
}

function escapeLabel(text: string): string {
  return text
    .replace(hiddenCharacter, showCharacter)
    .replace(/[\\"]/g, (character) => `\\${character}`)
    .replaceAll("&", "&amp;");
}
