import type { Binding, Policy, Reading, ServiceRecord } from "../../src/snapshot/snapshot.ts";

/** What a fleet hangs on. The same options give the same fleet, byte for byte. */
export interface FleetOptions {
  readonly seed: number;
  /** How many names run in it; those in several regions count once. At least 10. */
  readonly services: number;
  /** Of one seed, the two are the same company: they differ in a few places. Default: prod. */
  readonly environment?: "staging" | "prod";
  /** Default: 1 to 3, by the seed. */
  readonly projects?: 1 | 2 | 3;
  /** Default: 1 to 3, by the seed. */
  readonly regions?: 1 | 2 | 3;
}

/** A project of the company. */
export interface Place {
  /** What it has in every environment. */
  readonly alias: string;
  readonly id: string;
  readonly number: string;
}

export interface Plan {
  readonly environment: "staging" | "prod";
  readonly places: readonly [Place, ...Place[]];
  readonly regions: readonly [string, ...string[]];
  readonly lots: Lots;
}

/** Draws lots. Each hangs on the seed and its own name alone, so that environments agree where they ask for the same. */
export interface Lots {
  /** From 0 to below the number. */
  readonly below: (name: string, end: number) => number;
  /** True in so many of a hundred. */
  readonly chance: (name: string, percent: number) => boolean;
  readonly pick: <T>(name: string, from: readonly [T, ...T[]]) => T;
}

function createLots(seed: number): Lots {
  const below = (name: string, end: number): number => hashOf(`${seed}/${name}`) % end;
  return {
    below,
    chance: (name, percent) => below(name, 100) < percent,
    pick: (name, from) => from[below(name, from.length)] ?? from[0],
  };
}

/** FNV-1a, mixed at the end so that the low bits are as good as the others. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

const aliases = ["core", "data", "web"] as const;
const regionNames = ["europe-west1", "us-central1", "asia-northeast1"] as const;

export function planFleet(options: FleetOptions): Plan {
  const { seed, environment = "prod" } = options;
  const lots = createLots(seed);
  const projects = options.projects ?? lots.below("projects", 3) + 1;
  const regions = options.regions ?? lots.below("regions", 3) + 1;
  const place = (alias: string, index: number): Place => ({
    alias,
    id: `acme-${alias}-${environment}`,
    number: `${environment === "prod" ? 101 : 102}00000000${index + 1}`,
  });
  const [first, ...others] = aliases;
  const [home, ...abroad] = regionNames;
  return {
    environment,
    places: [place(first, 0), ...others.slice(0, projects - 1).map((alias, index) => place(alias, index + 1))],
    regions: [home, ...abroad.slice(0, regions - 1)],
    lots,
  };
}

/** Something that runs in one region of a project. */
export interface Placed {
  readonly place: Place;
  readonly record: ServiceRecord;
}

export interface PlacedFields extends Partial<
  Omit<ServiceRecord, "region" | "name" | "policy" | "iap" | "iapEnabled">
> {
  /** Of its own policy, or why it is not read. */
  readonly bindings?: readonly Binding[] | Unread;
  /** Of its IAP resource: it stands behind IAP then. */
  readonly iapBindings?: readonly Binding[] | Unread;
}

export type Unread = Extract<Reading<never>, { status: "denied" | "failed" }>;

/** A service, job or function with an account of its own name, and nobody in its row. */
export function placed(place: Place, region: string, name: string, fields: PlacedFields = {}): Placed {
  const { bindings = [], iapBindings, ...rest } = fields;
  const resource = `projects/${place.number}/iap_web/cloud_run-${region}/services/${name}`;
  const record: ServiceRecord = {
    kind: "service",
    region,
    name,
    policy: policyOf(bindings),
    invokerCheckDisabled: false,
    ingress: fields.kind === "job" ? "all" : "internal",
    defaultUrlDisabled: false,
    iapEnabled: iapBindings !== undefined,
    iap: iapBindings === undefined ? null : { resource, policy: policyOf(iapBindings) },
    account: emailOf(accountIdOf(name), place),
    urls: fields.kind === "job" ? [] : [`https://${name}-${place.number}.${region}.run.app`],
    audiences: [],
    ...rest,
  };
  return { place, record };
}

/** Ids of accounts have 6 to 30 characters. docs: iam v1 `projects.serviceAccounts.create` */
function accountIdOf(name: string): string {
  return (name.length < 6 ? `${name}-run` : name).slice(0, 30);
}

export function policyOf(bindings: readonly Binding[] | Unread): Reading<Policy> {
  return "status" in bindings ? bindings : { status: "read", value: { bindings } };
}

export function emailOf(id: string, place: Place): string {
  return `${id}@${place.id}.iam.gserviceaccount.com`;
}

export function sa(email: string): string {
  return `serviceAccount:${email}`;
}

export function iapAgentOf({ number }: Place): string {
  return sa(`service-${number}@gcp-sa-iap.iam.gserviceaccount.com`);
}

export function invoker(...members: readonly string[]): Binding {
  return { role: "roles/run.invoker", members };
}

export const passIap = "roles/iap.httpsResourceAccessor";

/** A pool of workload identity in a project, and a repository of it that somebody let in directly, which has no effect. */
export function repositoryOf({ number }: Place): string {
  return `principalSet://iam.googleapis.com/${poolOf(number)}/attribute.repository/acme/deploy`;
}

export function poolOf(number: string): string {
  return `projects/${number}/locations/global/workloadIdentityPools/github`;
}

/** A condition that holds until the new year after the snapshot. */
export const thisYear = {
  title: "this year",
  expression: 'request.time < timestamp("2027-01-01T00:00:00Z")',
} as const;
