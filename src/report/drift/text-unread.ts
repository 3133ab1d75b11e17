import type { DriftReport, UnreadEntry } from "../../drift/drift-report.ts";
import { enumerateWords } from "../../words/enumerate-words.ts";
import { compareText } from "../../words/compare-text.ts";
import { escapeTerminal } from "../terminal/escape-terminal.ts";
import { type Covered, completenessOf } from "./completeness.ts";
import { describeUnread, inDoubt } from "../access/describe-unread.ts";
import { foldWords } from "../../words/fold-words.ts";
import type { DriftTextLook } from "./text-finding.ts";

/** What was not read, why, what hangs on it and what to do, as lines. Reads that failed alike are told as one. */
export function textUnread(report: DriftReport, covered: Covered, look: DriftTextLook): readonly string[] {
  const { paint } = look;
  return alike(completenessOf(report).missing).flatMap((entries) => {
    const [first] = entries;
    const what = enumerateWords([...new Set(entries.map((entry) => entry.what))], "and");
    const resource = foldWords([...new Set(entries.map((entry) => entry.resource))], look);
    const services = [...new Set(entries.flatMap((entry) => entry.services))].sort(compareText);
    const fixes = new Set(entries.flatMap((entry) => covered.fixOf(entry) ?? []));
    return [
      `${paint("error", "not read:")} ${escapeTerminal(describeUnread({ ...first, what, resource }))}`,
      `  ${paint("faint", "=")} ${escapeTerminal(inDoubt({ services }, look))}`,
      ...[...fixes].map((fix) => `  ${paint("faint", "= fix:")} ${escapeTerminal(fix)}`),
    ];
  });
}

type Entries = [UnreadEntry, ...UnreadEntry[]];

/** One thing that was not read of many resources is told as one, and so are many things of the same resources. */
function alike(entries: readonly UnreadEntry[]): readonly Readonly<Entries>[] {
  const ofOneKind = groupBy(
    entries.map((entry): Entries => [entry]),
    ([{ what, status, reason }]) => [what, status, reason],
  );
  return groupBy(ofOneKind, (group) => [group[0].status, group[0].reason, group.map(({ resource }) => resource)]);
}

function groupBy(groups: readonly Entries[], keyOf: (group: Entries) => unknown): readonly Entries[] {
  const merged = new Map<string, Entries>();
  for (const group of groups) {
    const key = JSON.stringify(keyOf(group));
    const found = merged.get(key);
    if (found === undefined) merged.set(key, [...group]);
    else found.push(...group);
  }
  return [...merged.values()];
}
