import { hiddenCharacter, showCharacter } from "../report/hidden-characters.ts";

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "`": "&#96;",
  "=": "&#61;",
};

/** Text whose every character is seen: control, format and bidi characters are shown by their number. */
export function showHidden(text: string): string {
  return text.replace(hiddenCharacter, showCharacter);
}

/** Text for HTML, between tags and in quoted attributes: every character of it seen, and none obeyed. */
export function escapeHtml(text: string): string {
  return showHidden(text).replace(/[&<>"'`=]/g, (character) => entities[character] ?? "");
}
