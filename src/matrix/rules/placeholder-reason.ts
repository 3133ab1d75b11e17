import type { Draft } from "../../finding/draft.ts";
import { isPlaceholder, PLACEHOLDER_OWNER } from "../model/placeholder.ts";
import { keyAt } from "../text/place.ts";
import type { Rule } from "./rule.ts";

/** `drift --write-exceptions` writes such reasons, so that nobody accepts by accident. */
export const placeholderReason: Rule = {
  id: "placeholder-reason",
  severity: "error",
  summary: "an exception or inherited entry whose reason or owner nobody has written yet",
  stopsSynth: false,
  *check({ exceptions, inherited }) {
    for (const { key, value, place } of [...exceptions, ...inherited]) {
      const field = isPlaceholder(value.reason) ? "reason" : value.owner === PLACEHOLDER_OWNER ? "owner" : undefined;
      if (field === undefined) continue;
      yield {
        message: `nobody has written the ${field} of ${key} yet`,
        help: "say why it is accepted, and by whom; until then it has no effect on drift",
        at: keyAt(place.file, ...place.path, field),
      } satisfies Draft;
    }
  },
};
