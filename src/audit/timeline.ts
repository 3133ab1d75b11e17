import { parseMember } from "../access/member.ts";
import type { Condition } from "../snapshot/snapshot.ts";
import type { Instant } from "../time/instant.ts";
import type { Actor, AuditEntry, AuditResource, EntryId, PolicyGrant, RunSettings } from "./audit-entry.ts";
import type { Gap } from "./gap.ts";

/** When something happened, and by which entry of the log. */
export interface Mark {
  readonly at: Instant;
  readonly actor: Actor;
  readonly entry: EntryId;
  readonly method: string;
}

/** A grant that came or went, or that the first policy which is known holds. */
export interface GrantEvent {
  readonly kind: "granted" | "removed" | "holds";
  readonly resource: AuditResource;
  readonly grant: PolicyGrant;
  readonly mark: Mark;
  /** Whether it was this entry: else it was this one, or one before it that is missing. */
  readonly isSure: boolean;
  /** `delta`: Google says so. `policies`: two policies differ. `deleted`: what carried it is gone. */
  readonly source: "delta" | "policies" | "deleted";
}

/** A stretch of time over which a grant stood. Without a begin it was there at the start, without an end at the end. */
export interface GrantInterval {
  readonly resource: AuditResource;
  readonly grant: PolicyGrant;
  readonly begin: Mark | null;
  readonly end: Mark | null;
}

export interface SettingEvent {
  readonly resource: AuditResource;
  readonly setting: keyof RunSettings | "created" | "deleted";
  readonly before: string | null;
  readonly after: string | null;
  readonly mark: Mark;
  /** Whether it was this entry: else it is the first one that is known. */
  readonly isSure: boolean;
}

export interface OtherEvent {
  readonly what: string;
  readonly resource: string;
  readonly detail: string | null;
  readonly mayOpen: boolean;
  readonly mark: Mark;
}

/** What is known of one resource at one moment. */
export interface ResourceState {
  readonly resource: AuditResource;
  /** By key; null where it is not known. */
  readonly grants: ReadonlyMap<string, PolicyGrant> | null;
  readonly etag: string | null;
  readonly settings: Partial<RunSettings> | null;
  /** Of the last change; null where it is of the baseline. */
  readonly at: Instant | null;
  /** Whether it was deleted. */
  readonly isGone?: boolean;
}

export interface Timeline {
  readonly events: readonly GrantEvent[];
  readonly intervals: readonly GrantInterval[];
  readonly settings: readonly SettingEvent[];
  readonly others: readonly OtherEvent[];
  readonly gaps: readonly Gap[];
  /** At the end, by resource. */
  readonly states: ReadonlyMap<string, ResourceState>;
  /** Since when the policy of a resource is known in whole without a break; null for since the start. */
  readonly knownSince: ReadonlyMap<string, Instant | null>;
}

export function markOf({ at, actor, id, method }: AuditEntry): Mark {
  return { at, actor, entry: id, method };
}

/** A grant as drift and others name it: the title of a condition tells nothing apart. */
export interface NamedGrant {
  readonly resource: string;
  readonly role: string | null;
  readonly member: string | null;
  /** Its expression. */
  readonly condition: string | null;
}

export function isGrant({ resource, grant }: GrantInterval, named: NamedGrant): boolean {
  return (
    resource.name === named.resource &&
    grant.role === named.role &&
    grant.member === (named.member === null ? null : parseMember(named.member).principal) &&
    expressionOf(grant.condition) === named.condition
  );
}

function expressionOf(condition: Condition | null): string | null {
  return condition?.expression ?? null;
}
