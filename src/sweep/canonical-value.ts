/** The same for values that are the same credential: however base64 is padded. */
export function canonicalValue(value: string): string {
  return value.trim().replace(/=+$/, "");
}
