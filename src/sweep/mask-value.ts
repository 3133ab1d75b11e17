/** What may be shown of a value: what all of its kind begin with, and roughly how long it is. */
export function maskValue(value: string, prefix: string): string {
  const shown = value.startsWith(prefix) && value.length >= prefix.length + 12 ? prefix : "";
  return `${shown}****, ${lengthClass(value.length)}`;
}

function lengthClass(length: number): string {
  if (length < 12) return "short (under 12 characters)";
  if (length < 24) return "medium (12 to 23 characters)";
  return "long (24 characters or more)";
}
