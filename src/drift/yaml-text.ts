/**
 * A scalar of a line of YAML that a person may paste into a matrix: every text but the plainest in double quotes; in
 * single ones what a shell would run between these, where the line is pasted with the command beside it.
 */
export function yamlText(text: string): string {
  // What begins with a digit may be a number, and three words are no text.
  if (/^[A-Za-z][A-Za-z0-9@._/-]*$/.test(text) && !/^(true|false|null)$/i.test(text)) return text;
  if (/[$`]/.test(text) && /^[\x20-\x7e]*$/.test(text)) return `'${text.replaceAll("'", "''")}'`;
  // JSON leaves some characters as they are that a terminal obeys, or that nobody sees.
  return JSON.stringify(text).replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escapeCharacter);
}

function escapeCharacter(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length > 4 ? `\\U${code.padStart(8, "0")}` : `\\u${code.padStart(4, "0")}`;
}

/** Text as a line of a comment: no character of it may end the line, or be obeyed by a terminal. */
export function commentText(text: string): string {
  return text.replaceAll(/[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ");
}
