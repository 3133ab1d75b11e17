import type { Place } from "../../matrix/text/place.ts";
import { compareText } from "../../words/compare-text.ts";
import type { ChangeKind } from "../change-kind.ts";
import { compareLists } from "../compare-lists.ts";
import type { Frame } from "./compare-fields.ts";
import type { Difference } from "./difference.ts";
import { differing, type JsonMap, type Same } from "./json.ts";

/** An entry of a part of the matrix that is about no single environment. */
export interface Entry {
  readonly key: string;
  readonly value: JsonMap;
  readonly place: Place;
}

export interface EntryKinds {
  readonly added: ChangeKind;
  readonly removed: ChangeKind;
  readonly changed: ChangeKind;
}

/** Entries that are new or gone, whole, and of those that stay the fields that differ. */
export function compareEntries(
  { added, removed, changed }: EntryKinds,
  before: readonly Entry[],
  after: readonly Entry[],
  same: Readonly<Record<string, Same>> = {},
): readonly Difference[] {
  const frameOf = ({ key }: Entry): Frame => ({ subject: key, environment: null, from: null, to: null });
  return compareLists<Entry, Difference>(byKey(before), byKey(after), (a, b) => compareText(a.key, b.key), {
    onAdded: (now) => [{ kind: added, ...frameOf(now), before: null, after: now.value, was: null, at: now.place }],
    onRemoved: (old) => [{ kind: removed, ...frameOf(old), before: old.value, after: null, was: old.place, at: null }],
    onBoth: (old, now) => {
      const shown = differing(old.value, now.value, same);
      return shown === undefined ? [] : [{ kind: changed, ...frameOf(now), ...shown, was: old.place, at: now.place }];
    },
  });
}

function byKey(entries: readonly Entry[]): readonly Entry[] {
  return [...entries].sort((a, b) => compareText(a.key, b.key));
}
