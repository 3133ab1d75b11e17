import { isObject } from "../words/json.ts";

/** More entries than a file of 200 MB holds. */
const MAX_ITEMS = 1_000_000;

/** The items of a log as `gcloud logging read --format=json` prints it, or one on each line, as exports have it. */
export type LogItems =
  | {
      readonly items: readonly unknown[];
      readonly badLines: number;
      /** Whether it is a page of an answer, with more behind it. */
      readonly isCut: boolean;
    }
  | { readonly problem: string; readonly help: string };

/** @param name what the text is called in a problem */
export function readLog(text: string, name: string): LogItems {
  const help = "write one with: gcloud logging read FILTER --format=json";
  const trimmed = text.trim();
  if (trimmed === "") return { problem: `${name} is empty`, help };
  const whole = parse(trimmed);
  if (Array.isArray(whole)) return bounded(whole, 0, name);
  if (isObject(whole)) {
    const isCut = typeof whole["nextPageToken"] === "string" && whole["nextPageToken"] !== "";
    // The last pages of an answer may hold no entry, and then no list of them.
    return bounded(Array.isArray(whole["entries"]) ? whole["entries"] : isCut ? [] : [whole], 0, name, isCut);
  }
  if (!trimmed.startsWith("{")) return { problem: `${name} is no log in JSON`, help };
  const items: unknown[] = [];
  let badLines = 0;
  for (const line of trimmed.split("\n")) {
    if (line.trim() === "") continue;
    const item = parse(line);
    if (isObject(item)) items.push(item);
    else badLines += 1;
  }
  return items.length === 0 ? { problem: `${name} is no log in JSON`, help } : bounded(items, badLines, name);
}

function bounded(items: readonly unknown[], badLines: number, name: string, isCut = false): LogItems {
  if (items.length <= MAX_ITEMS) return { items, badLines, isCut };
  return { problem: `${name} has more than ${MAX_ITEMS} entries`, help: "narrow the filter or the period" };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
