import { calleeKinds } from "../../callees/registry.ts";
import type { Draft } from "../../finding/draft.ts";
import { count } from "../../words/enumerate-words.ts";
import type { Matrix } from "../model/matrix.ts";
import type { Service, World } from "../model/world.ts";
import { valueAt } from "../text/place.ts";
import { callerKinds } from "../../callers/registry.ts";
import { fieldPlace, writtenField } from "./each-service.ts";
import type { Rule } from "./rule.ts";

/** The network lets everybody knock at a door that is not meant for everybody. */
export const openIngress: Rule = {
  id: "open-ingress",
  severity: "warning",
  summary: "ingress `all` on a service that nobody outside calls",
  stopsSynth: false,
  *check(matrix) {
    const byDefault = new Map<string, Set<string>>();
    for (const world of matrix.worlds) {
      const environment = world.environment.name;
      for (const service of needlesslyOpen(world)) {
        if (writtenField(service, environment, "ingress") === undefined) {
          byDefault.set(environment, (byDefault.get(environment) ?? new Set()).add(service.key));
          continue;
        }
        yield {
          message: `${service.key} takes requests from the whole internet and is not public`,
          help: "use internal or internal-and-cloud-load-balancing, unless a caller outside Google Cloud needs it",
          at: fieldPlace(service, environment, "ingress"),
          environment,
          service: service.key,
        } satisfies Draft;
      }
    }
    yield* openDefault(matrix, byDefault);
  },
};

function* needlesslyOpen(world: World): Iterable<Service> {
  const needed = new Set(
    world.holding.flatMap(({ caller, callee, clause }) => {
      const kind = world.callers.get(caller)?.kind;
      return kind !== undefined && callerKinds[kind].origin === "internet" && clause.through === undefined
        ? [callee]
        : [];
    }),
  );
  for (const service of world.services.values()) {
    const { key, kind, ingress, iap, public: isPublic, stage } = service;
    if (!calleeKinds[kind].takesRequests || stage === "gone" || ingress !== "all") continue;
    // People who pass the proxy on the service itself come to its own URL.
    if (isPublic === undefined && iap !== "service" && !needed.has(key)) yield service;
  }
}

/** One line opens many services; it is said once. */
function* openDefault({ root }: Matrix, services: ReadonlyMap<string, ReadonlySet<string>>): Iterable<Draft> {
  const number = new Set([...services.values()].flatMap((keys) => [...keys])).size;
  for (const environment of services.keys()) {
    yield {
      message: `by default, ${count(number, "service that is", "services that are")} not public ${number === 1 ? "takes" : "take"} requests from the whole internet`,
      help: "write internal here, and ingress: all on the services that need it",
      at: valueAt(root, "defaults", "ingress"),
      environment,
    };
  }
}
