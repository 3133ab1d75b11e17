import { hiddenCharacter, showCharacter } from "../hidden-characters.ts";

/** Excel cuts a longer cell in two, and what then starts a cell has not been looked at. */
const MAX_CELL = 32_000;

/**
 * What a spreadsheet takes for the start of a formula, in a cell or behind a semicolon: where the list separator of the
 * machine is one, a cell would start there.
 */
const formula = /(^|;)(?=\s*[=+\-@\t\r\n＝＋－＠])/g;

/** A row of CSV as RFC 4180 has it, without its line break. No cell is a formula, and every character can be seen. */
export function csvRow(values: readonly string[]): string {
  return values.map(csvCell).join(",");
}

function csvCell(value: string): string {
  const safe = value.replace(formula, "$1'").replace(hiddenCharacter, showCharacter);
  const cut = safe.length > MAX_CELL ? `${safe.slice(0, MAX_CELL).replace(/[\ud800-\udbff]$/, "")}…` : safe;
  return /[",;]|^\s|\s$/.test(cut) ? `"${cut.replaceAll('"', '""')}"` : cut;
}
