/**
 * A text as a CEL literal in single quotes. The one way of any text into an expression: what a matrix says can neither
 * end the literal nor start another one. docs: github.com/google/cel-spec `doc/langdef.md`, String and Bytes Values
 */
export function encodeCel(text: string): string {
  return `'${[...text].map(encodeCharacter).join("")}'`;
}

/** Printable ASCII stands for itself; half of a pair of UTF-16, which CEL has no text for, as the replacement character. */
function encodeCharacter(character: string): string {
  const named = escapes.get(character);
  if (named !== undefined) return named;
  if (/^[ -~]$/.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  if (code >= 0xd800 && code <= 0xdfff) return "\\ufffd";
  return code > 0xffff ? `\\U${code.toString(16).padStart(8, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
}

const escapes: ReadonlyMap<string, string> = new Map([
  ["\\", "\\\\"],
  ["'", "\\'"],
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
]);
