import { parseMember } from "../access/member.ts";
import { serviceResource } from "../access/run-resource.ts";
import { accountsOf, homesOf } from "./account-homes.ts";
import { inheritedGrant, inheritedGrants, isInheritedInForce } from "../matrix/model/inherited-in-force.ts";
import type { Matrix } from "../matrix/model/matrix.ts";
import { iapPrincipals, principalIn } from "../matrix/model/principal-of.ts";
import { rowMembers } from "../matrix/model/row-members.ts";
import type { Edge, Service, World } from "../matrix/model/world.ts";

/** What a matrix declared for one environment at its moment, by what a log speaks of. */
export interface DeclaredThen {
  readonly world: World;
  /** By resource, each service and job in each of its regions. */
  readonly rows: ReadonlyMap<string, DeclaredService>;
  /** The emails of all accounts that somebody of the matrix runs or calls as. */
  readonly accounts: ReadonlySet<string>;
  /** The projects that these live in, as far as their addresses say it. */
  readonly homes: ReadonlySet<string>;
  /** The project's id by its number. */
  readonly projectIds: ReadonlyMap<string, string>;
  readonly projects: ReadonlySet<string>;
  /** The entry of `inherited` that declares a grant. */
  readonly inheritedBy: (resource: string, role: string, member: string) => string | undefined;
}

export interface DeclaredService {
  readonly service: Service;
  /** Member of the row to what declares it: an edge, or the service itself. */
  readonly members: ReadonlyMap<string, string>;
  readonly throughIap: ReadonlySet<string>;
  /** The callers of edges that expired by then, with the key of the edge. */
  readonly lapsed: ReadonlyMap<string, string>;
}

/**
 * @param matrix judged at the moment that is asked about
 * @param numbers the ids of projects by their numbers, as others than the matrix know them
 */
export function declaredThen(
  matrix: Matrix,
  environment: string,
  numbers: ReadonlyMap<string, string>,
): DeclaredThen | undefined {
  const world = matrix.worlds.find((each) => each.environment.name === environment);
  if (world === undefined) return undefined;
  const entries = new Map<string, string>();
  for (const { key, value } of matrix.inherited)
    if (isInheritedInForce(value, matrix.asOf)) for (const grant of inheritedGrants(value)) entries.set(grant, key);
  const { projects } = world.environment;
  return {
    world,
    rows: rowsOf(matrix, world),
    accounts: accountsOf(matrix, world),
    homes: homesOf(matrix, world),
    projectIds: new Map([
      ...numbers,
      ...projects.flatMap(({ id, number }) => (number === undefined ? [] : [[number, id] as const])),
    ]),
    projects: new Set(projects.map(({ id }) => id)),
    inheritedBy: (resource, role, member) => entries.get(inheritedGrant(resource, role, member)),
  };
}

function rowsOf(matrix: Matrix, world: World): ReadonlyMap<string, DeclaredService> {
  const members = rowMembers(world, matrix.asOf);
  const throughIap = iapPrincipals(world, matrix.asOf);
  const lapsed = new Map<string, Map<string, string>>();
  for (const { edge, why } of world.idle) {
    const principal = principalIn(world, edge.caller);
    if (why !== "expired" || principal === undefined) continue;
    const known = lapsed.get(edge.callee) ?? new Map<string, string>();
    lapsed.set(edge.callee, known.set(principal, edgeName(edge)));
  }
  return new Map(
    [...world.services.values()].flatMap((service) => {
      if (service.stage === "gone") return [];
      const declared: DeclaredService = {
        service,
        members: new Map(
          (members.get(service.key) ?? []).map(({ principal, caller }) => [
            parseMember(principal).principal,
            caller === "" ? service.key : `${caller} -> ${service.key}`,
          ]),
        ),
        throughIap: throughIap.get(service.key) ?? new Set(),
        lapsed: lapsed.get(service.key) ?? new Map(),
      };
      return service.regions.map((region) => {
        const { kind, name, project } = service;
        return [serviceResource(project.id, { kind, region, name }), declared] as const;
      });
    }),
  );
}

export function edgeName({ caller, callee }: Edge): string {
  return `${caller} -> ${callee}`;
}
