import { formatInstant } from "../time/instant.ts";
import { compareText } from "../words/compare-text.ts";
import { groupBy } from "../words/group-by.ts";
import { type AuditEntry, resourceName } from "./audit-entry.ts";
import type { Gap } from "./gap.ts";

export interface OrderedEntries {
  /** Each once, in order of time; those of one long running call are one. */
  readonly entries: readonly AuditEntry[];
  readonly duplicates: number;
  /** Entries that contradict each other, and calls of which it is not known whether they changed anything. */
  readonly gaps: readonly OrderGap[];
}

/** A gap, and the moment of the entry that it is about. */
export interface OrderGap {
  readonly gap: Gap;
  readonly at: AuditEntry["at"];
}

/** Entries as they happened, whatever the order and number of times in which the files have them. */
export function orderEntries(all: readonly AuditEntry[]): OrderedEntries {
  const gaps: OrderGap[] = [];
  const sorted = uniqueEntries(all, gaps).sort(byTime);
  const duplicates = all.length - sorted.length;
  const calls = groupBy(sorted, callOf);
  const seen = new Set<string>();
  const entries = sorted.flatMap((entry) => {
    const call = callOf(entry);
    if (call === undefined) return [entry];
    if (seen.size === seen.add(call).size) return [];
    return mergeCall(calls.get(call) ?? [entry], gaps);
  });
  // A call counts from its end on: the order may be another now.
  return { entries: entries.sort(byTime), duplicates, gaps };
}

/** Two entries of one name are one: unless they say different things, of which both are kept. */
function uniqueEntries(all: readonly AuditEntry[], gaps: OrderGap[]): AuditEntry[] {
  const unique = new Map<string, AuditEntry[]>();
  for (const entry of all) {
    const { logName, insertId } = entry.id;
    const key = JSON.stringify([logName, entry.order, insertId]);
    const known = unique.get(key);
    if (known === undefined) unique.set(key, [entry]);
    else if (!known.some((each) => contentOf(each) === contentOf(entry))) {
      known.push(entry);
      gaps.push(gapOf("contradiction", entry, "is there twice, and says different things: both are told"));
    }
  }
  return [...unique.values()].flat();
}

function contentOf(entry: AuditEntry): string {
  return JSON.stringify({ ...entry, id: null });
}

function byTime(a: AuditEntry, b: AuditEntry): number {
  const order =
    compareText(a.order, b.order) ||
    compareText(a.id.insertId, b.id.insertId) ||
    compareText(a.id.logName, b.id.logName);
  return order === 0 && a !== b ? compareText(contentOf(a), contentOf(b)) : order;
}

/** What the entries of one call share. An id alone may be anybody's. */
function callOf(entry: AuditEntry): string | undefined {
  const { operation, id, method } = entry;
  return operation === null
    ? undefined
    : JSON.stringify([id.logName, operation.producer, operation.id, resourceName(entry), method]);
}

/**
 * The start says who asked for what, the end whether it was done.
 * docs: /logging/docs/audit/understanding-audit-logs, long-running operations
 */
function mergeCall(parts: readonly AuditEntry[], gaps: OrderGap[]): readonly AuditEntry[] {
  const [earliest] = parts;
  const starts = parts.filter(({ operation }) => operation?.isFirst === true);
  const ends = parts.filter(({ operation }) => operation?.isLast === true);
  if (earliest === undefined) return [];
  if (starts.length > 1 || ends.length > 1 || !agree(parts)) {
    gaps.push(gapOf("contradiction", earliest, "is of a long running call that is told in different ways"));
    return parts;
  }
  const first = starts[0] ?? earliest;
  const last = ends[0];
  const isFailed = parts.some((part) => part.isFailed);
  if (last === undefined) {
    if (!isFailed) gaps.push(gapOf("unfinished-call", first, "has no end in the log: it is told as done", true));
    return [{ ...first, isFailed }];
  }
  if (isFailed && last.operation?.isFirst !== true && (first === last || !first.isFailed))
    gaps.push(gapOf("unfinished-call", last, "began and ended with an error: whether the settings stand is not known"));
  const actor = first.actor.principal === null ? last.actor : first.actor;
  return [{ ...first, actor, at: last.at, order: last.order, isFailed, effect: fuller(first, last) }];
}

/** Whether the entries of one call say the same, as far as two of them say anything. */
function agree(parts: readonly AuditEntry[]): boolean {
  const settings = new Map<string, unknown>();
  const others = new Set<string>();
  for (const { effect } of parts) {
    if (effect.kind !== "run") others.add(JSON.stringify(effect));
    else
      for (const [name, value] of Object.entries(effect.settings ?? {})) {
        if (settings.has(name) && settings.get(name) !== value) return false;
        settings.set(name, value);
      }
  }
  return others.size <= 1;
}

/** What was asked for; what was answered where the start holds nothing. */
function fuller({ effect: asked }: AuditEntry, { effect: answered }: AuditEntry): AuditEntry["effect"] {
  if (asked.kind === "run" && asked.settings === null && answered.kind === "run")
    return { ...asked, settings: answered.settings };
  return asked;
}

function gapOf(kind: Gap["kind"], entry: AuditEntry, what: string, isOpen = false): OrderGap {
  const at = formatInstant(entry.at);
  const gap: Gap = {
    kind,
    resource: resourceName(entry),
    from: at,
    to: isOpen ? null : at,
    message: `${entry.method} of ${at} (${entry.id.insertId}) ${what}`,
    help: isOpen ? "read the log some minutes further" : null,
  };
  return { gap, at: entry.at };
}
