import { parseMember } from "../../access/member.ts";
import { type Instant, parseEnd } from "../../time/instant.ts";
import type { InheritedAccess } from "../schema/generated/document.ts";
import { isPlaceholder, PLACEHOLDER_OWNER } from "./placeholder.ts";

/**
 * Until when an entry of `inherited` accepts what it names: for ever without a date; 0 where it accepts nothing, since
 * nobody has said why or who answers for it, or its date has passed.
 */
export function inheritedEnd({ reason, owner, expires }: InheritedAccess, asOf: Instant): number {
  if (isPlaceholder(reason) || owner === PLACEHOLDER_OWNER) return 0;
  if (expires === undefined) return Number.POSITIVE_INFINITY;
  const end = parseEnd(expires);
  return end === undefined || asOf >= end ? 0 : end;
}

/** Whether an entry of `inherited` has effect. */
export function isInheritedInForce(access: InheritedAccess, asOf: Instant): boolean {
  return inheritedEnd(access, asOf) > 0;
}

/** One key for each grant that an entry names: place, role, and the principal as IAM compares it. */
export function inheritedGrants({ at, role, principal }: InheritedAccess): readonly string[] {
  return at.map((place) => inheritedGrant(place, role, principal));
}

/** @param place the resource that carries the grant */
export function inheritedGrant(place: string, role: string, principal: string): string {
  return `${place} ${role} ${parseMember(principal).principal}`;
}
