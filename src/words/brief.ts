/** Longer paths are cut in the middle: a finding must fit a screen, and its ends say where it leads from and to. */
const MAX_STEPS = 20;
const MAX_ITEMS = 5;
const MAX_TEXT = 60;

/** The names of a path with arrows between them; of a long path the first two and the last two. */
export function briefPath(names: readonly string[]): string {
  if (names.length <= MAX_STEPS) return names.join(" -> ");
  const left = `… ${names.length - 4} more …`;
  return [...names.slice(0, 2), left, ...names.slice(-2)].join(" -> ");
}

/** Names as a person lists them; of many the first few and how many more there are. */
export function briefList(names: readonly string[]): string {
  const shown = names.length <= MAX_ITEMS ? names : [...names.slice(0, 3), `${names.length - 3} more`];
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}

/** A text of the matrix that may be of any length, cut to what a sentence bears. */
export function briefText(text: string): string {
  return text.length <= MAX_TEXT ? text : `${text.slice(0, MAX_TEXT - 1)}…`;
}

/** A text that may have lines, on one. */
export function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}

/** When something ends: on a date, at a timestamp. */
export function onOrAt(date: string): string {
  return `${date.includes("T") ? "at" : "on"} ${date}`;
}
