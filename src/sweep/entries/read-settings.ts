import type { Entry, Frame } from "./entry.ts";
import { readCommands } from "./read-commands.ts";

const setting =
  /^\s*(?:[#;]+\s*|\/\/\s*)?(?:export\s+|set\s+|ENV\s+|ARG\s+|Environment=)?["']?(\/\/[^\s=]+:_\w+|[A-Za-z_][\w.-]*)["']?\s*[:?+]?=\s*(.*)$/;
const colon = /^\s*([A-Za-z_][\w.-]*)\s*:\s*(.*)$/;
const attributes = /\b(?:key|name)="([^"]+)"\s+value="([^"]*)"/g;

/** Lines that set a value each: .env files, properties, INI, TOML, make. What is commented out is still there to be read. */
export function readSettings(frame: Frame): readonly Entry[] {
  const found: Entry[] = [];
  const sections = { name: "" };
  let offset = 0;
  for (const line of frame.text.split("\n")) {
    const section = /^\s*\[+([\w.-]+)\]+\s*$/.exec(line)?.[1];
    if (section !== undefined) sections.name = section;
    const [, name, raw] = setting.exec(line) ?? colon.exec(line) ?? [];
    if (name !== undefined && raw !== undefined) {
      const { value, isEscaped } = unquote(raw.trimEnd());
      const start = offset + line.length - raw.length;
      add(frame, found, { name, meaning: meaningOf(name, sections.name), value, start, isEscaped });
    }
    for (const match of line.matchAll(attributes)) {
      const [whole, key = "", value = ""] = match;
      const start = offset + match.index + whole.lastIndexOf(value);
      add(frame, found, { name: key, meaning: key, value, start, isEscaped: false });
    }
    offset += line.length + 1;
  }
  return [...found, ...readCommands(frame)];
}

interface Found {
  readonly name: string;
  readonly meaning: string;
  readonly value: string;
  readonly start: number;
  readonly isEscaped: boolean;
}

function add(frame: Frame, found: Entry[], { name, meaning, value, start, isEscaped }: Found): void {
  if (value === "") return;
  found.push({
    name,
    meaning,
    value,
    ...frame.span(start, start + value.length + 2),
    position: frame.position(start),
    service: frame.service,
    setting: /^[A-Z][A-Z0-9_]*$/.test(name) ? "env" : "field",
    isDecoded: frame.isDecoded || isEscaped,
  });
}

/** A key that says little is named by its section: `[jwt] key = …`. */
function meaningOf(name: string, section: string): string {
  const last = name.split(/[.:]/).at(-1) ?? name;
  return /^(key|value|default)$/i.test(last) ? `${section} ${name}` : name;
}

/** A value without its quotes, or without the comment behind it. */
function unquote(raw: string): { readonly value: string; readonly isEscaped: boolean } {
  const [, quote, inside = ""] = /^(["'])(.*?)\1\s*[,;]?\s*(?:[#;].*)?$/.exec(raw) ?? [];
  if (quote === '"') {
    const value = inside.replaceAll("\\n", "\n").replaceAll('\\"', '"').replaceAll("\\\\", "\\");
    return { value, isEscaped: value !== inside };
  }
  if (quote === "'") return { value: inside, isEscaped: false };
  return {
    value: raw
      .replace(/\s+#.*$/, "")
      .replace(/^["']/, "")
      .trim(),
    isEscaped: false,
  };
}
