import type { PreviousAccount, Service } from "../../matrix/model/world.ts";
import { keyAt, type Place, valueAt } from "../../matrix/text/place.ts";
import { compareText } from "../../words/compare-text.ts";
import { compareLists } from "../compare-lists.ts";
import type { Json } from "../fact.ts";
import type { Frame } from "./compare-fields.ts";
import type { Difference } from "./difference.ts";
import { sameMoment } from "./same-moment.ts";

interface Written {
  readonly email: string;
  readonly until: string;
  readonly index: number;
}

/**
 * Accounts that a service ran as before and that may still call.
 * @param placeOf where each version writes its list, or the service where it has none
 */
export function comparePrevious(
  before: Service,
  after: Service,
  frame: Frame,
  placeOf: (side: "before" | "after") => Place,
): readonly Difference[] {
  const was = ({ index }: Written): Place => itemPlace(placeOf("before"), index);
  const at = ({ index }: Written): Place => itemPlace(placeOf("after"), index);
  return compareLists<Written, Difference>(written(before), written(after), (a, b) => compareText(a.email, b.email), {
    onAdded: (now) => [
      { kind: "previous-account-added", ...frame, before: null, after: json(now), was: null, at: at(now) },
    ],
    onRemoved: (old) => [
      { kind: "previous-account-removed", ...frame, before: json(old), after: null, was: was(old), at: null },
    ],
    onBoth: (old, now) =>
      sameMoment(old.until, now.until)
        ? []
        : [
            {
              kind: "previous-account-changed",
              ...frame,
              before: json(old),
              after: json(now),
              was: was(old),
              at: at(now),
            },
          ],
  });
}

/** The previous accounts of a service, as facts show them; undefined where it has none. */
export function previousJson(service: Service): Json | undefined {
  const list = written(service).map(json);
  return list.length === 0 ? undefined : list;
}

function json({ email, until }: Written): Json {
  return { email, until };
}

/** Each account once, as long as the longest entry lets it call, in order. */
function written({ previousAccounts }: Service): readonly Written[] {
  const longest = new Map<string, PreviousAccount & Written>();
  for (const [index, each] of previousAccounts.entries()) {
    const email = each.email.toLowerCase();
    const known = longest.get(email);
    if (known === undefined || (each.end ?? 0) > (known.end ?? 0)) longest.set(email, { ...each, email, index });
  }
  return [...longest.values()].sort((a, b) => compareText(a.email, b.email));
}

function itemPlace(list: Place, index: number): Place {
  return list.path.at(-1) === "previousAccounts"
    ? valueAt(list.file, ...list.path, index)
    : keyAt(list.file, ...list.path);
}
