import { findAccountHome } from "../../src/gcp/account-emails.ts";
import { builtInRole } from "../../src/gcp/builtin-roles.ts";
import { findMentioned } from "../../src/gcp/mentioned.ts";
import { sealSnapshot } from "../../src/snapshot/seal-snapshot.ts";
import type {
  AccountRecord,
  Binding,
  Container,
  IapRecord,
  ProjectRecord,
  RoleRecord,
  Snapshot,
} from "../../src/snapshot/snapshot.ts";
import { defaultComputeAccount } from "../../src/access/default-accounts.ts";
import { denyPolicyName } from "../cloud/apis/iam-deny.ts";
import { numberOf } from "../cloud/world.ts";
import type { Extra, Level } from "./fleet-extra.ts";
import { extras, type HostileExtra } from "./fleet-hostile.ts";
import {
  emailOf,
  type FleetOptions,
  type Place,
  type Placed,
  type Plan,
  planFleet,
  policyOf,
  poolOf,
  sa,
} from "./fleet-plan.ts";
import { usualServices } from "./fleet-services.ts";

/** What may be in a fleet that no example would have. */
export const hostileExtras: readonly HostileExtra[] = Object.keys(extras).filter(isExtra);

function isExtra(name: string): name is HostileExtra {
  return Object.hasOwn(extras, name);
}

/**
 * The snapshot of a company's fleet on its first day, sealed: one to three projects below a folder and an organization,
 * everything read, accounts with keys, policies and their last day. A cloud can be made of it: see
 * test/cloud/world-from-snapshot.ts.
 */
export function fleet({
  hostile = [],
  ...options
}: FleetOptions & { readonly hostile?: readonly HostileExtra[] }): Snapshot {
  // Of two projects with one name for two things there have to be two.
  const projects = hostile.includes("same-name-in-two-projects") ? { projects: atLeastTwo(options.projects) } : {};
  const plan = planFleet({ ...options, ...projects });
  const pieces: readonly Extra[] = hostile.map((name) => extras[name](plan));
  const running = [...usualServices(plan, options.services), ...pieces.flatMap(({ services }) => services)];
  const given = pieces.flatMap(({ accounts = [] }) => accounts);
  const containers = containersOf(plan, pieces);
  const records = plan.places.map((place) => projectOf(plan, place, running));
  const accounts = accountsOf(plan, { containers, records, given });
  const whole = records.map((record, index) => withAccounts(record, plan.places[index], accounts));
  const { roles, groups } = findMentioned({ containers, projects: whole, accounts });
  return sealSnapshot({
    schema: "matrix/snapshot/v1",
    version: "0.1.0",
    startedAt: "2026-11-22T05:59:48Z",
    finishedAt: "2026-11-22T06:00:00Z",
    reader: emailOf("auditor", plan.places[0]),
    environment: plan.environment,
    asked: {
      projects: plan.places.map(({ id }) => id),
      scope: plan.places.map(({ id }) => `projects/${id}`),
      groups: false,
    },
    endpoints: {},
    scopes: [],
    containers,
    projects: whole,
    accounts,
    roles: roles.map((name) =>
      roleOf(
        name,
        pieces.flatMap((piece) => piece.roles ?? []),
      ),
    ),
    groups: groups.map((email) => ({
      email,
      members: { status: "failed", reason: "members of groups were not asked for" },
    })),
  });
}

function atLeastTwo(projects: FleetOptions["projects"]): 2 | 3 {
  return projects === 3 ? 3 : 2;
}

function bind(role: string, ...members: readonly string[]): Binding {
  return { role, members };
}

/** The environment's folder below the organization, and the projects in it. */
function containersOf({ places, environment }: Plan, pieces: readonly Extra[]): readonly Container[] {
  const [core] = places;
  const rules = pieces.flatMap(({ deny = [] }) => deny);
  const name = denyPolicyName(`projects/${core.number}`, "fence");
  const container = (
    resource: string,
    number: string,
    parent: string | null,
    bindings: readonly Binding[],
  ): Container => ({
    resource,
    details: { status: "read", value: { number, parent } },
    policy: policyOf(bindings),
    deny: { status: "read", value: rules.length === 0 || resource !== `projects/${core.id}` ? [] : [{ name, rules }] },
  });
  const more = (level: Level): readonly Binding[] => pieces.flatMap(({ above }) => above?.[level] ?? []);
  const folder = environment === "prod" ? "501" : "502";
  return [
    container(`folders/${folder}`, folder, "organizations/900", [
      bind("roles/run.invoker", "group:sre@acme.test"),
      ...more("folder"),
    ]),
    container("organizations/900", "900", null, [bind("roles/viewer", "domain:acme.test"), ...more("organization")]),
    ...places.map(({ id, number }) =>
      container(`projects/${id}`, number, `folders/${folder}`, [
        bind("roles/run.serviceAgent", sa(`service-${number}@serverless-robot-prod.iam.gserviceaccount.com`)),
        bind("roles/editor", sa(`${number}@cloudservices.gserviceaccount.com`)),
        bind("roles/owner", "group:platform@acme.test"),
        bind("roles/run.developer", "group:developers@acme.test"),
        // What the console does by itself: whatever has no account of its own may do everything.
        ...(id === core.id
          ? [
              bind("roles/run.invoker", sa(emailOf("gateway", core))),
              bind("roles/editor", sa(defaultComputeAccount(number))),
              ...more("project"),
            ]
          : []),
      ]),
    ),
  ].sort((a, b) => (a.resource < b.resource ? -1 : 1));
}

function projectOf({ places }: Plan, place: Place, running: readonly Placed[]): ProjectRecord {
  const here = running
    .filter((each) => each.place.id === place.id)
    .map(({ record }) => record)
    .sort((a, b) => (`${a.region}/${a.name}` < `${b.region}/${b.name}` ? -1 : 1));
  const guarded = [...new Set(here.filter(({ iapEnabled }) => iapEnabled).map(({ region }) => region))].sort();
  const iapAt = (level: string): IapRecord => ({
    resource: `projects/${place.number}/iap_web${level}`,
    policy: policyOf([]),
  });
  const pool = poolOf(place.number);
  const provider = {
    name: `${pool}/providers/main`,
    active: true,
    issuer: "https://token.actions.githubusercontent.com",
    condition: "assertion.repository_owner == 'acme'",
    mapping: { "google.subject": "assertion.sub" },
    audiences: [],
    jwks: null,
  };
  return {
    project: place.id,
    services: { status: "read", value: here.filter(({ kind }) => kind !== "job") },
    jobs: { status: "read", value: here.filter(({ kind }) => kind === "job") },
    accounts: { status: "read", value: [] },
    pools: {
      status: "read",
      value:
        place === places[0] ? [{ name: pool, active: true, providers: { status: "read", value: [provider] } }] : [],
    },
    iap: guarded.length === 0 ? [] : [iapAt(""), ...guarded.map((region) => iapAt(`/cloud_run-${region}`))],
  };
}

interface Named {
  readonly containers: readonly Container[];
  readonly records: readonly ProjectRecord[];
  /** Instead of those that would be made. */
  readonly given: readonly AccountRecord[];
}

/** The accounts that something names, an unused one, and those that nobody here may look up. */
function accountsOf(plan: Plan, { containers, records, given }: Named): readonly AccountRecord[] {
  const named = findMentioned({ containers, projects: records, accounts: given }).accounts;
  const everyone = new Set([...named, emailOf("unused", plan.places[0]), ...given.map(({ email }) => email)]);
  const known = new Map(given.map((each) => [each.email, each]));
  return [...everyone].sort().flatMap((email) => {
    const home = findAccountHome(email);
    if (home === undefined) return [];
    return [known.get(email) ?? accountOf(plan, email, placeOf(plan.places, email) !== undefined)];
  });
}

/** The project that lists an account, by its address. */
function placeOf(places: readonly Place[], email: string): Place | undefined {
  const home = findAccountHome(email)?.project;
  return places.find(({ id, number }) => id === home || number === home);
}

function accountOf({ lots }: Plan, email: string, isListed: boolean): AccountRecord {
  if (!isListed) return { email, details: { status: "denied", reason: "403: The caller does not have permission" } };
  const id = email.slice(0, email.indexOf("@"));
  const key = {
    id: numberOf(email).slice(1),
    disabled: false,
    validAfter: "2024-03-01T00:00:00Z",
    validBefore: "9999-12-31T23:59:59Z",
  };
  const day = String(lots.below(`day/${id}`, 20) + 1).padStart(2, "0");
  return {
    email,
    details: { status: "read", value: { uniqueId: numberOf(email), disabled: false } },
    keys: { status: "read", value: lots.chance(`key/${id}`, 5) ? [key] : [] },
    policy: policyOf(id === "backend" ? [bind("roles/iam.serviceAccountUser", "group:developers@acme.test")] : []),
    lastAuthenticated: {
      status: "read",
      value: id === "unused" || lots.chance(`idle/${id}`, 15) ? null : `2026-11-${day}T08:00:00Z`,
    },
  };
}

/** The project with the accounts that live in it and exist. */
function withAccounts(record: ProjectRecord, place: Place | undefined, all: readonly AccountRecord[]): ProjectRecord {
  const here = all.filter(
    ({ email, details }) =>
      place !== undefined && placeOf([place], email) !== undefined && !("value" in details && details.value === null),
  );
  return { ...record, accounts: { status: "read", value: here.map(({ email }) => email) } };
}

/** What the built-in table says of it, as if it had been read live; a name that Google does not know is not found. */
function roleOf(name: string, given: readonly RoleRecord[]): RoleRecord {
  const known = given.find((role) => role.name === name);
  const missing = { status: "failed", reason: `404: The role named ${name} was not found.` } as const;
  return known ?? { name, source: "live", permissions: builtInRole(name) ?? missing };
}
