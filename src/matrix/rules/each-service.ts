import { writtenPlace } from "../model/field-place.ts";
import type { Matrix } from "../model/matrix.ts";
import type { Service, World } from "../model/world.ts";
import type { ServiceOverride } from "../schema/generated/document.ts";
import type { Place } from "../text/place.ts";

/** A field that a service and its overrides may have. */
type Field = "account" | "image" | "ingress" | "invokerRole" | "iap" | "name" | "project" | "public" | "regions";

/** Every service in every environment it runs in. */
export function* eachService(
  matrix: Matrix,
): Iterable<{ readonly world: World; readonly service: Service; readonly environment: string }> {
  for (const world of matrix.worlds) {
    for (const service of world.services.values()) yield { world, service, environment: world.environment.name };
  }
}

/** Where a service's field is written: in the environment's override, else in the service, else the service itself. */
export function fieldPlace(service: Service, environment: string, field: Field): Place {
  return writtenPlace(service.declared, environment, field) ?? service.declared.place;
}

/** What a service itself says of a field in an environment, whatever the matrix's defaults say. */
export function writtenField<F extends Field>(
  { declared: { value } }: Service,
  environment: string,
  field: F,
): Exclude<ServiceOverride[F], null> {
  const override = value.overrides?.[environment];
  const written = override !== undefined && field in override ? override[field] : value[field];
  return (written ?? undefined) as Exclude<ServiceOverride[F], null>;
}
