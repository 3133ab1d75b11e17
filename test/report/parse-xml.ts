export interface XmlNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlNode[];
  readonly text: string;
}

const forbidden = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;
const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
const token = /<(\/?)([a-z-]+)((?: [a-z]+="[^"<]*")*)(\/?)>|([^<]+)/gy;
const names: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

interface Open {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlNode[];
  text: string;
}

/** Reads the part of XML 1.0 that reports use, and throws at the first character that is not well-formed. */
export function parseXml(xml: string): XmlNode {
  if (forbidden.test(xml)) throw new Error("a character that XML 1.0 forbids");
  if (!xml.startsWith(declaration)) throw new Error("no declaration");
  const document: Open = { name: "", attributes: {}, children: [], text: "" };
  const open = [document];
  for (let at = declaration.length; at < xml.length; at = token.lastIndex) {
    token.lastIndex = at;
    const [, closing, name = "", attributes = "", empty, text] = token.exec(xml) ?? fail(xml, at);
    const parent = open.at(-1) ?? fail(xml, at);
    if (text !== undefined) {
      if (text.includes("]]>")) fail(xml, at);
      parent.text += decode(text);
    } else if (closing === "/") {
      if (parent.name !== name || attributes !== "" || empty === "/") fail(xml, at);
      open.pop();
    } else {
      const element: Open = { name, attributes: parseAttributes(attributes), children: [], text: "" };
      parent.children.push(element);
      if (empty !== "/") open.push(element);
    }
  }
  const [root, ...others] = document.children;
  if (open.length !== 1 || root === undefined || others.length > 0 || document.text.trim() !== "")
    fail(xml, xml.length);
  return root ?? fail(xml, xml.length);
}

function parseAttributes(text: string): Readonly<Record<string, string>> {
  const pairs = [...text.matchAll(/([a-z]+)="([^"]*)"/g)].map(
    ([, key = "", value = ""]) => [key, decode(value)] as const,
  );
  if (new Set(pairs.map(([key]) => key)).size !== pairs.length) throw new Error(`an attribute twice: ${text}`);
  return Object.fromEntries(pairs);
}

function decode(text: string): string {
  return text.replace(/&(?:#(\d+)|(\w+));|&/g, (reference, number?: string, name?: string) => {
    const character = number === undefined ? names[name ?? ""] : String.fromCodePoint(Number(number));
    if (character === undefined || forbidden.test(character)) throw new Error(`not a reference: ${reference}`);
    return character;
  });
}

function fail(xml: string, at: number): never {
  throw new Error(`not well-formed: ${xml.slice(at, at + 60)}`);
}
