import type { DriftReport, UnreadEntry } from "../../drift/drift-report.ts";
import { compareText } from "../../words/compare-text.ts";
import { escapeTerminal } from "../terminal/escape-terminal.ts";
import { type Covered, completenessOf } from "./completeness.ts";
import { describeUnread, inDoubt } from "./describe-unread.ts";
import { foldWords } from "./fold-words.ts";
import type { DriftTextLook } from "./text-finding.ts";

/** What was not read, why, what hangs on it and what to do, as lines. Reads that failed alike are told as one. */
export function textUnread(report: DriftReport, covered: Covered, look: DriftTextLook): readonly string[] {
  const { paint } = look;
  return alike(completenessOf(report).missing).flatMap((entries) => {
    const [first] = entries;
    const resource = foldWords(
      entries.map((entry) => entry.resource),
      look,
    );
    const services = [...new Set(entries.flatMap((entry) => entry.services))].sort(compareText);
    const fixes = new Set(entries.flatMap((entry) => covered.fixOf(entry) ?? []));
    return [
      `${paint("error", "not read:")} ${escapeTerminal(describeUnread({ ...first, resource }))}`,
      `  ${paint("faint", "=")} ${escapeTerminal(inDoubt({ services }, look))}`,
      ...[...fixes].map((fix) => `  ${paint("faint", "= fix:")} ${escapeTerminal(fix)}`),
    ];
  });
}

type Entries = [UnreadEntry, ...UnreadEntry[]];

function alike(entries: readonly UnreadEntry[]): readonly Readonly<Entries>[] {
  const groups = new Map<string, Entries>();
  for (const entry of entries) {
    const key = JSON.stringify([entry.what, entry.status, entry.reason]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [entry]);
    else group.push(entry);
  }
  return [...groups.values()];
}
