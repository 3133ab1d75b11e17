import { keyAt, type Place } from "../text/place.ts";
import type { Declared } from "./matrix.ts";

interface MayDiffer {
  readonly overrides?: Readonly<Record<string, object>>;
}

/** Where a service or caller writes a field: in the environment's override, else in itself. Undefined where it does not. */
export function writtenPlace(
  { place, value }: Declared<MayDiffer>,
  environment: string,
  field: string,
): Place | undefined {
  const override = value.overrides?.[environment];
  if (override !== undefined && Object.hasOwn(override, field))
    return keyAt(place.file, ...place.path, "overrides", environment, field);
  return Object.hasOwn(value, field) ? keyAt(place.file, ...place.path, field) : undefined;
}
