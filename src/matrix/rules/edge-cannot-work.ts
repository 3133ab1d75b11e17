import type { Draft } from "../../finding/draft.ts";
import { callerKinds } from "../model/resolve-caller.ts";
import type { Caller, CallerKind, Edge, Service, World } from "../model/world.ts";
import { fromOutside, internalFromSameProject } from "./caller-origins.ts";
import { fieldPlace } from "./each-service.ts";
import type { Rule } from "./rule.ts";

/** Access that Google would refuse all the same: at the network, or at Identity-Aware Proxy. */
export const edgeCannotWork: Rule = {
  id: "edge-cannot-work",
  severity: "warning",
  summary: "access that the network or Identity-Aware Proxy would refuse",
  stopsSynth: false,
  *check({ worlds }) {
    for (const world of worlds) {
      const environment = world.environment.name;
      for (const service of world.services.values()) yield* closedToThePublic(service, environment);
      for (const edge of world.holding) {
        const callee = world.services.get(edge.callee);
        if (callee === undefined || callee.kind === "job") continue;
        const why = whyNot(edge, world, callee);
        if (why === undefined) continue;
        yield {
          ...why,
          at: edge.clause.place,
          environment,
          service: edge.callee,
          caller: edge.caller,
        } satisfies Draft;
      }
    }
  },
};

interface Words {
  readonly message: string;
  readonly help: string;
}

function* closedToThePublic(service: Service, environment: string): Iterable<Draft> {
  const { key, kind, stage, ingress, iap } = service;
  if (service.public === undefined || kind === "job" || stage === "retiring" || stage === "gone") return;
  const draft = (words: Words): Draft => ({
    ...words,
    at: fieldPlace(service, environment, "public"),
    environment,
    service: key,
  });
  if (ingress === "internal") {
    yield draft({
      message: `${key} is public, and its ingress internal answers 404 to everybody outside`,
      help: "set ingress: all, or delete public",
    });
  }
  if (iap === "service") {
    yield draft({
      message: `${key} is public, and the Identity-Aware Proxy on it makes everybody sign in`,
      help: "delete public, or iap",
    });
  } else if (iap === "load-balancer") {
    yield draft({
      message: `${key} is public, so whoever reaches it goes around the Identity-Aware Proxy of its load balancer`,
      help: "delete public, or iap",
    });
  }
}

function whyNot({ caller: name, clause }: Edge, { callers }: World, callee: Service): Words | undefined {
  const caller = callers.get(name);
  if (clause.through === "iap" && callee.iap === undefined) {
    return {
      message: `${callee.key} is not behind Identity-Aware Proxy, so nobody comes through it`,
      help: `set iap on ${callee.key}, or delete through`,
    };
  }
  if (clause.through === undefined && mustPassProxy(caller?.kind, callee)) {
    const isPerson = caller !== undefined && callerKinds[caller.kind] === "people";
    return {
      message: `${withKind(name, caller)} would have to pass the Identity-Aware Proxy in front of ${callee.key}, for which a grant to call is not enough`,
      help: isPerson ? "write through: iap" : "give it another door: a service that is not behind IAP",
    };
  }
  return caller === undefined ? undefined : shutOut(caller, callee);
}

/** A proxy on the service stands before every door; one on the load balancer only before people who come from outside. */
function mustPassProxy(kind: CallerKind | undefined, { iap, ingress }: Service): boolean {
  if (iap === "service") return true;
  return (
    iap === "load-balancer" &&
    ingress === "internal-and-cloud-load-balancing" &&
    kind !== undefined &&
    callerKinds[kind] === "people"
  );
}

function shutOut(caller: Caller, callee: Service): Words | undefined {
  if (callee.ingress !== "internal") return undefined;
  const name = withKind(caller.key, caller);
  if (fromOutside.has(caller.kind)) {
    return {
      message: `${name} comes from the internet, and ${callee.key} has ingress internal: it would get 404`,
      help: `widen the ingress of ${callee.key}, or call through something inside`,
    };
  }
  const { account, kind } = caller;
  if (internalFromSameProject.has(kind) && account?.source === "project" && account.project.id !== callee.project.id) {
    return {
      message: `${name} is in another project than ${callee.key}, which has ingress internal: it would get 404`,
      help: `move it into the project of ${callee.key}, or widen the ingress`,
    };
  }
  return undefined;
}

function withKind(name: string, caller: Caller | undefined): string {
  return caller === undefined ? name : `${name} (${caller.kind})`;
}
