import type { Draft } from "./draft.ts";
import type { DriftContext } from "./drift-context.ts";

/** Where the matrix names a service or caller. */
export function placeOf(name: string | undefined, { world }: DriftContext): Pick<Draft, "at"> {
  if (name === undefined) return {};
  const place = (world.services.get(name) ?? world.callers.get(name))?.declared.place;
  return place === undefined ? {} : { at: place };
}
