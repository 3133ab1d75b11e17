/** The text that base64 stands for; undefined where it is none, or stands for bytes that are no text. */
export function decodeBase64(value: string): string | undefined {
  const compact = value.replaceAll(/\s/g, "");
  if (compact.length < 4 || !/^[A-Za-z0-9+/]+={0,2}$/.test(compact)) return undefined;
  const bytes = Buffer.from(compact, "base64");
  if (bytes.toString("base64").replace(/=+$/, "") !== compact.replace(/=+$/, "")) return undefined;
  const text = bytes.toString("utf8");
  return /(?![\t\n\v\f\r])[\p{Cc}\ufffd]/u.test(text) ? undefined : text;
}
