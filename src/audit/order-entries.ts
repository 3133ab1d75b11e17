import { compareText } from "../words/compare-text.ts";
import { groupBy } from "../words/group-by.ts";
import type { AuditEntry } from "./audit-entry.ts";

export interface OrderedEntries {
  /** Each once, in order of time; those of one long running call are one. */
  readonly entries: readonly AuditEntry[];
  readonly duplicates: number;
  /** Calls whose end is not in the log: whether they changed anything is not known. */
  readonly unfinished: readonly AuditEntry[];
}

/** Entries as they happened, whatever the order and number of times in which the files have them. */
export function orderEntries(all: readonly AuditEntry[]): OrderedEntries {
  const unique = new Map<string, AuditEntry>();
  for (const entry of all) {
    const { logName, insertId } = entry.id;
    unique.set(JSON.stringify([logName, entry.order, insertId]), entry);
  }
  const sorted = [...unique.values()].sort(byTime);
  const calls = groupBy(sorted, ({ operation }) => operation?.id);
  const seen = new Set<string>();
  const unfinished: AuditEntry[] = [];
  const entries = sorted.flatMap((entry) => {
    if (entry.operation === null) return [entry];
    if (seen.size === seen.add(entry.operation.id).size) return [];
    const merged = mergeCall(calls.get(entry.operation.id) ?? [entry]);
    if (merged.isOpen) unfinished.push(merged.entry);
    return [merged.entry];
  });
  // A call counts from its end on: the order may be another now.
  return { entries: entries.sort(byTime), duplicates: all.length - unique.size, unfinished };
}

function byTime(a: AuditEntry, b: AuditEntry): number {
  return (
    compareText(a.order, b.order) ||
    compareText(a.id.insertId, b.id.insertId) ||
    compareText(a.id.logName, b.id.logName)
  );
}

/**
 * The start says who asked for what, the end whether it was done.
 * docs: /logging/docs/audit/understanding-audit-logs, long-running operations
 */
function mergeCall(parts: readonly AuditEntry[]): { readonly entry: AuditEntry; readonly isOpen: boolean } {
  const first = parts.find(({ operation }) => operation?.isFirst === true) ?? parts[0];
  const last = parts.findLast(({ operation }) => operation?.isLast === true);
  if (first === undefined) throw new Error("a call without entries");
  const isFailed = parts.some((part) => part.isFailed);
  if (last === undefined) return { entry: { ...first, isFailed }, isOpen: !isFailed };
  const actor = first.actor.principal === null ? last.actor : first.actor;
  return {
    entry: { ...first, actor, at: last.at, order: last.order, isFailed, effect: fuller(first, last) },
    isOpen: false,
  };
}

/** What was asked for; what was answered where the start holds nothing. */
function fuller({ effect: asked }: AuditEntry, { effect: answered }: AuditEntry): AuditEntry["effect"] {
  if (asked.kind === "run" && asked.settings === null && answered.kind === "run")
    return { ...asked, settings: answered.settings };
  return asked;
}
