import type { Draft } from "../../finding/draft.ts";
import { briefList } from "../../words/brief.ts";
import type { Edge, World } from "../model/world.ts";
import { keyAt } from "../text/place.ts";
import type { Rule } from "./rule.ts";

/** The language is settled before all of it works; nobody should rely on the rest. */
export const noEffectYet: Rule = {
  id: "no-effect-yet",
  severity: "info",
  summary: "a key that this version of matrix takes and does not act on",
  stopsSynth: false,
  *check({ worlds }) {
    for (const world of worlds) yield* edgesToLoadBalancers(world);
  },
};

/** The proxy of a load balancer asks the policy of a backend, and no backend has a name in a matrix. */
function* edgesToLoadBalancers({ environment, holding, services }: World): Iterable<Draft> {
  const found = new Map<string, Edge[]>();
  for (const edge of holding) {
    if (edge.clause.through !== "iap" || services.get(edge.callee)?.iap !== "load-balancer") continue;
    found.set(edge.callee, [...(found.get(edge.callee) ?? []), edge]);
  }
  for (const [callee, edges] of found) {
    const [first] = edges;
    const project = services.get(callee)?.project.id;
    if (first === undefined || project === undefined) continue;
    const { file, path } = first.clause.place;
    const callers = edges.map(({ caller }) => caller);
    yield {
      message: `the load balancer in front of ${callee} has no name in a matrix, so its Identity-Aware Proxy is told nothing of ${briefList(callers)}`,
      help: `grant it yourself, for each of them: gcloud iap web add-iam-policy-binding --resource-type=backend-services --service=BACKEND --role=roles/iap.httpsResourceAccessor --member=MEMBER --project=${project}`,
      at: keyAt(file, ...path, "through"),
      environment: environment.name,
      service: callee,
      callers,
    } satisfies Draft;
  }
}
