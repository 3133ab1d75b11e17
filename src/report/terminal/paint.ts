import type { Severity } from "../../finding/severity.ts";

export type Style = Severity | "strong" | "faint" | "good";

/** Parameters of the ANSI sequence; only the 16 colours that every theme keeps readable. */
const codes = {
  error: "1;31",
  warning: "1;33",
  info: "1;36",
  strong: "1",
  faint: "2",
  good: "32",
} as const satisfies Readonly<Record<Style, string>>;

export type Paint = (style: Style, text: string) => string;

/** Gives text a style, or leaves it as it is. Whether there is colour is the caller's to know. */
export function paint(color: boolean): Paint {
  return color ? (style, text) => `\u001b[${codes[style]}m${text}\u001b[0m` : (_, text) => text;
}
