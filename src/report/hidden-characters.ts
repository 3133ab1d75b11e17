/**
 * What a reader cannot see, or what makes one see something else than stands there: control, format and bidi characters,
 * lone surrogates, blanks that are not a space, noncharacters. The emoji selector after a pictograph is what it seems.
 */
const invisible = String.raw`(?!(?<=\p{Extended_Pictographic})\uFE0F)(?![ \u3000])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Zs}\p{DI}\uFFFE\uFFFF]`;

/** The second # of `##[command]` and `##vso[command]`: build servers obey it anywhere in a line of their log. */
const logCommand = String.raw`(?<=#)#(?=[\w.-]{0,40}\[)`;

/** Matches one character that must not reach a reader or a log as it is. */
export const hiddenCharacter = new RegExp(`${invisible}|${logCommand}`, "gu");

/** A character by its number, as `\u{202e}`. */
export function showCharacter(character: string): string {
  return `\\u{${character.codePointAt(0)?.toString(16)}}`;
}
