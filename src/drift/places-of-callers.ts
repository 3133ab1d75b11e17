import type { Row } from "../access/access.ts";
import type { Live } from "./drift-context.ts";

/** Makes the answer to where a principal can invoke directly, by all rows at once: there may be many of either. */
export function placesOfCallers(
  live: readonly Live[],
  rowsOf: (service: Live["service"]) => readonly Row[],
): (principal: string) => readonly Live[] {
  let places: Map<string, Live[]> | undefined;
  return (principal) => {
    if (places === undefined) {
      places = new Map();
      for (const each of live) {
        for (const row of rowsOf(each.service)) {
          if (row.ring !== "direct" || row.verdict === "denied") continue;
          const found = places.get(row.principal);
          if (found === undefined) places.set(row.principal, [each]);
          else found.push(each);
        }
      }
    }
    return places.get(principal) ?? [];
  };
}
