import type { Draft } from "../../finding/draft.ts";
import type { Caller, CallerKind, Edge, Service } from "../model/world.ts";
import type { Rule } from "./rule.ts";

/** Callers that reach a service over the internet. Internal ingress answers them 404, and logs nothing. */
const outside: ReadonlySet<CallerKind> = new Set([
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
const internalFromSameProject: ReadonlySet<CallerKind> = new Set([
  "scheduler",
  "tasks",
  "pubsub",
  "eventarc",
  "workflows",
]);

/** Callers that send a token for the service, which Identity-Aware Proxy does not take. */
const cannotPassIap: ReadonlySet<CallerKind> = new Set(["scheduler", "tasks", "pubsub", "eventarc"]);

/** An edge that Google would refuse all the same: at the network, or at Identity-Aware Proxy. */
export const edgeCannotWork: Rule = {
  id: "edge-cannot-work",
  severity: "warning",
  summary: "an edge that the network or Identity-Aware Proxy would refuse",
  stopsSynth: false,
  *check({ worlds }) {
    for (const { environment, services, callers, edges } of worlds) {
      for (const edge of edges) {
        const callee = services.get(edge.callee);
        if (callee === undefined || callee.kind === "job") continue;
        const why = whyNot(edge, callers.get(edge.caller), callee);
        if (why === undefined) continue;
        yield {
          ...why,
          at: edge.clause.place,
          environment: environment.name,
          service: edge.callee,
          caller: edge.caller,
        } satisfies Draft;
      }
    }
  },
};

function whyNot(
  { clause }: Edge,
  caller: Caller | undefined,
  callee: Service,
): { readonly message: string; readonly help: string } | undefined {
  if (clause.through === "iap" && callee.iap === undefined) {
    return {
      message: `${callee.key} is not behind Identity-Aware Proxy, so nobody comes through it`,
      help: `set iap on ${callee.key}, or delete through`,
    };
  }
  if (caller === undefined) return undefined;
  const { key, kind } = caller;
  if (callee.iap !== undefined && clause.through === undefined && cannotPassIap.has(kind)) {
    return {
      message: `${key} (${kind}) cannot pass the Identity-Aware Proxy in front of ${callee.key}`,
      help: "give it a service that is not behind IAP",
    };
  }
  if (callee.ingress !== "internal") return undefined;
  if (outside.has(kind)) {
    return {
      message: `${key} (${kind}) comes from the internet, and ${callee.key} has ingress internal: it would get 404`,
      help: `widen the ingress of ${callee.key}, or call through something inside`,
    };
  }
  const { account } = caller;
  if (internalFromSameProject.has(kind) && account?.source === "project" && account.project.id !== callee.project.id) {
    return {
      message: `${key} (${kind}) is in another project than ${callee.key}, which has ingress internal: it would get 404`,
      help: `move it into the project of ${callee.key}, or widen the ingress`,
    };
  }
  return undefined;
}
