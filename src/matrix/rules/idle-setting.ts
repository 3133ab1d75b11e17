import { calleeKinds } from "../../callees/registry.ts";
import type { Draft } from "../../finding/draft.ts";
import type { DeclaredName, Matrix } from "../model/matrix.ts";
import { keyAt, type Place, valueAt } from "../text/place.ts";
import { eachService, fieldPlace } from "./each-service.ts";
import type { Rule } from "./rule.ts";

/** A setting that does nothing is believed to do something. */
export const idleSetting: Rule = {
  id: "idle-setting",
  severity: "warning",
  summary: "a setting that has no effect where it stands",
  stopsSynth: false,
  *check(matrix) {
    const known = new Set(matrix.environments.map(({ name }) => name));
    for (const name of matrix.names.values()) {
      if (name.section !== "sets") yield* settingsElsewhere(name, known);
    }
    yield* observedImages(matrix);
  },
};

/** Overrides and planned are read for the environments that something is in. */
function* settingsElsewhere(name: DeclaredName, known: ReadonlySet<string>): Iterable<Draft> {
  const { section, key, value, place } = name;
  if (section === "sets" || value.environments === undefined) return;
  const own = new Set(value.environments);
  const { file, path } = place;
  const draft = (what: string, environment: string, at: Place): Draft => ({
    message: `${key} ${what} ${environment}, and is not in ${environment}`,
    help: `delete it, or add ${environment} to the environments of ${key}`,
    at,
    environment,
    ...(section === "services" ? { service: key } : { caller: key }),
  });
  const isIdle = (environment: string): boolean => known.has(environment) && !own.has(environment);
  const planned = section === "services" ? (value.planned ?? []) : [];
  for (const [index, environment] of planned.entries()) {
    if (isIdle(environment)) yield draft("is planned for", environment, valueAt(file, ...path, "planned", index));
  }
  for (const environment of Object.keys(value.overrides ?? {})) {
    if (isIdle(environment))
      yield draft("has overrides for", environment, keyAt(file, ...path, "overrides", environment));
  }
}

/** An image that some environment uses is not idle, though another only observes its service. */
function* observedImages(matrix: Matrix): Iterable<Draft> {
  const idle = new Map<string, Draft>();
  const used = new Set<string>();
  for (const { service, environment } of eachService(matrix)) {
    if (service.image === undefined || !calleeKinds[service.kind].terraformMakes) continue;
    const at = fieldPlace(service, environment, "image");
    const place = JSON.stringify(at);
    if (service.mode !== "observe") used.add(place);
    else {
      idle.set(place, {
        message: `${service.key} has an image, and with mode: observe Terraform does not make it`,
        help: "delete image, or choose mode: add or enforce",
        at,
        environment,
        service: service.key,
      });
    }
  }
  for (const [place, draft] of idle) if (!used.has(place)) yield draft;
}
