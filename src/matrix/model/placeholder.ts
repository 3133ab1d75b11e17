/** A reason that a tool wrote and a person has not replaced yet. */
export const PLACEHOLDER = "TODO: say why";

/** An owner that a tool could not know. */
export const PLACEHOLDER_OWNER = "TODO";

/** Whether a text stands for one that is still to be written. */
export function isPlaceholder(text: string | undefined): boolean {
  return text !== undefined && /^\s*TODO\b/i.test(text);
}
