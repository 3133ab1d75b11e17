import { escapeHtml } from "./escape-html.ts";
import { keepDrawing } from "./keep-drawing.ts";

/** Finished HTML. Only `html` and the elements below make it, so that no raw string can reach the page. */
class SafeHtml {
  readonly #text: string;
  constructor(text: string) {
    this.#text = text;
  }
  toString(): string {
    return this.#text;
  }
}

export type Html = SafeHtml;

/** What may stand in a template: text and numbers, which are escaped; HTML; lists of them; nothing. */
export type Part = string | number | Html | null | undefined | false | readonly Part[];

/**
 * HTML from a template whose own text is trusted and whose values are not.
 * @throws Error where a value stands in an attribute without quotes, or in a tag: there no escaping would hold
 */
export function html(strings: TemplateStringsArray, ...values: readonly Part[]): Html {
  const literals = withoutIndents(strings);
  let text = literals[0] ?? "";
  for (const [index, value] of values.entries()) {
    checkPlace(text);
    text += write(value) + (literals[index + 1] ?? "");
  }
  return new SafeHtml(text);
}

/** `<style>` and `<script>` with code of our own. @throws Error where the code would end its element */
export function codeElement(name: "style" | "script", code: string): Html {
  if (/<\/(?:style|script)|<!--/i.test(code)) throw new Error(`the ${name} of the page ends its own element`);
  return new SafeHtml(`<${name}>${code}</${name}>`);
}

/**
 * A value as JSON for the script of the page. `<`, `>` and `&` and the line ends of JavaScript are written by number:
 * no text in it can end the element or begin a comment.
 */
export function jsonElement(id: string, value: unknown): Html {
  return new SafeHtml(`<script type="application/json" id="${escapeHtml(id)}">${encodeJson(value)}</script>`);
}

/** A drawing that another part of this program wrote, less whatever does not draw. */
export function pictureElement(svg: string): Html {
  return new SafeHtml(keepDrawing(svg));
}

export function encodeJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function write(part: Part): string {
  if (part === null || part === undefined || part === false) return "";
  if (part instanceof SafeHtml) return part.toString();
  if (typeof part === "string") return escapeHtml(part);
  return typeof part === "number" ? String(part) : part.map(write).join("");
}

const shortened = new WeakMap<TemplateStringsArray, readonly string[]>();

/** The text of a template without the blanks that lay it out in the source. */
function withoutIndents(strings: TemplateStringsArray): readonly string[] {
  const known = shortened.get(strings) ?? strings.map((text) => text.replace(/\s*\n\s*/g, "\n"));
  shortened.set(strings, known);
  return known;
}

/** A value may stand between tags and between the quotes of an attribute. */
function checkPlace(before: string): void {
  const tag = before.slice(before.lastIndexOf("<"));
  const isInTag = tag.startsWith("<") && !/^<[^"]*(?:"[^"]*"[^"]*)*>/.test(tag);
  if (isInTag && !/="[^"]*$/.test(tag)) throw new Error(`a value stands unquoted in ${tag}`);
}
