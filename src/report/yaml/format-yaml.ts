import { hiddenCharacter } from "../hidden-characters.ts";

/** Texts that YAML reads as nothing but themselves. */
const plain = /^(?!(?:true|false|null|yes|no|on|off|y|n)$)[a-z][a-z0-9@._/-]*$/i;

/**
 * A value of JSON as YAML in block style, with a line break at the end. Texts that are not plain words stand in quotes,
 * with hidden characters by their number. Keys too: `on` is a truth value to YAML 1.1.
 */
export function formatYaml(value: object): string {
  return linesOf(value)
    .map((line) => `${line}\n`)
    .join("");
}

function linesOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown) => {
      if (isEmpty(item)) return [`- ${scalar(item)}`];
      // The first line of a nested value stands behind the dash, the others below it.
      return linesOf(item).map((line, i) => `${i === 0 ? "-" : " "} ${line}`);
    });
  }
  return Object.entries(value as Readonly<Record<string, unknown>>).flatMap(([key, item]) =>
    isEmpty(item)
      ? [`${scalar(key)}: ${scalar(item)}`]
      : [`${scalar(key)}:`, ...linesOf(item).map((line) => `  ${line}`)],
  );
}

/** Whether a value stands on the line of its key. */
function isEmpty(value: unknown): boolean {
  return typeof value !== "object" || value === null || Object.keys(value).length === 0;
}

function scalar(value: unknown): string {
  if (typeof value === "string") return plain.test(value) ? value : quoted(value);
  if (Array.isArray(value)) return "[]";
  return typeof value === "object" && value !== null ? "{}" : String(value);
}

/** YAML takes the escapes of JSON, and needs one number for a character beyond the first 65,536. */
function quoted(text: string): string {
  return JSON.stringify(text).replaceAll(hiddenCharacter, (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16);
    return code.length > 4 ? `\\U${code.padStart(8, "0")}` : `\\u${code.padStart(4, "0")}`;
  });
}
