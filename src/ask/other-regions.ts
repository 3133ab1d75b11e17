import { runCollection } from "../access/run-resource.ts";
import type { DriftReport, RunningService } from "../drift/drift-report.ts";
import type { Service, World } from "../matrix/model/world.ts";

/**
 * A report in which the key of a service also stands for what runs under its name in regions that the matrix does not
 * give it: whoever may call that may call the service. Findings stay as drift tells them.
 */
export function withOtherRegions(drift: DriftReport, world: World): DriftReport {
  const keyOf = keysByName(world);
  const found = new Map(
    drift.running.flatMap((each) => {
      const key = each.service === null ? keyOf(each) : undefined;
      return key === undefined ? [] : [[each.resource, key] as const];
    }),
  );
  if (found.size === 0) return drift;
  const named = <T extends Pick<RunningService, "service" | "resource">>(each: T): T => {
    const key = found.get(each.resource);
    return key === undefined ? each : { ...each, service: key };
  };
  return {
    ...drift,
    running: drift.running.map(named),
    access: drift.access.map(named),
    unread: drift.unread.map((entry) => ({
      ...entry,
      services: [...new Set(entry.services.map((service) => found.get(service) ?? service))].sort(),
    })),
  };
}

/** The one service of the matrix that has a name in a project; none where several do, each in regions of its own. */
function keysByName({ services }: World): (running: RunningService) => string | undefined {
  const keys = new Map<string, Set<string>>();
  for (const service of services.values()) {
    if (service.stage === "gone") continue;
    const name = nameOf(service.project.id, service);
    keys.set(name, (keys.get(name) ?? new Set()).add(service.key));
  }
  return (running) => {
    const [only, ...others] = keys.get(nameOf(running.project, running)) ?? [];
    return others.length === 0 ? only : undefined;
  };
}

function nameOf(project: string, { kind, name }: Pick<Service, "kind" | "name">): string {
  return [project, runCollection({ kind }), name].join(" ");
}

/** The regions in which a service runs and the matrix does not have it, each once. */
export function undeclaredRegions(
  { regions }: Pick<Service, "regions">,
  running: readonly Pick<RunningService, "region">[],
): readonly string[] {
  return [...new Set(running.map(({ region }) => region))].filter((region) => !regions.includes(region)).sort();
}
