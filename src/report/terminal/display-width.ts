/** East Asian wide and fullwidth blocks. JavaScript has no property for them. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{1b2ff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f/u;

const combining = /^\p{M}+$/u;

/** The columns that a grapheme takes in a terminal. */
export function displayWidth(grapheme: string): 0 | 1 | 2 {
  if (combining.test(grapheme)) return 0;
  return wide.test(grapheme) ? 2 : 1;
}
