import { withServerDefaults } from "../resources/cloud-run-defaults.ts";
import type { ObjectValue } from "../wire/value.ts";
import type { Service } from "../world.ts";
import { ApiError, type Google } from "./google.ts";

export function getService(google: Google, path: string): Service {
  const service = google.world.services[path];
  if (!service)
    throw new ApiError(404, `Resource '${path.split("/").at(-1)}' of kind 'SERVICE' does not exist., notFound`);
  return service;
}

export function createService(google: Google, path: string, wanted: ObjectValue): void {
  if (google.world.services[path]) throw new ApiError(409, `Resource '${path}' already exists., alreadyExists`);
  google.log.push(`createService ${path}`);
  const uid = `uid-of-${path.split("/").at(-1)}-${google.newNumber()}`;
  google.world.services[path] = { ...withServerDefaults(wanted), uid, generation: "1" };
}

/**
 * Replaces the whole service, as a PATCH without an update mask does: what the caller leaves out,
 * because it says nothing or because it does not know the field, goes back to its default.
 */
export function replaceService(google: Google, path: string, wanted: ObjectValue): void {
  const { uid, generation } = getService(google, path);
  google.log.push(`updateService ${path}`);
  google.world.services[path] = {
    ...withServerDefaults(wanted),
    uid,
    generation: String(Number(generation) + 1),
  };
}

export function deleteService(google: Google, path: string): void {
  getService(google, path);
  google.log.push(`deleteService ${path}`);
  delete google.world.services[path];
  delete google.world.policies[path];
}
