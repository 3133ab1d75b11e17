import { count } from "../words/enumerate-words.ts";
import { formatInstant } from "../time/instant.ts";
import type { AuditEntry } from "./audit-entry.ts";
import type { LogSource } from "./changes-report.ts";
import type { Gap } from "./gap.ts";
import { parseEntry } from "./parse-entry.ts";

/** A log as it was read. */
export interface GivenLog {
  readonly name: string;
  readonly items: readonly unknown[];
  /** Lines that are no JSON. */
  readonly badLines: number;
  /** Whether it is a page with more behind it. */
  readonly isCut?: boolean;
}

export interface ReadItems {
  readonly entries: readonly AuditEntry[];
  readonly sources: readonly LogSource[];
  readonly items: number;
  readonly aside: number;
  readonly gaps: readonly Gap[];
}

/** The entries of some logs that change access, and what is not understood, once for each kind of it. */
export function readItems(logs: readonly GivenLog[]): ReadItems {
  const entries: AuditEntry[] = [];
  const sources: LogSource[] = [];
  const odd = new Map<string, { times: number; first: number | null }>();
  let aside = 0;
  for (const { name, items, badLines } of logs) {
    const before = entries.length;
    for (const item of items) {
      const parsed = parseEntry(item);
      if (parsed.kind === "entry") entries.push(parsed.entry);
      else if (parsed.kind === "aside") aside += 1;
      else {
        const known = odd.get(parsed.what) ?? { times: 0, first: parsed.at };
        odd.set(parsed.what, { times: known.times + 1, first: known.first ?? parsed.at });
      }
    }
    if (badLines > 0) odd.set(`a line of ${name} that is no JSON`, { times: badLines, first: null });
    const own = entries.slice(before).sort((a, b) => (a.order < b.order ? -1 : 1));
    sources.push({ name, entries: items.length, first: momentOf(own[0]), last: momentOf(own.at(-1)) });
  }
  const cut = logs.flatMap(({ name, isCut }): readonly Gap[] =>
    isCut === true
      ? [
          {
            kind: "level-not-read",
            resource: null,
            from: null,
            to: null,
            message: `${name} is one page of an answer: what is behind its nextPageToken is missing`,
            help: "read all pages, as gcloud logging read does",
          },
        ]
      : [],
  );
  const strange = [...odd].map(([what, { times }]): Gap => ({
    kind: "not-understood",
    resource: null,
    from: null,
    to: null,
    message: `${count(times, "time")} ${what}, which is not understood`,
    help: null,
  }));
  const gaps = [...cut, ...strange];
  return { entries, sources, items: logs.reduce((sum, { items }) => sum + items.length, 0), aside, gaps };
}

function momentOf(entry: AuditEntry | undefined): string | null {
  return entry === undefined ? null : formatInstant(entry.at);
}
