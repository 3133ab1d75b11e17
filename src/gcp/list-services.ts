import type { Reading } from "../snapshot/snapshot.ts";
import { pathOf } from "./api-client.ts";
import { isSegment, lastPart, MalformedAnswer, textsAt } from "./json.ts";
import type { JsonObject } from "../words/json.ts";
import { googleList, knativeList, readList } from "./pages.ts";
import { parseKnativeJob, parseKnativeService, parseV2, type ServiceSettings } from "./parse-service.ts";
import { disabledNote, isDisabledHere, type ProjectContext } from "./project-context.ts";
import { hasValue, parsed } from "./reading.ts";

export type RunKind = "services" | "jobs";

const PAGE_SIZE = "500";

/**
 * Services or jobs of a project in all regions, in one list, as gcloud asks for them. v1 can answer for all regions and
 * says which of them did not answer; those are asked again, each alone, through v2, which cannot answer for all. A region
 * that stays silent, and a service that is not as documented, make the list partial.
 * docs: run v1 `projects.locations.services.list`, `namespaces.jobs.list`; `unreachable`
 */
export async function listServices(
  context: ProjectContext,
  kind: RunKind,
): Promise<Reading<readonly ServiceSettings[]>> {
  const path =
    kind === "services"
      ? pathOf`v1/projects/${context.project}/locations/-/services`
      : pathOf`apis/run.googleapis.com/v1/namespaces/${context.project}/jobs`;
  const form = knativeList(kind === "services" ? ["ServiceList"] : ["JobList", "JobsList"]);
  const { items, bodies, trouble } = await readList(
    context.client,
    { api: "run", path, query: { limit: PAGE_SIZE } },
    form,
  );
  if (isDisabledHere(trouble, context) && bodies.length === 0) return { status: "read", value: [], note: disabledNote };
  if (!hasValue(items)) return items;
  const parse = kind === "services" ? parseKnativeService : parseKnativeJob;
  const collected = collect(items.value, kind, (item, place) => parse(item, place, context));
  const doubts = [...(items.status === "partial" ? [items.reason] : []), ...collected.doubts];
  const silent = silentRegions(bodies);
  if (silent === undefined) doubts.push("unreachable is not a list of regions");
  const again = await Promise.all((silent ?? []).map((region) => listRegion(context, kind, region)));
  const unique = uniqueServices(collected.services);
  // A region that did not answer in whole may have answered in part.
  const { services } = uniqueServices([...unique.services, ...again.flatMap((region) => region.services)]);
  doubts.push(...unique.doubts, ...again.flatMap((region) => region.doubts));
  if (doubts.length === 0) return { status: "read", value: services };
  return { status: "partial", value: services, reason: doubts.join("; ") };
}

interface Collected {
  readonly services: readonly ServiceSettings[];
  /** Why there may be more. */
  readonly doubts: readonly string[];
}

async function listRegion(context: ProjectContext, kind: RunKind, region: string): Promise<Collected> {
  const path = pathOf`v2/projects/${context.project}/locations/${region}/${kind}`;
  const { items, bodies } = await readList(
    context.client,
    { api: "run", path, query: { pageSize: PAGE_SIZE } },
    googleList(kind),
  );
  const named = (reason: string): string => `region ${region} did not answer: ${reason}`;
  if (!hasValue(items)) return { services: [], doubts: [named(items.reason)] };
  const collected = collect(items.value, kind, (item, place) => {
    const service = parseV2(item, place, kind === "jobs", context);
    if (service.region === region) return service;
    throw new MalformedAnswer(`${place} is in ${service.region}`);
  });
  const doubts = items.status === "partial" ? [named(items.reason)] : [];
  if (silentRegions(bodies)?.length !== 0) doubts.push(named("unreachable"));
  return { services: collected.services, doubts: [...doubts, ...collected.doubts] };
}

/** One that cannot be understood is named, and the others stay. */
function collect(
  items: readonly unknown[],
  kind: string,
  parse: (item: unknown, place: string) => ServiceSettings,
): Collected {
  const services: ServiceSettings[] = [];
  const doubts: string[] = [];
  for (const [index, item] of items.entries()) {
    const service = parsed(() => parse(item, `${kind}[${index}]`));
    if (service.status === "read") services.push(service.value);
    else doubts.push(service.reason);
  }
  return { services, doubts };
}

/** Undefined where the field is malformed. */
function silentRegions(bodies: readonly JsonObject[]): readonly string[] | undefined {
  try {
    const named = bodies.flatMap((body) => textsAt(body.unreachable, "unreachable"));
    const regions = [...new Set(named.map(lastPart))];
    return regions.every(isSegment) ? regions.sort() : undefined;
  } catch (error) {
    if (error instanceof MalformedAnswer) return undefined;
    throw error;
  }
}

/** A list that names a service twice is not the list of one moment: something else may have slipped through. */
function uniqueServices(services: readonly ServiceSettings[]): Collected {
  const byKey = new Map<string, ServiceSettings>();
  const twice = new Set<string>();
  for (const service of services) {
    const key = `${service.region}/${service.name}`;
    if (byKey.has(key)) twice.add(key);
    else byKey.set(key, service);
  }
  return { services: [...byKey.values()], doubts: [...twice].sort().map((key) => `${key} is listed twice`) };
}
