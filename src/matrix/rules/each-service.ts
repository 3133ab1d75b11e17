import type { Matrix } from "../model/matrix.ts";
import type { Service, World } from "../model/world.ts";
import { keyAt, type Place } from "../text/place.ts";

/** Every service in every environment it runs in. */
export function* eachService(
  matrix: Matrix,
): Iterable<{ readonly world: World; readonly service: Service; readonly environment: string }> {
  for (const world of matrix.worlds) {
    for (const service of world.services.values()) yield { world, service, environment: world.environment.name };
  }
}

/** Where a service's field is written: in the environment's override, else in the service, else the service itself. */
export function fieldPlace(
  service: Service,
  environment: string,
  field: "account" | "image" | "ingress" | "invokerRole" | "iap" | "name" | "project" | "public" | "regions",
): Place {
  const { place, value } = service.declared;
  const override = value.overrides?.[environment];
  if (override !== undefined && field in override)
    return keyAt(place.file, ...place.path, "overrides", environment, field);
  return field in value ? keyAt(place.file, ...place.path, field) : place;
}
