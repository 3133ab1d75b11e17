import { INTERNET } from "../../matrix/model/match-selector.ts";
import type { Service } from "../../matrix/model/world.ts";
import type { Place } from "../../matrix/text/place.ts";
import type { Json } from "../fact.ts";
import type { Frame } from "./compare-fields.ts";
import { given, sameJson } from "./json.ts";
import type { Difference } from "./difference.ts";

/** Whether everybody may call a service is access of its own, also where the service itself is new or goes. */
export function comparePublic(
  before: Service | undefined,
  after: Service | undefined,
  frame: Frame,
  placeOf: (side: "before" | "after") => Place,
): readonly Difference[] {
  const [old, now] = [publicJson(before), publicJson(after)];
  if (sameJson(old, now)) return [];
  const kind = old === null ? "public-added" : now === null ? "public-removed" : "public-changed";
  return [
    {
      kind,
      ...frame,
      from: INTERNET,
      before: old,
      after: now,
      was: before === undefined ? null : placeOf("before"),
      at: after === undefined ? null : placeOf("after"),
    },
  ];
}

export function publicJson(service: Service | undefined): Json {
  const open = service?.public;
  return open === undefined ? null : given({ via: open.via, reason: open.reason });
}
