import { escapeTerminal } from "../terminal/escape-terminal.ts";

/**
 * A path from the top of a repository as a pattern of CODEOWNERS that means this file and no other; undefined where there
 * is none: `#`, `!` and `[` cannot be escaped, and what else is special to patterns is not said to be.
 * docs: docs.github.com, About code owners, CODEOWNERS syntax
 */
export function codeownersPattern(path: string): string | undefined {
  // Blanks of other kinds, and what cannot be seen, would end the pattern or hide in it.
  if (/[#![\]*?\\]/.test(path) || escapeTerminal(path) !== path || /[^\S ]/.test(path)) return undefined;
  return `/${path.replaceAll(" ", "\\ ")}`;
}

/** A team or user, as the schema of a matrix demands it; undefined where a text is something else. */
export function codeownersName(github: string | undefined): string | undefined {
  return github !== undefined && /^@[A-Za-z0-9-]+(\/[A-Za-z0-9._-]+)?$/.test(github) ? github : undefined;
}

/** A comment: one line, whatever the text holds. */
export function codeownersComment(text: string): string {
  return `# ${escapeTerminal(text)}`;
}
