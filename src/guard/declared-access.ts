import { accountProject } from "../access/account-project.ts";
import { parseMember } from "../access/member.ts";
import { serviceResource } from "../access/run-resource.ts";
import { accountHolders } from "../matrix/model/account-holders.ts";
import { inheritedGrant, inheritedGrants, isInheritedInForce } from "../matrix/model/inherited-in-force.ts";
import { selectorMatcher } from "../matrix/model/match-selector.ts";
import type { Matrix } from "../matrix/model/matrix.ts";
import { mayStillCall } from "../matrix/model/previous-accounts.ts";
import { type DeclaredOutsiders, declaredOutsiders } from "./declared-outsiders.ts";
import { iapPrincipals } from "../matrix/model/principal-of.ts";
import { rowMembers } from "../matrix/model/row-members.ts";
import type { Service, World } from "../matrix/model/world.ts";
import type { Place } from "../matrix/text/place.ts";
import {
  accountAddress,
  addedImpersonatorsAddress,
  bindingAddress,
  iapBindingAddress,
  iapMembersAddress,
  impersonatorsAddress,
  membersAddress,
  poolAddress,
  providerAddress,
  serviceAddress,
} from "../synth/plan/addresses.ts";
import { planStacks } from "../synth/plan/plan-stacks.ts";
import type { RowPlan } from "../synth/plan/stack-plan.ts";

/** A service or job of the matrix in one region. */
export interface DeclaredRow {
  readonly world: World;
  readonly service: Service;
  readonly resource: string;
  /** The members of its row, as IAM compares them. */
  readonly members: ReadonlySet<string>;
  /** Who is to pass Identity-Aware Proxy. */
  readonly throughIap: ReadonlySet<string>;
  readonly isSensitive: boolean;
  /** What its stack manages of it; undefined where the stack leaves it alone. */
  readonly managed: RowPlan | undefined;
  /** Whether its stack manages who passes Identity-Aware Proxy. */
  readonly isIapManaged: boolean;
}

/** An account that somebody of the matrix runs as, or may still call as. */
export interface DeclaredAccount {
  readonly email: string;
  readonly project: string | undefined;
  readonly names: readonly string[];
  readonly environments: readonly string[];
  readonly place: Place;
  /** Whether its holder retires, so that the account is disabled by intention. */
  readonly isRetiring: boolean;
  /** Whether a stack of the matrix holds it as a resource. */
  readonly isManaged: boolean;
  /** The stack of the matrix that manages who outside may act as it. */
  readonly impersonatedBy: string | undefined;
}

/** What a matrix declares, by what a plan speaks of. */
export interface DeclaredAccess {
  readonly rows: ReadonlyMap<string, DeclaredRow>;
  readonly accounts: ReadonlyMap<string, DeclaredAccount>;
  /** The environments of a project, by id; several may share one. */
  readonly projects: ReadonlyMap<string, DeclaredProject>;
  /** The id of a project by its id or number; undefined where the matrix does not name it. */
  readonly projectId: (idOrNumber: string) => string | undefined;
  /** Whether a project may be one of the matrix by a number that the matrix does not give. */
  readonly mayBeOurs: (idOrNumber: string) => boolean;
  /** Folders and organizations that the matrix looks at: they are above its projects. */
  readonly above: ReadonlySet<string>;
  /** The entry of `inherited` that declares a grant. */
  readonly inheritedBy: (resource: string, role: string, principal: string) => string | undefined;
  /** Who outside may act as which account, and by which pools. */
  readonly outsiders: DeclaredOutsiders;
  /** Addresses that stacks of the matrix write, without keys: what they stand for. */
  readonly ownAddresses: ReadonlySet<string>;
}

export interface DeclaredProject {
  readonly id: string;
  readonly number: string | undefined;
  readonly environments: readonly string[];
  readonly place: Place;
}

/** @param worlds those of the matrix that count */
export function declaredAccess(matrix: Matrix, worlds: readonly World[]): DeclaredAccess {
  const only: Matrix = { ...matrix, worlds };
  const plans = planStacks(only);
  const managed = new Map(plans.flatMap(({ rows }) => rows.map((row) => [serviceResource(row.project, row), row])));
  const managedIap = new Set(
    plans.flatMap(({ iapRows }) => iapRows.map((row) => serviceResource(row.project, { ...row, kind: "service" }))),
  );
  const impersonated = new Map(
    plans.flatMap(({ name, impersonations }) => impersonations.map(({ email }) => [email.toLowerCase(), name])),
  );
  const projects = projectsOf(worlds);
  const byNumber = new Map(
    [...projects.values()].flatMap(({ id, number }) => (number === undefined ? [] : [[number, id]])),
  );
  return {
    rows: byResource(worlds.flatMap((world) => rowsOf(matrix, world, { managed, managedIap }))),
    accounts: accountsOf(only, impersonated),
    projects,
    projectId: (written) => (projects.has(written.toLowerCase()) ? written.toLowerCase() : byNumber.get(written)),
    mayBeOurs: (written) => /^\d+$/.test(written) && [...projects.values()].some(({ number }) => number === undefined),
    above: new Set(
      worlds.flatMap(({ environment }) => environment.scope.filter((each) => !each.startsWith("projects/"))),
    ),
    inheritedBy: inheritedJudge(matrix),
    outsiders: declaredOutsiders(matrix, worlds),
    ownAddresses: new Set(
      plans.flatMap(({ rows, accounts, services, iapRows, impersonations, pools, providers }) => [
        ...iapRows.flatMap(({ key, region }) => [iapBindingAddress(key, region), iapMembersAddress(key, region)]),
        ...impersonations.flatMap(({ key }) => [impersonatorsAddress(key), addedImpersonatorsAddress(key)]),
        ...pools.map(({ address }) => poolAddress(address)),
        ...providers.map(({ address }) => providerAddress(address)),
        ...accounts.map(({ key }) => accountAddress(key)),
        ...services.map(({ key, region }) => serviceAddress(key, region)),
        ...rows.flatMap(({ kind, key, region }) => [
          bindingAddress(kind, key, region),
          membersAddress(kind, key, region),
        ]),
      ]),
    ),
  };
}

/** Where several environments have one service, only what all of them declare is declared. */
function byResource(rows: readonly DeclaredRow[]): ReadonlyMap<string, DeclaredRow> {
  const known = new Map<string, DeclaredRow>();
  for (const row of rows) {
    const other = known.get(row.resource);
    known.set(row.resource, other === undefined ? row : inBoth(other, row));
  }
  return known;
}

function inBoth(a: DeclaredRow, b: DeclaredRow): DeclaredRow {
  const narrower = a.service.public === undefined ? a : b;
  const members = new Set([...a.members].filter((each) => b.members.has(each)));
  const throughIap = new Set([...a.throughIap].filter((each) => b.throughIap.has(each)));
  return {
    ...narrower,
    members,
    throughIap,
    isSensitive: a.isSensitive || b.isSensitive,
    managed: a.managed ?? b.managed,
    isIapManaged: a.isIapManaged || b.isIapManaged,
  };
}

interface Managed {
  readonly managed: ReadonlyMap<string, RowPlan>;
  readonly managedIap: ReadonlySet<string>;
}

function rowsOf(matrix: Matrix, world: World, { managed, managedIap }: Managed): readonly DeclaredRow[] {
  const rows = rowMembers(world, matrix.asOf);
  const throughIap = iapPrincipals(world, matrix.asOf);
  const isSensitive =
    matrix.sensitive === undefined ? () => false : selectorMatcher(matrix.sensitive, world, matrix.expand);
  return [...world.services.values()].flatMap((service) => {
    // What is gone is declared no more: whoever deploys it again has a service that the matrix does not name.
    if (service.stage === "gone") return [];
    const members = new Set((rows.get(service.key) ?? []).map(({ principal }) => parseMember(principal).principal));
    return service.regions.map((region): DeclaredRow => {
      const resource = serviceResource(service.project.id, { kind: service.kind, region, name: service.name });
      return {
        world,
        service,
        resource,
        members,
        throughIap: throughIap.get(service.key) ?? new Set(),
        isSensitive: isSensitive(service.key),
        managed: managed.get(resource),
        isIapManaged: managedIap.has(resource),
      };
    });
  });
}

function accountsOf(matrix: Matrix, impersonated: ReadonlyMap<string, string>): ReadonlyMap<string, DeclaredAccount> {
  const accounts = new Map<string, DeclaredAccount>();
  const add = (email: string, holder: string, environment: string, given: AccountTraits): void => {
    const key = email.toLowerCase();
    const known = accounts.get(key);
    accounts.set(key, {
      email: key,
      project: accountProject(key),
      names: [...new Set([...(known?.names ?? []), holder])].sort(),
      environments: [...new Set([...(known?.environments ?? []), environment])].sort(),
      place: known?.place ?? given.place,
      isRetiring: given.isRetiring && known?.isRetiring !== false,
      isManaged: given.isManaged || known?.isManaged === true,
      impersonatedBy: impersonated.get(key),
    });
  };
  const services = new Map(matrix.worlds.map((world) => [world.environment.name, world.services]));
  for (const { account, holder, environment, place, managed } of accountHolders(matrix)) {
    const isRetiring = services.get(environment)?.get(holder)?.stage === "retiring";
    add(account.email, holder, environment, { place, isRetiring, isManaged: managed });
  }
  for (const { environment, services: all } of matrix.worlds) {
    for (const { key, previousAccounts, declared } of all.values()) {
      for (const each of previousAccounts.filter((previous) => mayStillCall(previous, matrix.asOf)))
        add(each.email, key, environment.name, { place: declared.place, isRetiring: false, isManaged: false });
    }
  }
  return accounts;
}

type AccountTraits = Pick<DeclaredAccount, "isManaged" | "isRetiring" | "place">;

function projectsOf(worlds: readonly World[]): ReadonlyMap<string, DeclaredProject> {
  const projects = new Map<string, DeclaredProject>();
  for (const { environment } of worlds) {
    for (const { id, number, place } of environment.projects) {
      const known = projects.get(id);
      const environments = [...new Set([...(known?.environments ?? []), environment.name])].sort();
      projects.set(id, { id, number: known?.number ?? number, environments, place: known?.place ?? place });
    }
  }
  return projects;
}

/** Entries that nobody has decided, or that are over, declare nothing: as drift has it. */
function inheritedJudge(matrix: Matrix): DeclaredAccess["inheritedBy"] {
  const entries = new Map<string, string>();
  for (const { key, value } of matrix.inherited) {
    if (!isInheritedInForce(value, matrix.asOf)) continue;
    for (const grant of inheritedGrants(value)) entries.set(grant, key);
  }
  return (resource, role, principal) => entries.get(inheritedGrant(resource, role, principal));
}
