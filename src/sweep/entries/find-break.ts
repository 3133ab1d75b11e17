import { findYamlBreak } from "../tree/read-yaml.ts";
import { readJson } from "../tree/read-json.ts";
import type { LineIndex, TextFile } from "../text-file.ts";

/** Files whose name promises a form. Behind another ending (`values.yaml.tpl`) it promises nothing. */
const jsonNames = /\.(json|jsonc|jsonl|ndjson|tfstate|tfstate\.backup)$|(^|\/)\.dockerconfigjson$/i;
const yamlNames = /\.ya?ml$/i;
/** Standard input has no name: it is taken at its word. A section of INI is no list. */
const beginsLikeJson = /^(\{(?![{%])|\[(?![\w. -]+\]\s*\n))/;
const beginsLikeYaml = /^(---|- |[A-Za-z][\w-]*:(\s|$))/;
/** To parse longer texts as YAML only to find that they are none takes too long. */
const MAX_FLOW = 100_000;

/** What somebody else fills in before it is parsed: Helm, Jinja, ERB, Terraform. */
const template = /\{\{|\{%|<%|%\{/;

/**
 * Why a file was read as text only though it should be more; undefined for one that is what it should be, or is a template.
 * @param isYaml whether it was parsed as YAML; undefined where that was not tried
 */
export function findBreak({ name, text }: TextFile, lines: LineIndex, isYaml: boolean | undefined): string | undefined {
  const isInput = name === "<stdin>";
  if (jsonNames.test(name) || (isInput && beginsLikeJson.test(text.replace(/^\uFEFF/, "").trimStart()))) {
    if (isNativeJson(text)) return undefined;
    const reading = readJson(text);
    if (reading !== undefined && reading.brokenAt === undefined) return undefined;
    const offset = reading?.brokenAt ?? 0;
    // JSON with bare keys and single quotes is YAML.
    const isFlow = isYaml ?? (offset < text.length && text.length < MAX_FLOW && findYamlBreak(text) === undefined);
    if (reading !== undefined && isFlow) return undefined;
    // Where it ends too early, more is missing than a template fills in.
    if (offset < text.length && isTemplate(text, offset)) return undefined;
    return describe("JSON", text === "" ? undefined : lines.at(offset).line);
  }
  if (!yamlNames.test(name) && !(isInput && beginsLikeYaml.test(firstWords(text)))) return undefined;
  if (isYaml !== false) return undefined;
  const offset = findYamlBreak(text);
  if (isTemplate(text, offset ?? 0)) return undefined;
  return describe("YAML", offset === undefined ? undefined : lines.at(offset).line);
}

function describe(form: string, line: number | undefined): string {
  return `does not parse as ${form}: read as text only${line === undefined ? "" : ` (line ${line})`}`;
}

/** The first line that is neither blank nor a comment. */
function firstWords(text: string): string {
  const lines = text.replace(/^\uFEFF/, "").split("\n");
  return lines.find((line) => !/^\s*(#|$)/.test(line)) ?? "";
}

/** Much faster than to find out where it breaks. */
function isNativeJson(text: string): boolean {
  try {
    JSON.parse(text.replace(/^\uFEFF/, ""));
    return true;
  } catch {
    return false;
  }
}

/** `${PORT}` makes a template of the line that it breaks. */
function isTemplate(text: string, offset: number): boolean {
  const from = text.lastIndexOf("\n", offset - 1) + 1;
  const [line = ""] = text.slice(from).split("\n", 1);
  return template.test(text) || line.includes("${");
}
