/** The beginning of a text that is longer than so many characters. Never cuts a pair of surrogates. */
export function clip(text: string, length: number): string {
  if (text.length <= length) return text;
  // A character is two units at most: what is beyond them need not be looked at.
  const characters = Array.from(text.slice(0, 2 * length + 1));
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join("")}…`;
}

/** A text as its encoder writes it, clipped further where that takes more bytes than it is worth. */
export function clipEncoded(
  text: string,
  encode: (text: string) => string,
  { length, bytes }: { readonly length: number; readonly bytes: number },
): string {
  for (let most = length; ; most = Math.floor(most / 2)) {
    const encoded = encode(clip(text, most));
    if (most < 4 || Buffer.byteLength(encoded) <= bytes) return encoded;
  }
}
