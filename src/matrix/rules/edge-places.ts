import type { Edge } from "../model/world.ts";
import type { Place } from "../text/place.ts";

/** Where the edge of each caller and callee is written. Most matrices break no rule, and for them nothing is made. */
export function edgePlaces(edges: () => readonly Edge[]): (caller: string, callee: string) => Place | undefined {
  let places: Map<string, Place> | undefined;
  return (caller, callee) => {
    places ??= new Map(edges().map((edge) => [`${edge.caller} ${edge.callee}`, edge.clause.place]));
    return places.get(`${caller} ${callee}`);
  };
}
