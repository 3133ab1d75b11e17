import { type NameMeaning, meaningOf } from "../detect/name-meaning.ts";
import { looksRandom } from "../detect/randomness.ts";
import { readHcl } from "../tree/read-hcl.ts";
import { readJson } from "../tree/read-json.ts";
import { readYaml } from "../tree/read-yaml.ts";
import { LineIndex, type TextFile } from "../text-file.ts";
import type { Entry, FileNotes, Frame } from "./entry.ts";
import { findBreak } from "./find-break.ts";
import { readCommands } from "./read-commands.ts";
import { readSettings } from "./read-settings.ts";
import { readTemplate } from "./read-template.ts";
import { walkTree } from "./walk-tree.ts";

/** Larger texts are read as lines: parsing them whole takes too long. */
const MAX_YAML = 2_000_000;
/** The same for lines: the time that one takes grows with the square of its length. */
const MAX_YAML_LINE = 50_000;

/** Values that hold texts that hold values: so deep and no deeper. */
const MAX_FRAMES = 4;

type Form = "json" | "yaml" | "hcl" | "settings" | "commands" | "other";

const forms: readonly (readonly [RegExp, Form])[] = [
  [
    /(^|\/)(package-lock|npm-shrinkwrap|composer)\.(json|lock)$|(^|\/)(yarn|pnpm-lock|poetry|Cargo|Gemfile)\b.*\.?(lock|yaml)$/,
    "other",
  ],
  [/\.(json|tfstate|jsonc)(\.\w+)?$|(^|\/)\.docker\/config$|(^|\/)\.dockerconfigjson$/i, "json"],
  // Whatever comes from standard input: JSON is tried first, and broken YAML is read as lines.
  [/\.ya?ml(\.\w+)?$|^<stdin>$/i, "yaml"],
  [/\.(tf|tfvars|hcl|tofu|terraformrc)$|(^|\/)terraform\.rc$/i, "hcl"],
  [/(^|\/)\.?env(rc)?(\.[\w.-]+)?$|\.(env|properties|ini|cfg|conf|config|toml|service|xml)(\.\w+)?$/i, "settings"],
  [
    /(^|\/)(\.npmrc|\.pypirc|\.netrc|_netrc|\.pgpass|\.my\.cnf|credentials|Makefile|Jenkinsfile|Procfile|Vagrantfile|\.gitconfig)$/,
    "settings",
  ],
  [/\.(mk|groovy|gradle|ps1|bat|cmd)$/i, "settings"],
  [/(^|\/)(Dockerfile|Containerfile)(\.[\w-]+)?$|\.(sh|bash|zsh|dockerfile)$/i, "commands"],
];

/** What holds configuration that nobody reads as it is: packed, encrypted, or a picture of it. */
const packed = /\.(gz|tgz|zip|bz2|xz|zst|br|7z|tar|jar|gpg|age|asc|png|jpe?g|gif|webp|ico|pdf)$/i;

/** Whether a file is configuration: a file of this name that cannot be read is missed. */
export function isConfiguration(name: string): boolean {
  return !packed.test(name) && formOf(name) !== "other";
}

/** One of these stands in every name that is judged by itself. */
const tellingWord = /pass|pwd|secret|token|key|credential|auth|hmac|pepper|salt|cookie|[_-]pat$/i;
/** What a key is for may stand above it: `Jwt: { Key: … }`. */
const keyOwner = /^(jwt|hmac|sign|session|cookie|csrf|api|encrypt|webhook)/i;

/**
 * Whether a text can set a value that matters: names one, or holds one that no name gives away. Most cannot, and to parse
 * them takes longer than all else.
 */
function isWorthReading(text: string): boolean {
  const words = new Set(text.match(/[\w.-]{3,80}/g));
  if (words.has("env_file")) return true;
  let isKey = false;
  let isOwner = false;
  for (const word of words) {
    isOwner ||= keyOwner.test(word);
    if (!tellingWord.test(word)) continue;
    isKey ||= /^keys?$/i.test(word);
    if (word === "Secret" || word === "private_key" || judgedMeanings.has(meaningOf(word))) return true;
  }
  if (isKey && isOwner) return true;
  return (text.match(/[\w+/~-]{16,512}/g) ?? []).some((run) => /\d/.test(run) && looksRandom(run));
}

const judgedMeanings: ReadonlySet<NameMeaning> = new Set(["password", "secret", "signing", "maybe"]);

/** What a file sets. */
export interface FileReading {
  /** Every value that it sets under a name; none for files that set none that matters, such as programs. */
  readonly entries: readonly Entry[];
  /** Why it was read as text only, though its name promises more. */
  readonly broken: string | undefined;
  readonly envFiles: FileNotes["envFiles"];
}

export function readFileEntries(file: TextFile, lines: LineIndex): FileReading {
  const { name, text } = file;
  const notes: FileNotes = { isYaml: undefined, envFiles: [] };
  const frame: Frame = {
    text,
    service: null,
    isDecoded: false,
    depth: 0,
    position: (offset) => lines.at(offset),
    span: (start, end) => ({ start, end, nest: [[start, end]] }),
    notes,
  };
  const entries = readFrame(frame, name);
  return { entries, broken: findBreak(file, lines, notes.isYaml), envFiles: notes.envFiles };
}

/** @param hint the name of the text, or of the value that holds it */
function readFrame(frame: Frame, hint: string): readonly Entry[] {
  const { text } = frame;
  if (frame.depth > MAX_FRAMES) return [];
  const form = formOf(hint);
  if (form === "other" && frame.depth === 0 && !/^\s*[[{]/.test(text)) return [];
  // Lines are read in no time, and one of a password file holds no word.
  if (form !== "settings" && form !== "commands" && !isWorthReading(text)) return [];
  const json = form === "hcl" || (form === "other" && isLock(hint)) ? undefined : readJson(text);
  if (json !== undefined && json.brokenAt === undefined) return walkTree(json.trees, frame, readFrame);
  const isCut = json?.brokenAt === text.length;
  if (isCut && (form === "json" || form === "yaml" || /\.(jsonl|ndjson)$/i.test(hint)))
    return walkTree(json.trees, frame, readFrame);
  if (form === "other" && frame.depth === 0) return [];
  if (form === "hcl") {
    const tree = readHcl(text);
    return tree === undefined ? readSettings(frame) : walkTree([tree], frame, readFrame);
  }
  if (form === "yaml" || form === "json") {
    const isLong = isTooLong(text);
    const trees = isLong ? undefined : readYaml(text);
    if (frame.notes !== undefined && !isLong) frame.notes.isYaml = trees !== undefined;
    if (trees !== undefined) return walkTree(trees, frame, readFrame);
    return [...walkTree(json?.trees ?? [], frame, readFrame), ...readTemplate(frame)];
  }
  if (form === "settings") return readSettings(frame);
  return looksLikeSettings(text) && form !== "commands" ? readSettings(frame) : readCommands(frame);
}

function isTooLong(text: string): boolean {
  return text.length > MAX_YAML || text.split("\n").some((line) => line.length > MAX_YAML_LINE);
}

/** Lines that set values and do nothing else. */
function looksLikeSettings(text: string): boolean {
  const lines = text.split("\n", 20).filter((line) => line.trim() !== "");
  return lines.length > 0 && lines.every((line) => /^\s*([#!;[].*|[\w.-]+\s*[=:].*)$/.test(line));
}

function isLock(name: string): boolean {
  return forms[0]?.[0].test(name) === true;
}

function formOf(name: string): Form {
  return forms.find(([pattern]) => pattern.test(name))?.[1] ?? "other";
}
