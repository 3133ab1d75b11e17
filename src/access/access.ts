import type { ServiceRecord } from "../snapshot/snapshot.ts";

/** What the evaluator answers: who can invoke what, by which paths, and what it could not see. */
export interface Access {
  /** By project, region, kind, name. */
  readonly services: readonly LiveService[];
  /** By service (in that order), ring (direct, iap, indirect), principal, through. */
  readonly rows: readonly Row[];
  /** Grants that open nothing today and should not stand: as facts, for drift to judge. */
  readonly oddGrants: readonly OddGrant[];
  /** What was not read and is needed, with the services whose answers hang on it. By resource, then what. */
  readonly unread: readonly Unread[];
}

/** A service, job or function that was found. */
export interface LiveService {
  /** `projects/P/locations/R/services/S`, or `…/jobs/J`. */
  readonly resource: string;
  /** The project's id. */
  readonly project: string;
  /** The email that it runs as; undefined where it is the default one of a project whose number was not read. */
  readonly account: string | undefined;
  readonly record: ServiceRecord;
}

export type Verdict = "allowed" | "conditional" | "unknown" | "denied";
export type Ring = "direct" | "iap" | "indirect";

/** One principal at one service. A principal that is reached through a set has a row of its own for that set's members. */
export interface Row {
  readonly service: LiveService;
  readonly ring: Ring;
  /** The member as policies write it. */
  readonly principal: string;
  readonly verdict: Verdict;
  /** Whether deny policies above could not all be read. */
  readonly denyUnread: boolean;
  /** The set that this row exists through, where the principal has no binding of its own at the service or above. */
  readonly through: string | null;
  /** Never empty. Shortest first, then by text. */
  readonly paths: readonly Path[];
  /** Whether every path is one of Google's own service agents doing its work. */
  readonly managed: boolean;
}

export interface Path {
  readonly hops: readonly Hop[];
  /** How sure this path alone is. */
  readonly allow: Exclude<Verdict, "denied">;
  readonly managed: boolean;
}

export type HopKind =
  | "binding"
  | "group"
  | "set"
  | "convenience"
  | "invoker-check"
  | "impersonate"
  | "key"
  | "run-as"
  | "policy-write"
  | "role-write";

export type Level = "service" | "iap" | "account" | "project" | "folder" | "organization";

/** One step of a path. Role, member and condition are those of the binding that allows it; null where there is none. */
export interface Hop {
  readonly kind: HopKind;
  readonly level: Level;
  /** Where the binding stands. */
  readonly resource: string;
  readonly role: string | null;
  readonly member: string | null;
  /** The CEL text of the binding's condition. */
  readonly condition: string | null;
}

/** What makes a grant odd. */
export type Oddity =
  /** `deleted:` members. */
  | "deleted"
  /** Federated, GKE, workforce and agent principals, which Cloud Run does not take. */
  | "federated"
  /** A condition on `resource.*`, which does not scope Cloud Run. */
  | "resource-condition"
  /** A condition that fails. */
  | "broken-condition"
  /** A condition that does not hold at the moment, and will. */
  | "dormant"
  /** A role of a service agent on anybody else. */
  | "agent-role";

export interface OddGrant {
  readonly oddity: Oddity;
  /** The binding. */
  readonly hop: Hop;
  /** Why, in words, where the oddity alone does not say it. */
  readonly detail: string | null;
  readonly services: readonly LiveService[];
}

export interface Unread {
  /** What was to be read, in words: `IAM policy`, `deny policies`, `services`, `role`, … */
  readonly what: string;
  /** Of what. */
  readonly resource: string;
  readonly status: "partial" | "denied" | "failed" | "missing";
  readonly reason: string;
  /** Inside the scope it makes the result incomplete; above it belongs to the horizon. */
  readonly inScope: boolean;
  /** The resources of the services whose answers hang on it. */
  readonly services: readonly string[];
}
