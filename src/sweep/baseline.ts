import { timingSafeEqual } from "node:crypto";
import { posix } from "node:path";
import { formatJson } from "../report/json/format-json.ts";
import { compareText } from "../words/compare-text.ts";
import { type IdScheme, keyCheck, scryptCost } from "./identify.ts";
import type { BaselineCount, Credential, CredentialPlace, Swept } from "./sweep-report.ts";
import { sweepRules, type SweepRule } from "./sweep-rules.ts";

/** What a run leaves for the next one to count down from. It holds ids and names, and no value. */
export interface Baseline {
  readonly ids: BaselineIds;
  readonly scope: { readonly paths: readonly string[]; readonly live: readonly string[] };
  readonly credentials: readonly KnownCredential[];
}

type BaselineIds =
  | { readonly by: "scrypt"; readonly salt: string; readonly N: number; readonly r: number; readonly p: number }
  | { readonly by: "hmac-sha256"; readonly check: string };

export interface KnownCredential {
  readonly id: string;
  readonly rule: string;
  readonly name: string;
  readonly places: number;
  /** The file of each place, as reports show it. Older baselines have none. */
  readonly files?: readonly string[];
}

export const BASELINE_SCHEMA = "matrix/sweep-baseline/v1";

export class BaselineError extends Error {
  readonly help: string;

  constructor(message: string, help: string) {
    super(message);
    this.name = "BaselineError";
    this.help = help;
  }
}

/** @throws BaselineError where the text is no baseline */
export function parseBaseline(text: string, name: string): Baseline {
  const broken = new BaselineError(`${name} is no baseline of sweep`, "write one with --write-baseline");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw broken;
  }
  if (!isRecord(value) || value["schema"] !== BASELINE_SCHEMA) throw broken;
  const { ids, scope, credentials } = value;
  if (!isRecord(scope) || !isTexts(scope["paths"]) || !isTexts(scope["live"]) || !isIds(ids)) throw broken;
  if (!Array.isArray(credentials) || !credentials.every(isKnown)) throw broken;
  return { ids, scope: { paths: scope["paths"], live: scope["live"] }, credentials };
}

export function isBaseline(text: string): boolean {
  try {
    parseBaseline(text, "");
    return true;
  } catch {
    return false;
  }
}

/**
 * How ids are made so that they can be compared with those of a baseline.
 * @throws BaselineError where it takes another key
 */
export function schemeOf({ ids }: Baseline, name: string, key: Uint8Array | undefined): IdScheme {
  if (ids.by === "scrypt") {
    if (key !== undefined)
      throw new BaselineError(`${name} was written without a key`, "leave out --key-file, or write it anew");
    return { by: "scrypt", salt: Buffer.from(ids.salt, "hex") };
  }
  if (key === undefined) throw new BaselineError(`${name} was written with a key`, "name it with --key-file");
  const [ours, theirs] = [Buffer.from(keyCheck(key)), Buffer.from(ids.check)];
  if (ours.length !== theirs.length || !timingSafeEqual(ours, theirs))
    throw new BaselineError(`${name} was written with another key`, "with this one every credential would seem new");
  return { by: "hmac-sha256", key };
}

export function formatBaseline(credentials: readonly Credential[], { paths, live }: Swept, scheme: IdScheme): string {
  const ids: BaselineIds =
    scheme.by === "scrypt"
      ? { by: "scrypt", salt: Buffer.from(scheme.salt).toString("hex"), ...scryptCost }
      : { by: "hmac-sha256", check: keyCheck(scheme.key) };
  const known = credentials.flatMap(({ id, rule, names, places }) =>
    id === null ? [] : [{ id, rule, name: names[0] ?? rule, places: places.length, files: filesOf(places) }],
  );
  known.sort((a, b) => compareText(a.id, b.id));
  return formatJson({ schema: BASELINE_SCHEMA, ids, scope: { paths, live }, credentials: known });
}

/** One for each place, for a file may hold a value twice. Lines are left out: they move with every edit. */
function filesOf(places: readonly CredentialPlace[]): readonly string[] {
  return places.map(({ file }) => posix.normalize(file)).sort(compareText);
}

/** What a credential is against a baseline. */
export function stateOf(
  id: string | null,
  places: readonly CredentialPlace[],
  baseline: Baseline | undefined,
): Credential["state"] {
  const known = baseline?.credentials.find((each) => each.id === id);
  if (known === undefined) return "new";
  if (known.files === undefined) return places.length > known.places ? "spread" : "known";
  const left = new Map<string, number>();
  for (const file of known.files) left.set(file, (left.get(file) ?? 0) + 1);
  for (const file of filesOf(places)) left.set(file, (left.get(file) ?? 0) - 1);
  return [...left.values()].some((count) => count < 0) ? "spread" : "known";
}

export function countDown(
  file: string,
  { credentials: before, scope }: Baseline,
  now: readonly Credential[],
  swept: Swept,
): BaselineCount {
  const ids = new Set(now.map(({ id }) => id));
  const gone = before.filter(({ id }) => !ids.has(id));
  const same = (a: readonly string[], b: readonly string[]): boolean => JSON.stringify(a) === JSON.stringify(b);
  return {
    file,
    before: before.length,
    left: before.length - gone.length,
    added: now.filter(({ state }) => state === "new").length,
    spread: now.filter(({ state }) => state === "spread").length,
    gone: gone.map(({ name }) => name).sort(compareText),
    sameScope: same(scope.paths, swept.paths) && same(scope.live, swept.live),
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === "string");
}

function isIds(value: unknown): value is BaselineIds {
  if (!isRecord(value)) return false;
  const { by, salt, check, N, r, p } = value;
  if (by === "hmac-sha256") return typeof check === "string";
  const isCost = N === scryptCost.N && r === scryptCost.r && p === scryptCost.p;
  return by === "scrypt" && isCost && typeof salt === "string" && /^[0-9a-f]{32,}$/.test(salt);
}

function isKnown(value: unknown): value is KnownCredential {
  if (!isRecord(value)) return false;
  const { id, rule, name, places, files } = value;
  if (files !== undefined && !isTexts(files)) return false;
  return typeof id === "string" && isRule(rule) && typeof name === "string" && Number.isInteger(places);
}

function isRule(rule: unknown): rule is SweepRule {
  return typeof rule === "string" && Object.hasOwn(sweepRules, rule);
}
