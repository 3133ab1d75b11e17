import { markdownCode, markdownText } from "../markdown/markdown-text.ts";
import { escapeTerminal } from "../terminal/escape-terminal.ts";
import { clip, clipEncoded } from "../clip.ts";

/** How a sink writes what a matrix holds. Words of the phrases themselves go around it. */
export interface Say {
  /** The key of something, an address, a value of a setting. */
  readonly name: (text: string) => string;
  /** Prose that a person wrote: a reason, a message. */
  readonly prose: (text: string) => string;
}

const NAME_LENGTH = 100;
const PROSE_LENGTH = 240;

/** For formats that encode whole sentences afterwards. */
export const sayPlain: Say = {
  name: (text) => clip(text, NAME_LENGTH),
  prose: (text) => clip(text, PROSE_LENGTH),
};

/** For terminals; unless all is shown, long texts are clipped. */
export function sayTerminal(verbose: boolean): Say {
  if (verbose) return { name: escapeTerminal, prose: escapeTerminal };
  return { name: (text) => escapeTerminal(sayPlain.name(text)), prose: (text) => escapeTerminal(sayPlain.prose(text)) };
}

/** For Markdown, where what cannot stand as it is takes many times its room: of that there is less. */
export const sayMarkdown: Say = {
  name: (text) => clipEncoded(text, markdownCode, { length: NAME_LENGTH, bytes: 400 }),
  prose: (text) => clipEncoded(text, markdownProse, { length: PROSE_LENGTH, bytes: 800 }),
};

/** A bit of YAML, which is as long as prose can be. */
export function markdownYaml(text: string): string {
  return clipEncoded(text, markdownCode, { length: PROSE_LENGTH, bytes: 800 });
}

/** A bit of YAML or a command within a sentence, with the end of the sentence that stands after it. */
const snippet =
  /(?<=^| )((?:[\w-]+: (?:\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}|\[[^[\]]*\]|DATE|reference))|matrix (?:drift|modes|synth|validate|fmt))([,.;:]?)(?= |$)/g;

/** Snippets are one piece of code each: word by word, they would be torn. */
function markdownProse(text: string): string {
  const pieces: string[] = [];
  let seen = 0;
  for (const { 0: whole, 1: code = "", 2: end = "", index } of text.matchAll(snippet)) {
    pieces.push(markdownText(text.slice(seen, index)), `${markdownCode(code)}${end}`);
    seen = index + whole.length;
  }
  return [...pieces, markdownText(text.slice(seen))].filter((piece) => piece !== "").join(" ");
}
