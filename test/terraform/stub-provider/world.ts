import type { ObjectValue } from "./wire/value.ts";

/**
 * What exists at "Google": plain data, which a test seeds, inspects and changes behind Terraform's
 * back. Keys are the resource names of Google's APIs.
 */
export interface World {
  /** Projects beyond those that the services, jobs and accounts below already name. */
  readonly projects: string[];
  /** By projects/P/locations/L/services/S. */
  readonly services: Record<string, Service>;
  /** By projects/P/locations/L/jobs/J. */
  readonly jobs: Record<string, ObjectValue>;
  /** By e-mail address. */
  readonly accounts: Record<string, Account>;
  /** Members by resource and role. A role without members has no entry. */
  readonly policies: Record<string, Record<string, readonly string[]>>;
  /** By projects/P/policies/CONSTRAINT. */
  readonly orgPolicies: Record<string, ObjectValue>;
  /** By projects/P/locations/global/workloadIdentityPools/W, and below it /providers/X. */
  readonly workloadIdentity: Record<string, ObjectValue>;
}

/**
 * A Cloud Run service, in the shape that the Terraform resource gives it (blocks are lists).
 * `labels` and `annotations` are all there are, whoever wrote them. `iap_enabled` and
 * `default_uri_disabled` may be set although the provider of the test does not know them.
 */
export interface Service extends ObjectValue {
  readonly uid: string;
  readonly generation: string;
}

export interface Account {
  readonly uniqueId: string;
  readonly displayName: string;
  readonly description: string;
  readonly disabled: boolean;
}

export function emptyWorld(): World {
  return {
    projects: [],
    services: {},
    jobs: {},
    accounts: {},
    policies: {},
    orgPolicies: {},
    workloadIdentity: {},
  };
}

export function servicePath(project: string, location: string, name: string): string {
  return `projects/${project}/locations/${location}/services/${name}`;
}

export function jobPath(project: string, location: string, name: string): string {
  return `projects/${project}/locations/${location}/jobs/${name}`;
}

export function accountPath(email: string): string {
  return `projects/${projectOfAccount(email) ?? "-"}/serviceAccounts/${email}`;
}

export function accountEmail(project: string, accountId: string): string {
  return `${accountId}@${project}.iam.gserviceaccount.com`;
}

/** The project whose own service account this address is; undefined for Google's and people's. */
export function projectOfAccount(email: string): string | undefined {
  return /^[^@]+@([^.@]+)\.iam\.gserviceaccount\.com$/.exec(email)?.[1];
}

export function projectsOf(world: World): ReadonlySet<string> {
  const named = [...Object.keys(world.services), ...Object.keys(world.jobs)].map((path) => path.split("/")[1] ?? "");
  const ofAccounts = Object.keys(world.accounts).map((email) => projectOfAccount(email) ?? "");
  return new Set([...world.projects, ...named, ...ofAccounts].filter((project) => project !== ""));
}

/** The members who hold a role on a resource, in the order in which they are stored. */
export function membersOf(world: World, resource: string, role: string): readonly string[] {
  return world.policies[resource]?.[role] ?? [];
}
