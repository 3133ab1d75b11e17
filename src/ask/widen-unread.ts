import { runCollection } from "../access/run-resource.ts";
import type { DriftReport, UnreadEntry } from "../drift/drift-report.ts";
import type { Service, World } from "../matrix/model/world.ts";
import { groupBy } from "../words/group-by.ts";

/**
 * What was not read, with every service of the matrix that it bears on. Drift names those that were found. Where a list was
 * not read, whatever was not found may be there; and nobody reads who may pass Identity-Aware Proxy on a load balancer.
 */
export function widenUnread({ unread, running }: DriftReport, world: World): readonly UnreadEntry[] {
  const regions = groupBy(running, ({ service, resource }) => service ?? resource);
  const absent = [...world.services.values()].filter(({ key, stage, regions: wanted }) => {
    if (stage === "gone") return false;
    const found = new Set((regions.get(key) ?? []).map(({ region }) => region));
    return wanted.some((region) => !found.has(region));
  });
  const byProject = groupBy(absent, ({ project }) => `projects/${project.id}`);
  const widened = unread.map((entry) => {
    const hidden = (byProject.get(entry.resource) ?? []).filter((service) => mayHide(entry, service));
    return hidden.length === 0
      ? entry
      : { ...entry, services: [...new Set([...entry.services, ...hidden.map(({ key }) => key)])].sort() };
  });
  return [...widened, ...beforeLoadBalancers(world)];
}

/** Whether a service that was not found may be in what was not read. */
function mayHide({ what, services }: UnreadEntry, service: Service): boolean {
  if (what === "services" || what === "jobs") return what === runCollection(service);
  return services.length === 0;
}

function beforeLoadBalancers(world: World): readonly UnreadEntry[] {
  const keys = new Set(world.holding.filter(({ clause }) => clause.through === "iap").map(({ callee }) => callee));
  return [...keys]
    .filter((key) => world.services.get(key)?.iap === "load-balancer")
    .sort()
    .map((key) => ({
      what: "IAP policy",
      resource: `the load balancer before ${key}`,
      status: "missing",
      reason: "who may pass Identity-Aware Proxy there is not read",
      services: [key],
      accepted: null,
    }));
}
