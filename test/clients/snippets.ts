import { readPage } from "../docs/markdown.ts";

/** A program of docs/clients.md, as it stands there. */
export interface Snippet {
  readonly language: string;
  /** What `run=` says after the fence; undefined for those that are not run. */
  readonly name: string | undefined;
  readonly text: string;
  readonly line: number;
}

export const page = readPage("docs/clients.md");

export const snippets: readonly Snippet[] = page.blocks.map(({ language, info, text, line }) => ({
  language,
  name: /^run=([a-z-]+)$/.exec(info)?.[1],
  text,
  line,
}));

export type SnippetLanguage = "js" | "sh" | "python";

/** The one program with a name. */
export function snippet(language: SnippetLanguage, name: string): string {
  const [found, ...others] = snippets.filter((each) => each.language === language && each.name === name);
  if (found === undefined || others.length > 0) throw new Error(`docs/clients.md has not one ${language} run=${name}`);
  return found.text;
}
