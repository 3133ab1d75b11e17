/**
 * Text as a Terraform template that yields the same text: the one encoder for everything that comes from a matrix.
 * In templates `${` and `%{` start an interpolation or directive, `$${` and `%%{` are the characters themselves
 * (developer.hashicorp.com/terraform/language/expressions/strings, escape sequences).
 * @throws Error on NUL or a lone surrogate, which no Terraform string can hold; the schema and YAML let none through
 */
export function encodeText(text: string): string {
  if (text.includes("\0") || /\p{Surrogate}/u.test(text)) throw new Error("text that Terraform cannot hold");
  return text.replace(/[$%](?=\{)/g, (sign) => sign + sign);
}

/** Text as a string literal inside of an expression: quoted, and a template there too. JSON's escapes are Terraform's. */
export function encodeQuoted(text: string): string {
  return JSON.stringify(encodeText(text));
}

/** Text cut to a number of bytes in UTF-8, at a character, and encoded. */
export function encodeCut(text: string, maxBytes: number): string {
  let kept = "";
  let bytes = 0;
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > maxBytes) break;
    kept += character;
  }
  return encodeText(kept);
}
