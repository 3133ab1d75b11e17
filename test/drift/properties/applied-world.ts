import { builtInRole } from "../../../src/gcp/builtin-roles.ts";
import type { Matrix } from "../../../src/matrix/model/matrix.ts";
import { iapPrincipals } from "../../../src/matrix/model/principal-of.ts";
import { rowMembers } from "../../../src/matrix/model/row-members.ts";
import type { Service, World } from "../../../src/matrix/model/world.ts";
import type {
  Binding,
  Container,
  ProjectRecord,
  Reading,
  ServiceRecord,
  Snapshot,
} from "../../../src/snapshot/snapshot.ts";
import { readRows } from "../../synth/read-rows.ts";
import { resourcePath } from "../../synth/row.ts";
import type { StackJson } from "../../synth/stack-json.ts";
import { appliedOutsiders, type AppliedOutsiders } from "./applied-outsiders.ts";
import { parseStack, synthesizeMatrix } from "../../synth/synthesize.ts";

// The world that is there once everything is deployed and what synth writes is applied, to an empty world: the rows are
// read from the Terraform itself.

const at = "2026-11-22T12:00:00Z";

export function read<T>(value: T): Reading<T> {
  return { status: "read", value };
}

/** One environment of a matrix, deployed and applied. */
export function appliedWorld(matrix: Matrix, world: World): Snapshot {
  const stacks = stacksOf(matrix, world);
  const rows = rowsOf(matrix, world, stacks);
  const projects = world.environment.projects.map(({ id, number }) => ({ id, number: number ?? "0" }));
  const outsiders = outsidersOf(matrix, world, stacks, new Map(projects.map(({ id, number }) => [id, number])));
  const services = [...world.services.values()].filter(({ stage }) => stage === "live" || stage === "retiring");
  const emails = [
    ...[...world.services.values()].map(({ account }) => account),
    ...[...world.callers.values()].flatMap(({ account }) => account ?? []),
  ].map(({ email }) => email.toLowerCase());
  return {
    schema: "matrix/snapshot/v1",
    version: "0.0.0",
    startedAt: at,
    finishedAt: at,
    reader: null,
    environment: world.environment.name,
    asked: { projects: projects.map(({ id }) => id), scope: projects.map(({ id }) => `projects/${id}`), groups: false },
    endpoints: {},
    scopes: [],
    containers: projects.map(({ id, number }): Container => ({
      resource: `projects/${id}`,
      details: read({ number, parent: null }),
      policy: read({ bindings: outsiders.bindings.get(`projects/${id}`) ?? [] }),
      deny: read([]),
    })),
    projects: projects.map(({ id, number }): ProjectRecord => {
      const here = services
        .filter(({ project }) => project.id === id)
        .flatMap((service) => service.regions.map((region) => deployed(service, region, number, rows, outsiders)));
      return {
        project: id,
        services: read(here.filter(({ kind }) => kind !== "job")),
        jobs: read(here.filter(({ kind }) => kind === "job")),
        accounts: read([...new Set(emails)].filter((email) => email.endsWith(`@${id}.iam.gserviceaccount.com`)).sort()),
        pools: read(outsiders.pools.get(id) ?? []),
        iap: iapLevels(number, here),
      };
    }),
    accounts: [...new Set(emails)].sort().map((email) => ({
      email,
      details: read({ uniqueId: "1", disabled: false }),
      keys: read([]),
      policy: read({ bindings: outsiders.bindings.get(email) ?? [] }),
    })),
    roles: roleNames.map((name) => ({ name, source: "live", permissions: builtInRole(name) ?? read([]) })),
    groups: [],
    sha256: "",
  };
}

export const roleNames = [
  "roles/run.invoker",
  "roles/run.servicesInvoker",
  "roles/run.jobsExecutor",
  "roles/run.developer",
  "roles/run.viewer",
  "roles/editor",
  "roles/viewer",
  "roles/iap.httpsResourceAccessor",
  "roles/iam.serviceAccountTokenCreator",
  "roles/iam.workloadIdentityUser",
  "roles/eventarc.eventReceiver",
];

/** What is not a row; of IAP before what is only observed, as somebody set it by hand. */
function outsidersOf(
  matrix: Matrix,
  world: World,
  stacks: readonly StackJson[],
  numbers: ReadonlyMap<string, string>,
): AppliedOutsiders {
  const applied = appliedOutsiders(stacks, numbers);
  const bindings = new Map(applied.bindings);
  const byHand = iapPrincipals(world, matrix.asOf);
  for (const { key, mode, project, regions, name } of world.services.values()) {
    const members = [...(byHand.get(key) ?? [])];
    if (mode !== "observe" || members.length === 0) continue;
    for (const region of regions)
      bindings.set(`projects/${project.id}/iap_web/cloud_run-${region}/services/${name}`, [
        { role: "roles/iap.httpsResourceAccessor", members },
      ]);
  }
  return { ...applied, bindings };
}

function stacksOf(matrix: Matrix, world: World): readonly StackJson[] {
  const stacks = new Set(world.environment.projects.map(({ stack }) => stack));
  return [...synthesizeMatrix(matrix)].flatMap(([stack, file]) => (stacks.has(stack) ? [parseStack(file)] : []));
}

/** Members by resource and role, as Terraform holds them; of what is only observed, as somebody set it by hand. */
function rowsOf(matrix: Matrix, world: World, stacks: readonly StackJson[]): ReadonlyMap<string, readonly Binding[]> {
  const rows = new Map<string, Binding[]>();
  const add = (resource: string, role: string, members: readonly string[]): void => {
    if (members.length > 0) rows.set(resource, [...(rows.get(resource) ?? []), { role, members }]);
  };
  for (const stack of stacks) {
    for (const row of readRows(world.environment.name, stack)) add(resourcePath(row), row.role, row.principals);
  }
  const byHand = rowMembers(world, matrix.asOf);
  for (const { key, kind, mode, name, project, regions, invokerRole } of world.services.values()) {
    if (mode !== "observe") continue;
    const members = (byHand.get(key) ?? []).map(({ principal }) => principal);
    for (const region of regions) {
      add(
        resourcePath({ kind: kind === "job" ? "job" : "service", project: project.id, region, name }),
        invokerRole,
        members,
      );
    }
  }
  return rows;
}

/** The levels above the IAP resources of a project's services, where there are any. */
function iapLevels(number: string, services: readonly ServiceRecord[]): ProjectRecord["iap"] {
  const regions = new Set(services.filter(({ iapEnabled }) => iapEnabled).map(({ region }) => region));
  const levels = regions.size === 0 ? [] : ["", ...[...regions].sort().map((region) => `/cloud_run-${region}`)];
  return levels.map((level) => ({ resource: `projects/${number}/iap_web${level}`, policy: read({ bindings: [] }) }));
}

function deployed(
  service: Service,
  region: string,
  number: string,
  rows: ReadonlyMap<string, readonly Binding[]>,
  outsiders: AppliedOutsiders,
): ServiceRecord {
  const { kind, name, project, account, ingress, public: open, iap } = service;
  const iapPlace = `projects/${project.id}/iap_web`;
  const isJob = kind === "job";
  const resource = resourcePath({ kind: isJob ? "job" : "service", project: project.id, region, name });
  const iapEnabled = !isJob && iap === "service";
  return {
    kind,
    region,
    name,
    policy: read({ bindings: rows.get(resource) ?? [] }),
    invokerCheckDisabled: open?.via === "no-invoker-check" && service.stage === "live",
    ingress: isJob ? "all" : ingress,
    defaultUrlDisabled: false,
    iapEnabled,
    iap: iapEnabled
      ? {
          resource: `projects/${number}/iap_web/cloud_run-${region}/services/${name}`,
          policy: read({ bindings: outsiders.bindings.get(`${iapPlace}/cloud_run-${region}/services/${name}`) ?? [] }),
        }
      : null,
    account: account.email,
    urls: [],
    audiences: [],
  };
}
