import { hiddenCharacter, showCharacter } from "../hidden-characters.ts";

/** Text for the data of a workflow command. The runner undoes these three and no others. */
export function escapeCommandData(text: string): string {
  return text
    .replaceAll("%", "%25")
    .replaceAll("\r", "%0D")
    .replaceAll("\n", "%0A")
    .replace(hiddenCharacter, showCharacter);
}

/** Text for a property of a workflow command, which a colon or a comma would end. */
export function escapeCommandProperty(text: string): string {
  return escapeCommandData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
