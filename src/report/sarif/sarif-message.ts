/**
 * Plain text for a SARIF message, in which `[text](place)` would be a link. A space keeps it from being one: viewers
 * disagree on the backslash that the standard has for this.
 */
export function sarifMessage(text: string): { readonly text: string } {
  return { text: text.replaceAll("](", "] (") };
}
