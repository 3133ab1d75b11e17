import type { Condition } from "../snapshot/snapshot.ts";
import type { Instant } from "../time/instant.ts";

/** What makes an entry of a log this one. docs: logging v2 `LogEntry.insertId` */
export interface EntryId {
  readonly logName: string;
  readonly timestamp: string;
  readonly insertId: string;
}

/** Who called, as the log says. */
export interface Actor {
  /** `principalEmail`; `principalSubject` where there is none, as for identities of a federation. Null: the log does not say. */
  readonly principal: string | null;
  /** Through whom: the accounts or identities that impersonated, first one first. */
  readonly delegation: readonly string[];
  /** What the caller said of itself: a hint, and never a proof. */
  readonly userAgent: string | null;
}

/** One member of one binding. */
export interface PolicyGrant {
  readonly role: string;
  /** As IAM compares it: emails in lower case. */
  readonly member: string;
  readonly condition: Condition | null;
}

export interface PolicyDelta {
  readonly action: "add" | "remove";
  readonly grant: PolicyGrant;
}

export type AuditLevel = "service" | "job" | "iap" | "account" | "project" | "folder" | "organization";

/** What an entry is about, as policies name it. */
export interface AuditResource {
  readonly level: AuditLevel;
  readonly name: string;
}

/** Of the settings of a service, the ones that decide who can call it. Of everything else nothing is kept. */
export interface RunSettings {
  readonly ingress: string;
  readonly invokerCheckDisabled: boolean;
  readonly defaultUrlDisabled: boolean;
  readonly iapEnabled: boolean;
  /** The email that it runs as; null for the default account of its project. */
  readonly account: string | null;
}

export type AuditEffect =
  | {
      readonly kind: "policy";
      readonly resource: AuditResource;
      /** The policy that it left; null where the entry does not hold it. */
      readonly after: readonly PolicyGrant[] | null;
      /** The etag of that policy. */
      readonly etag: string | null;
      /** The etag of the policy that the writer had read: the one before, since Google refuses all others. */
      readonly basedOn: string | null;
      /** What Google says that changed; null where the entry does not say. */
      readonly deltas: readonly PolicyDelta[] | null;
    }
  | {
      readonly kind: "run";
      readonly resource: AuditResource;
      readonly verb: "created" | "updated" | "deleted";
      /** Of an update with a mask only those that it names; null where the entry holds no settings. */
      readonly settings: Partial<RunSettings> | null;
    }
  /** Changes who can do what in a way that is named, and not worked out. */
  | {
      readonly kind: "other";
      readonly what: string;
      readonly resource: string;
      readonly detail: string | null;
      /** Whether it may let somebody in. What only takes access away, or gives none by itself, may not. */
      readonly mayOpen: boolean;
      /** Of a role: its name, whether it was there before, and the permissions that the entry names and that open something. */
      readonly role?: { readonly name: string; readonly isNew: boolean; readonly permissions: readonly string[] };
    };

/** An entry of an Admin Activity log that changes, or tried to change, something that may matter. */
export interface AuditEntry {
  readonly id: EntryId;
  readonly at: Instant;
  /** The timestamp to the nanosecond in UTC, as text that sorts. */
  readonly order: string;
  readonly method: string;
  readonly actor: Actor;
  readonly isFailed: boolean;
  /** Of a long running call: there is an entry for its start, and one for its end. */
  readonly operation: {
    readonly id: string;
    readonly producer: string | null;
    readonly isFirst: boolean;
    readonly isLast: boolean;
  } | null;
  /** The id of the project whose log it is of, or that it names; null above projects. */
  readonly project: string | null;
  readonly effect: AuditEffect;
}

/** What became of an item of a log. */
export type ParsedItem =
  | { readonly kind: "entry"; readonly entry: AuditEntry }
  /** Nothing that changes access. */
  | { readonly kind: "aside"; readonly why: AsideReason }
  /** May have changed access, and is not understood. */
  | { readonly kind: "odd"; readonly what: string; readonly at: Instant | null };

export type AsideReason = "other log" | "other API" | "harmless method" | "other resource" | "dry run";

/** One text for a grant. */
export function grantKey({ role, member, condition }: PolicyGrant): string {
  return JSON.stringify([role, member, condition?.expression ?? null, condition?.title ?? null]);
}

/** The name of what an entry is about. */
export function resourceName({ effect }: Pick<AuditEntry, "effect">): string {
  return typeof effect.resource === "string" ? effect.resource : effect.resource.name;
}
