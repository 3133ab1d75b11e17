import type { Service } from "../../matrix/model/world.ts";
import { compareText } from "../../words/compare-text.ts";
import { compareLists } from "../compare-lists.ts";
import { laterName, type MatrixPair, type WorldPair } from "../matrix-pair.ts";
import { compareFields } from "./compare-fields.ts";
import { comparePrevious } from "./compare-previous-accounts.ts";
import { comparePublic } from "./compare-public.ts";
import { serviceJson } from "./describe-service.ts";
import type { Difference } from "./difference.ts";
import { serviceFieldPlace } from "./name-place.ts";
import { serviceFields } from "./service-fields.ts";
import { sortedByLaterName } from "./sorted-by-later-name.ts";
import { usualFields } from "./usual-fields.ts";

/** Services that are new in an environment or gone from it, and what differs in those that stay. */
export function compareServices(pair: MatrixPair): readonly Difference[] {
  return pair.worlds.flatMap((world) => [...compareWorld(pair, world)]);
}

function compareWorld(pair: MatrixPair, { environment, before, after }: WorldPair): readonly Difference[] {
  const keyOf = (key: string): Pick<Difference, "subject" | "environment" | "from" | "to"> => ({
    subject: key,
    environment,
    from: null,
    to: key,
  });
  const later = (service: Service): string => laterName(pair, service.key);
  const placeOf = (service: Service, side: "before" | "after", field: string) =>
    serviceFieldPlace(pair[side], service, (side === "before" ? before : after)?.environment, field);
  return compareLists<Service, Difference>(
    sortedByLaterName(before?.services, pair),
    [...(after?.services.values() ?? [])],
    // Only the earlier name of a renamed service has another one later.
    (a, b) => compareText(later(a), later(b)),
    {
      onAdded: (now) => [
        {
          kind: "service-added",
          ...keyOf(now.key),
          before: null,
          after: serviceJson(now),
          usual: usualFields(now, after?.environment),
          was: null,
          at: now.declared.place,
        },
        ...comparePublic(undefined, now, keyOf(now.key), (side) => placeOf(now, side, "public")),
      ],
      onRemoved: (old) => [
        {
          kind: "service-removed",
          ...keyOf(later(old)),
          before: serviceJson(old),
          after: null,
          usual: usualFields(old, before?.environment),
          was: old.declared.place,
          at: null,
        },
        ...comparePublic(old, undefined, keyOf(later(old)), (side) => placeOf(old, side, "public")),
      ],
      onBoth: (old, now) => {
        const frame = keyOf(now.key);
        const place = (side: "before" | "after", field: string) => placeOf(side === "before" ? old : now, side, field);
        return [
          ...compareFields(serviceFields, old, now, frame, place),
          ...comparePublic(old, now, frame, (side) => place(side, "public")),
          ...comparePrevious(old, now, frame, (side) => place(side, "previousAccounts")),
        ];
      },
    },
  );
}
