import type { Place } from "../../matrix/text/place.ts";
import type { ChangeKind } from "../change-kind.ts";
import type { Json } from "../fact.ts";
import type { Difference } from "./difference.ts";
import { differing, type JsonMap, sameJson } from "./json.ts";

/** A field of something that the matrix declares, with the kind of a change to it. */
export interface Field<T> {
  readonly kind: ChangeKind;
  /** As the matrix writes it: where it stands. */
  readonly field: string;
  /** Null where it says nothing. */
  readonly read: (thing: T) => Json;
  /** Whether two mean the same, where equality of what is read is too strict. */
  readonly same?: (before: T, after: T) => boolean;
  /** Shown without the keys that stay the same. */
  readonly byKey?: true;
}

/** What is the same for every field of a thing. */
export type Frame = Pick<Difference, "subject" | "environment" | "from" | "to">;

/** The fields in which two versions of a thing differ, each as a difference of its own. */
export function compareFields<T>(
  fields: readonly Field<T>[],
  before: T,
  after: T,
  frame: Frame,
  placeOf: (side: "before" | "after", field: string) => Place,
): readonly Difference[] {
  return fields.flatMap(({ kind, field, read, same, byKey }): readonly Difference[] => {
    const [old, now] = [read(before), read(after)];
    if (same === undefined ? sameJson(old, now) : same(before, after)) return [];
    // A field that is shown by key is a map or null.
    const shown =
      byKey === true ? differing((old ?? {}) as JsonMap, (now ?? {}) as JsonMap) : { before: old, after: now };
    if (shown === undefined) return [];
    return [{ kind, ...frame, ...shown, was: placeOf("before", field), at: placeOf("after", field) }];
  });
}
