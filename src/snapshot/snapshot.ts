import type { Kind } from "../matrix/schema/generated/document.ts";

/**
 * Everything that was read of Google Cloud, as it was answered, in one value. It is the content of a snapshot file
 * (schemas/snapshot.schema.json) and all that the evaluator sees. Nothing that is not in here counts as read: where a
 * record is missing altogether, it was not read.
 */
export interface Snapshot {
  readonly schema: "matrix/snapshot/v1";
  /** Of the tool that wrote it. */
  readonly version: string;
  /** ISO timestamps in UTC, to the second. Conditions and expiry are judged at the second one unless told otherwise. */
  readonly startedAt: string;
  readonly finishedAt: string;
  /** The identity that read, where the credentials name it. */
  readonly reader: string | null;
  readonly environment: string | null;
  readonly asked: Asked;
  /** APIs whose host was overridden, by the name that gcloud gives them, with the URL that received the token. */
  readonly endpoints: Readonly<Record<string, string>>;
  /** The projects found below each scope that is a folder or an organization. */
  readonly scopes: readonly ScopeRecord[];
  /** The projects that were read, and every folder and organization above them. By resource. */
  readonly containers: readonly Container[];
  /** What runs in each project that was read. By project. */
  readonly projects: readonly ProjectRecord[];
  /** Service accounts: those that the projects list, and those elsewhere that policies and services name. By email. */
  readonly accounts: readonly AccountRecord[];
  /** Every role that a policy names. By name. */
  readonly roles: readonly RoleRecord[];
  /** Groups that policies name; members only where they were asked for. By email. */
  readonly groups: readonly GroupRecord[];
  /** SHA-256 in hex over the canonical JSON of everything else. */
  readonly sha256: string;
}

/** How a read went, and what it gave. `partial`: what is there is true, and something may be missing. */
export type Reading<T> =
  | { readonly status: "read"; readonly value: T; readonly note?: string }
  | { readonly status: "partial"; readonly value: T; readonly reason: string }
  | { readonly status: "denied" | "failed"; readonly reason: string };

export interface Asked {
  /** Project ids. */
  readonly projects: readonly string[];
  /** `projects/ID`, `folders/N` or `organizations/N`: what must have been read for the result to be complete. */
  readonly scope: readonly string[];
  /** Whether members of groups were asked for. */
  readonly groups: boolean;
}

export interface ScopeRecord {
  /** `folders/N` or `organizations/N`. */
  readonly resource: string;
  /** The ids of all projects below it, at any depth. */
  readonly projects: Reading<readonly string[]>;
}

/** A level that access is inherited from. */
export interface Container {
  /** `projects/ID`, `folders/N` or `organizations/N`. */
  readonly resource: string;
  readonly details: Reading<ContainerDetails>;
  readonly policy: Reading<Policy>;
  /** The deny policies attached to it, with their rules. */
  readonly deny: Reading<readonly DenyPolicy[]>;
}

export interface ContainerDetails {
  /** The number of a project; of folders and organizations the one in their name. */
  readonly number: string;
  /** `folders/N` or `organizations/N`; null at the top. */
  readonly parent: string | null;
}

/** An allow policy, as `getIamPolicy` answers at version 3. */
export interface Policy {
  readonly etag?: string;
  readonly bindings: readonly Binding[];
}

export interface Binding {
  readonly role: string;
  readonly members: readonly string[];
  readonly condition?: Condition;
}

/** docs: /iam/docs/conditions-overview; the expression is CEL. */
export interface Condition {
  readonly title: string;
  readonly expression: string;
}

/** docs: iam v2 `policies` API. Principals and permissions are in its own spellings. */
export interface DenyPolicy {
  readonly name: string;
  readonly rules: readonly DenyRule[];
}

export interface DenyRule {
  readonly deniedPrincipals: readonly string[];
  readonly exceptionPrincipals: readonly string[];
  readonly deniedPermissions: readonly string[];
  readonly exceptionPermissions: readonly string[];
  /** The CEL text of the denial condition. */
  readonly condition?: string;
}

export interface ProjectRecord {
  /** The project's id. */
  readonly project: string;
  /** Cloud Run services in all regions, functions of the second generation among them. */
  readonly services: Reading<readonly ServiceRecord[]>;
  readonly jobs: Reading<readonly ServiceRecord[]>;
  /** The emails of the service accounts that live in the project. */
  readonly accounts: Reading<readonly string[]>;
  /** Workload identity pools. */
  readonly pools: Reading<readonly PoolRecord[]>;
  /** IAP policies above single services: `projects/N/iap_web` and `projects/N/iap_web/cloud_run-REGION`. */
  readonly iap: readonly IapRecord[];
}

export interface IapRecord {
  readonly resource: string;
  readonly policy: Reading<Policy>;
}

export type LiveIngress = "all" | "internal" | "internal-and-cloud-load-balancing" | "none" | "unknown";

/** A service, job or function that is deployed in one region. A job has no ingress, check, IAP or URLs: it has their defaults. */
export interface ServiceRecord {
  readonly kind: Kind;
  readonly region: string;
  readonly name: string;
  readonly policy: Reading<Policy>;
  readonly invokerCheckDisabled: boolean;
  readonly ingress: LiveIngress;
  readonly defaultUrlDisabled: boolean;
  readonly iapEnabled: boolean;
  /** The policy of its IAP resource; null where IAP is off. */
  readonly iap: IapRecord | null;
  /** The email that it runs as; where it names none, the default compute account of its project. */
  readonly account: string | null;
  readonly urls: readonly string[];
  readonly audiences: readonly string[];
  /** Labels that people set, by key in order: those of Google's own namespaces are left out. Absent where there are none. */
  readonly labels?: Readonly<Record<string, string>>;
}

export interface AccountRecord {
  /** In lower case. */
  readonly email: string;
  /** Null: the account does not exist. */
  readonly details: Reading<{ readonly uniqueId: string; readonly disabled: boolean } | null>;
  /** Its user-managed keys. Absent where nobody asked. */
  readonly keys?: Reading<readonly KeyRecord[]>;
  /** Who may act as it, by its own policy. Absent where nobody asked. */
  readonly policy?: Reading<Policy>;
  /**
   * When it last authenticated to any Google API, with success or without, as RFC 3339, by day. Null: not once in the
   * observation period, which is how an account that the activities do not list is read. Absent where nobody asked. It
   * says nothing of which service was called, and lags by a day or so. docs: policyanalyzer v1
   * `activityTypes/serviceAccountLastAuthentication`; /policy-intelligence/docs/service-account-usage-tools
   */
  readonly lastAuthenticated?: Reading<string | null>;
}

export interface KeyRecord {
  /** The last part of its resource name. */
  readonly id: string;
  readonly disabled: boolean;
  readonly validAfter: string;
  /** 9999-12-31T23:59:59Z for a key without an end. */
  readonly validBefore: string;
}

export interface RoleRecord {
  readonly name: string;
  /** `live`, or the date of the table that is built into the tool. */
  readonly source: string;
  /** Only permissions that matter here (src/access/permissions.ts); none of a role that is deleted or disabled. */
  readonly permissions: Reading<readonly string[]>;
}

export interface GroupRecord {
  /** In lower case. */
  readonly email: string;
  /** All members, also through groups in it, as policies write members. */
  readonly members: Reading<readonly string[]>;
}

export interface PoolRecord {
  /** `projects/N/locations/global/workloadIdentityPools/POOL`. */
  readonly name: string;
  /** Whether it is enabled and not deleted. */
  readonly active: boolean;
  readonly providers: Reading<readonly ProviderRecord[]>;
}

export interface ProviderRecord {
  readonly name: string;
  readonly active: boolean;
  readonly issuer: string | null;
  readonly condition: string | null;
  /** CEL expressions by what they are mapped to (`google.subject`, `attribute.NAME`), in order. Absent where nobody asked. */
  readonly mapping?: Readonly<Record<string, string>>;
  /** What tokens may be made out to; none: the provider's own resource name. Absent where nobody asked. */
  readonly audiences?: readonly string[];
  /** The SHA-256, in hex, of its own keys as compact JSON; null where it asks the issuer. Absent where nobody asked. */
  readonly jwks?: string | null;
}
