import { describeWorkload } from "../callers/caller-of.ts";
import type { RunningService } from "../drift/drift-report.ts";
import { INTERNET } from "../matrix/model/match-selector.ts";
import { principalOf } from "../matrix/model/principal-of.ts";
import type { Caller, Service, World } from "../matrix/model/world.ts";
import type { Place } from "../matrix/text/place.ts";
import type { Span } from "../matrix/text/source-text.ts";
import { principalNamed } from "./identities.ts";
import type { GridCallee, GridCaller } from "./grid.ts";

type Locate = (at: Place) => Span;

/** A service of the matrix as a callee. */
export function declaredCallee(service: Service, isSensitive: boolean, locate: Locate): GridCallee {
  const { key, kind, owner, description, labels, project, regions, name, account } = service;
  return {
    id: key,
    key,
    kind,
    owner: owner ?? null,
    description: description ?? null,
    labels,
    project: project.id,
    regions,
    undeclaredRegions: [],
    name,
    account: account.email,
    ingress: service.ingress,
    mode: service.mode,
    stage: service.stage,
    public: service.public === undefined ? null : { reason: service.public.reason ?? null, via: service.public.via },
    iap: service.iap ?? null,
    sensitive: isSensitive,
    span: locate(service.declared.place),
  };
}

/** Something that runs and that the matrix does not name. */
export function runningCallee({ resource, kind, project, region, name, account }: RunningService): GridCallee {
  return {
    id: resource,
    key: null,
    kind,
    owner: null,
    description: null,
    labels: {},
    project,
    regions: [region],
    undeclaredRegions: [],
    name,
    account,
    ingress: null,
    mode: null,
    stage: null,
    public: null,
    iap: null,
    sensitive: false,
    span: null,
  };
}

/** A caller by the name that cells give it. */
export function gridCaller(id: string, { services, callers }: World, locate: Locate): GridCaller {
  const named: Service | Caller | undefined = services.get(id) ?? callers.get(id);
  if (named !== undefined)
    return {
      id,
      key: id,
      kind: named.kind,
      workload: "written" in named ? (describeWorkload(named) ?? null) : null,
      principal: principalOf(named),
      owner: named.owner ?? null,
      description: named.description ?? null,
      labels: named.labels,
      span: locate(named.declared.place),
    };
  const isInternet = id === INTERNET;
  return {
    id,
    key: null,
    kind: isInternet ? "internet" : "principal",
    workload: null,
    principal: isInternet ? "allUsers" : principalNamed(id),
    owner: null,
    description: null,
    labels: {},
    span: null,
  };
}

/** The place of a caller in the one order: everybody, names of the matrix, principals. */
export function callerRank({ kind, key }: GridCaller): number {
  if (kind === "internet") return 0;
  return key === null ? 2 : 1;
}
