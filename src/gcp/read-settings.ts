import { pathOf } from "./api-client.ts";
import { isObject, type JsonObject } from "../words/json.ts";
import { isSegment, lastPart } from "./json.ts";
import type { RunKind } from "./list-services.ts";
import { openSession, type ReadDeps } from "./open-session.ts";
import { googleList, knativeList, readList } from "./pages.ts";
import { isDisabledHere, type ProjectContext } from "./project-context.ts";
import { hasValue } from "./reading.ts";

/** Services and jobs with all of their settings, environment values among them: for sweep alone, and never kept. */
export interface LiveSettings {
  readonly services: readonly {
    /** `run:PROJECT/REGION/NAME` */
    readonly source: string;
    readonly settings: JsonObject;
  }[];
  /** What could not be read, and why. */
  readonly unread: readonly { readonly source: string; readonly reason: string }[];
  /** Requests that were sent, by API or host of token exchange. */
  readonly requests: Readonly<Record<string, number>>;
}

export interface SettingsRequest {
  readonly projects: readonly { readonly id: string; readonly number: string | null }[];
  /** The value of `--impersonate-service-account`. */
  readonly impersonate?: string;
}

const PAGE_SIZE = "500";

/**
 * Reads the settings of all services and jobs of some projects, with the same requests as a snapshot.
 * docs: run v1 `projects.locations.services.list`, `namespaces.jobs.list`; run v2 for regions that v1 did not reach
 * Throws a SetupError where nothing can be read at all.
 */
export async function readSettings(request: SettingsRequest, deps: ReadDeps): Promise<LiveSettings> {
  const session = await openSession(request.impersonate ?? null, deps);
  try {
    const parts = await Promise.all(
      request.projects.flatMap(({ id, number }) => {
        const context = { client: session.client, project: id, number };
        return [listSettings(context, "services"), listSettings(context, "jobs")];
      }),
    );
    return {
      services: parts.flatMap(({ services }) => services),
      unread: parts.flatMap(({ unread }) => unread),
      requests: session.counts(),
    };
  } finally {
    await session.close();
  }
}

type Part = Omit<LiveSettings, "requests">;

async function listSettings(context: ProjectContext, kind: RunKind): Promise<Part> {
  const { client, project } = context;
  const source = `${kind} of run:${project}`;
  const path =
    kind === "services"
      ? pathOf`v1/projects/${project}/locations/-/services`
      : pathOf`apis/run.googleapis.com/v1/namespaces/${project}/jobs`;
  const form = knativeList(kind === "services" ? ["ServiceList"] : ["JobList", "JobsList"]);
  const { items, bodies, trouble } = await readList(client, { api: "run", path, query: { limit: PAGE_SIZE } }, form);
  if (isDisabledHere(trouble, context) && bodies.length === 0) return { services: [], unread: [] };
  if (!hasValue(items)) return { services: [], unread: [{ source, reason: items.reason }] };
  const regions = silentRegions(bodies);
  const again = await Promise.all((regions ?? []).map((region) => listRegion(context, kind, region)));
  return {
    services: [...named(items.value, project), ...again.flatMap(({ services }) => services)],
    unread: [
      ...(items.status === "partial" ? [{ source, reason: items.reason }] : []),
      ...(regions === undefined ? [{ source, reason: "unreachable is not a list of regions" }] : []),
      ...items.value.flatMap((item) => (isObject(item) ? [] : [{ source, reason: "an item is not an object" }])),
      ...again.flatMap(({ unread }) => unread),
    ],
  };
}

async function listRegion({ client, project }: ProjectContext, kind: RunKind, region: string): Promise<Part> {
  const source = `${kind} of run:${project}/${region}`;
  const path = pathOf`v2/projects/${project}/locations/${region}/${kind}`;
  const { items, bodies } = await readList(
    client,
    { api: "run", path, query: { pageSize: PAGE_SIZE } },
    googleList(kind),
  );
  if (!hasValue(items)) return { services: [], unread: [{ source, reason: items.reason }] };
  const doubts = [
    ...(items.status === "partial" ? [items.reason] : []),
    ...(silentRegions(bodies)?.length === 0 ? [] : ["unreachable"]),
  ];
  return { services: named(items.value, project), unread: doubts.map((reason) => ({ source, reason })) };
}

function named(items: readonly unknown[], project: string): LiveSettings["services"] {
  return items.filter(isObject).map((settings) => {
    const metadata = isObject(settings.metadata) ? settings.metadata : {};
    const labels = isObject(metadata.labels) ? metadata.labels : {};
    const full = /\/locations\/([^/]+)\/(?:services|jobs)\/([^/]+)$/.exec(String(settings.name ?? ""));
    const region = full?.[1] ?? labels["cloud.googleapis.com/location"];
    const name = full?.[2] ?? metadata.name;
    const known = (part: unknown): string => (typeof part === "string" ? part : "unknown");
    return { source: `run:${project}/${known(region)}/${known(name)}`, settings };
  });
}

/** Undefined where the field is no list of regions. */
function silentRegions(bodies: readonly JsonObject[]): readonly string[] | undefined {
  const regions: string[] = [];
  for (const { unreachable = [] } of bodies) {
    if (!Array.isArray(unreachable)) return undefined;
    for (const each of unreachable) {
      const region = typeof each === "string" ? lastPart(each) : "";
      if (!isSegment(region)) return undefined;
      regions.push(region);
    }
  }
  return [...new Set(regions)].sort();
}
