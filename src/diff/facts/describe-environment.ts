import type { Environment } from "../../matrix/model/environment.ts";
import type { Json } from "../fact.ts";
import { given, inOneOrder, inOrder, type JsonMap, sameJson } from "./json.ts";

/** An environment that is new or gone, resolved. */
export function environmentJson(environment: Environment): Json {
  const guardrails = guardrailsJson(environment);
  return given({
    projects: projectsJson(environment),
    regions: environment.regions.length === 0 ? undefined : inOneOrder(environment.regions),
    scope: hasOwnScope(environment) ? scopeJson(environment) : undefined,
    guardrails: Object.keys(guardrails).length === 0 ? undefined : guardrails,
  });
}

/** The projects by id: an alias is only what the matrix calls them. */
export function projectsJson({ projects }: Environment): JsonMap {
  const byId = projects.map(({ id, number, stack, backend }) => [id, { number, stack, backend }]);
  return (inOrder(Object.fromEntries(byId)) ?? {}) as JsonMap;
}

export function scopeJson({ scope }: Environment): Json {
  return inOneOrder(scope);
}

/** Whether the scope is more or less than the projects, which is what it is where nothing is written. */
export function hasOwnScope(environment: Environment): boolean {
  return !sameJson(scopeJson(environment), inOneOrder(environment.projects.map(({ id }) => `projects/${id}`)));
}

/** The guardrails that have effect. */
export function guardrailsJson({ guardrails }: Environment): JsonMap {
  const ingress = guardrails["allowed-ingress"];
  return given({
    "require-invoker-check": guardrails["require-invoker-check"] === true ? true : undefined,
    "allowed-ingress": ingress === undefined ? undefined : inOneOrder(ingress),
    "forbid-account-keys": guardrails["forbid-account-keys"] === true ? true : undefined,
  });
}
