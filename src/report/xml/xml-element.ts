import { escapeXml } from "./escape-xml.ts";

/** An element as finished lines of XML. */
export type XmlElement = readonly string[];

/** An element that holds elements. Attributes without a value are left out. */
export function xmlElement(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  children: readonly XmlElement[] = [],
): XmlElement {
  const tag = openTag(name, attributes);
  if (children.length === 0) return [`<${tag}/>`];
  return [`<${tag}>`, ...children.flat().map((line) => `  ${line}`), `</${name}>`];
}

/** An element that holds lines of text. */
export function xmlText(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  lines: readonly string[],
): XmlElement {
  return [`<${openTag(name, attributes)}>${lines.map(escapeXml).join("\n")}</${name}>`];
}

function openTag(name: string, attributes: Readonly<Record<string, string | number>>): string {
  return [name, ...Object.entries(attributes).map(([key, value]) => `${key}="${escapeXml(String(value))}"`)].join(" ");
}
