import { calleeKinds } from "../../callees/registry.ts";
import { type Instant, parseEnd } from "../../time/instant.ts";
import type { Defaults, Kind, MatrixDocument, Service as ServiceDocument } from "../schema/generated/document.ts";
import type { Data } from "../text/parsed-file.ts";
import { accountIdFor, DEFAULT_TEMPLATE } from "./account-id.ts";
import { type Environment, findProject, type Project } from "./environment.ts";
import type { Declared } from "./matrix.ts";
import { mergeDeep } from "./merge-deep.ts";
import type { Account, Labels, Service, Stage } from "./world.ts";

type DataMap = { readonly [key: string]: Data };

/** A service with the environment's overrides laid over it; the matrix's defaults lie below both. */
export function mergeService(
  { defaults }: MatrixDocument,
  service: ServiceDocument,
  environment: string,
): ServiceDocument {
  const { overrides, ...own } = service;
  const over = overrides?.[environment] ?? {};
  const kind = over.kind === undefined ? own.kind : (over.kind ?? undefined);
  // Documents are data; the generated types cannot say so.
  const below = defaultsFor(kind ?? "service", defaults ?? {}) as unknown as DataMap;
  const merged = mergeDeep(mergeDeep(below, own as unknown as DataMap), over as unknown as DataMap);
  return merged as unknown as ServiceDocument;
}

/** The defaults that a kind of service has a use for. That of the account is a template, and applied by itself. */
function defaultsFor(kind: Kind, { account: _template, ingress, invokerRole, ...others }: Defaults): Defaults {
  const { takesRequests, roles } = calleeKinds[kind];
  return {
    ...others,
    ...(!takesRequests || ingress === undefined ? {} : { ingress }),
    ...(invokerRole === undefined || invokerRole === roles.misfit.role ? {} : { invokerRole }),
  };
}

/** A declared service as it stands in one environment; undefined where the environment has no project for it. */
export function resolveService(
  document: MatrixDocument,
  declared: Declared<ServiceDocument>,
  environment: Environment,
  asOf: Instant,
): Service | undefined {
  const merged = mergeService(document, declared.value, environment.name);
  // An alias that the environment does not know is a finding; what hangs on it is still judged, in the default project.
  const project = findProject(environment, merged.project) ?? findProject(environment, undefined);
  if (project === undefined) return undefined;
  const kind = merged.kind ?? "service";
  const firstName = merged.formerNames?.[0] ?? declared.key;
  return {
    key: declared.key,
    declared,
    kind,
    owner: merged.owner,
    description: merged.description,
    labels: readLabels(merged.labels),
    project,
    regions: merged.regions ?? environment.regions,
    name: merged.name ?? firstName,
    account: readAccount(merged.account, firstName, project, document.defaults),
    previousAccounts: (merged.previousAccounts ?? []).map((previous) => ({
      ...previous,
      end: parseEnd(previous.until),
    })),
    ingress: merged.ingress ?? "internal",
    public:
      merged.public === undefined ? undefined : { reason: merged.public.reason, via: merged.public.via ?? "allUsers" },
    iap: merged.iap,
    invokerRole: merged.invokerRole ?? "roles/run.invoker",
    mode: merged.mode ?? "enforce",
    image: merged.image,
    formerNames: merged.formerNames ?? [],
    stage: stageOf(merged, environment.name, asOf),
  };
}

/** The account that is written, or the one that name and template make. */
export function readAccount(
  written: ServiceDocument["account"],
  name: string,
  project: Project,
  defaults: Defaults | undefined,
): Account {
  if (written?.email !== undefined) return { source: "elsewhere", email: written.email.toLowerCase() };
  const id = written?.id ?? accountIdFor(name, defaults?.account?.id ?? DEFAULT_TEMPLATE);
  const manage = written?.manage ?? defaults?.account?.manage ?? "create";
  return { source: "project", id, project, email: `${id}@${project.id}.iam.gserviceaccount.com`, manage };
}

export function readLabels(labels: ServiceDocument["labels"]): Labels {
  return Object.fromEntries(Object.entries(labels ?? {}).map(([key, value]) => [key, String(value)]));
}

function stageOf(service: ServiceDocument, environment: string, asOf: Instant): Stage {
  if (service.retired !== undefined) {
    const end = parseEnd(service.retired);
    return end !== undefined && asOf >= end ? "gone" : "retiring";
  }
  return service.planned?.includes(environment) === true ? "planned" : "live";
}
