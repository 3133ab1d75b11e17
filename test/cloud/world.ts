import type { Binding, DenyRule, KeyRecord, LiveIngress } from "../../src/snapshot/snapshot.ts";

/** A cloud as plain data: what is true, before any API has given it a shape. */
export interface CloudWorld {
  readonly organizations: readonly WorldContainer[];
  readonly folders: readonly WorldFolder[];
  readonly projects: readonly WorldProject[];
  readonly groups: readonly WorldGroup[];
  /** Predefined roles by name, with their permissions. Any other name is a role that does not exist. */
  readonly roles: Readonly<Record<string, readonly string[]>>;
  readonly customRoles: readonly WorldRole[];
  /**
   * What cannot be read, by `WHAT RESOURCE`: denied answers 403, failed 500, disabled the 403 of an API that is not
   * enabled in the project. WHAT is one of: details, policy, deny,
   * children, roles, locations, services, jobs, accounts, account, keys, pools, providers, role, group, members,
   * activity, log.
   */
  readonly closed: Readonly<Record<string, "denied" | "failed" | "disabled">>;
  /** The Admin Activity log of each level, oldest first. A level without one is denied. */
  readonly logs?: Readonly<Record<string, readonly WorldEntry[]>>;
}

/** What the server looks at of an entry; all of it is served. */
export interface WorldEntry {
  readonly timestamp: string;
  readonly protoPayload: { readonly serviceName: string };
}

export interface WorldPolicy {
  /** Without one the server makes one of the bindings. */
  readonly etag?: string;
  readonly bindings: readonly Binding[];
}

export interface WorldContainer {
  /** `organizations/N`, `folders/N`, or `projects/ID`. */
  readonly resource: string;
  readonly policy: WorldPolicy;
  readonly deny: readonly WorldDenyPolicy[];
}

export interface WorldFolder extends WorldContainer {
  readonly parent: string;
}

export interface WorldDenyPolicy {
  readonly id: string;
  readonly rules: readonly DenyRule[];
}

export interface WorldProject extends WorldContainer {
  readonly id: string;
  readonly number: string;
  readonly parent: string | null;
  readonly state: "ACTIVE" | "DELETE_REQUESTED";
  /** Where the Run API says that it has locations. */
  readonly regions: readonly string[];
  /** Regions that do not answer: left out of lists over all regions, 503 where they are asked themselves. */
  readonly unreachable: readonly string[];
  readonly services: readonly WorldService[];
  readonly accounts: readonly WorldAccount[];
  readonly pools: readonly WorldPool[];
  /** IAP policies by what follows `projects/N/`: `iap_web`, `iap_web/cloud_run-R`, `iap_web/cloud_run-R/services/S`. */
  readonly iap: Readonly<Record<string, WorldPolicy>>;
}

export interface WorldService {
  readonly kind: "service" | "function" | "job";
  readonly region: string;
  readonly name: string;
  readonly policy: WorldPolicy;
  /** The text of the v1 annotation is what was written: gcloud writes `True`. */
  readonly invokerCheckDisabled: boolean | "True" | "False";
  readonly ingress: LiveIngress;
  readonly defaultUrlDisabled: boolean;
  readonly iapEnabled: boolean;
  readonly account: string | null;
  readonly urls: readonly string[];
  readonly audiences: readonly string[];
  /** Those that people set. */
  readonly labels?: Readonly<Record<string, string>>;
}

export interface WorldAccount {
  readonly email: string;
  readonly uniqueId: string;
  readonly disabled: boolean;
  /** User-managed ones; the server adds one of Google's own. */
  readonly keys: readonly KeyRecord[];
  readonly policy: WorldPolicy;
  /** When it last authenticated to an API; null: not in the observation period. */
  readonly lastAuthenticated: string | null;
}

/** A custom role of a project, or of an organization. */
export interface WorldRole {
  /** `projects/ID/roles/R` or `organizations/N/roles/R`. */
  readonly name: string;
  readonly permissions: readonly string[];
  readonly state: "GA" | "DISABLED" | "DELETED";
}

export interface WorldPool {
  readonly id: string;
  readonly state: "ACTIVE" | "DISABLED" | "DELETED";
  readonly providers: readonly WorldProvider[];
}

export interface WorldProvider {
  readonly id: string;
  readonly state: "ACTIVE" | "DISABLED" | "DELETED";
  /** `aws:ACCOUNT` is a provider of AWS, null one of SAML. */
  readonly issuer: string | null;
  readonly condition: string | null;
  /** What Google answers where nothing else is said: `google.subject` is the subject of the token. */
  readonly mapping?: Readonly<Record<string, string>>;
  readonly audiences?: readonly string[];
  readonly jwksJson?: string;
}

export interface WorldGroup {
  readonly email: string;
  /** As policies write members; `group:` ones are nested. */
  readonly members: readonly string[];
}

const noPolicy: WorldPolicy = { bindings: [] };

/** A world out of its parts; what is left out is empty. */
export function makeWorld(parts: Partial<CloudWorld> = {}): CloudWorld {
  return { organizations: [], folders: [], projects: [], groups: [], roles: {}, customRoles: [], closed: {}, ...parts };
}

/** The allow policy of these lines: `["roles/run.invoker", "user:a@acme.test", …]`. */
export function grants(...lines: readonly (readonly [role: string, ...members: string[]])[]): WorldPolicy {
  return { bindings: lines.map(([role, ...members]) => ({ role, members })) };
}

export function organization(number: string, parts: Partial<WorldContainer> = {}): WorldContainer {
  return { resource: `organizations/${number}`, policy: noPolicy, deny: [], ...parts };
}

export function folder(number: string, parent: string, parts: Partial<WorldFolder> = {}): WorldFolder {
  return { resource: `folders/${number}`, parent, policy: noPolicy, deny: [], ...parts };
}

export function project(id: string, number: string, parts: Partial<WorldProject> = {}): WorldProject {
  return {
    id,
    number,
    resource: `projects/${id}`,
    parent: null,
    state: "ACTIVE",
    policy: noPolicy,
    deny: [],
    regions: ["europe-west1", "us-central1"],
    unreachable: [],
    services: [],
    accounts: [],
    pools: [],
    iap: {},
    ...parts,
  };
}

export function service(name: string, parts: Partial<WorldService> = {}): WorldService {
  return {
    kind: "service",
    region: "europe-west1",
    name,
    policy: noPolicy,
    invokerCheckDisabled: false,
    ingress: "all",
    defaultUrlDisabled: false,
    iapEnabled: false,
    account: null,
    urls: parts.kind === "job" ? [] : [`https://${name}-abcdefghij-ew.a.run.app`],
    audiences: [],
    ...parts,
  };
}

export function account(email: string, parts: Partial<WorldAccount> = {}): WorldAccount {
  return {
    email,
    uniqueId: numberOf(email),
    disabled: false,
    keys: [],
    policy: noPolicy,
    lastAuthenticated: null,
    ...parts,
  };
}

/** A number of 21 digits that hangs on the text alone, as unique ids of accounts have. */
export function numberOf(text: string): string {
  let sum = 7n;
  for (const character of text) {
    sum = (sum * 131n + BigInt(character.charCodeAt(0))) % 10n ** 20n;
  }
  return `1${String(sum).padStart(20, "0")}`;
}

export function key(id: string, parts: Partial<KeyRecord> = {}): KeyRecord {
  return {
    id,
    disabled: false,
    validAfter: "2025-01-02T03:04:05Z",
    validBefore: "9999-12-31T23:59:59Z",
    ...parts,
  };
}

export function customRole(name: string, permissions: readonly string[], state: WorldRole["state"] = "GA"): WorldRole {
  return { name, permissions, state };
}
