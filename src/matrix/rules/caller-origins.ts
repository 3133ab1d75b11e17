import type { CallerKind } from "../model/world.ts";

/** Callers that reach a service over the internet. Internal ingress answers them 404, and logs nothing. */
export const fromOutside: ReadonlySet<CallerKind> = new Set([
  "user",
  "group",
  "aws",
  "github",
  "gitlab",
  "oidc",
  "spiffe",
  "build",
  "api-gateway",
]);

/** Callers whose requests count as internal only from the service's own project. */
export const internalFromSameProject: ReadonlySet<CallerKind> = new Set([
  "scheduler",
  "tasks",
  "pubsub",
  "eventarc",
  "workflows",
]);
