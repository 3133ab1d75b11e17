import type { Authority, IamParent } from "./iam-resources.ts";
import type { PlanChange } from "./plan.ts";
import type { Resolved } from "./resolved.ts";

/** Whose policy a resource of a plan writes. */
export interface Target {
  readonly parent: IamParent;
  /** In full, as policies name it; undefined where a part of it is not known. */
  readonly resource: string | undefined;
  /** The id or number of its project, where it is in one. */
  readonly project: Resolved;
  readonly isSensitive: boolean;
  readonly isAssumed: boolean;
}

/** One member of one role, by one resource of a plan. */
export interface PlanGrant {
  readonly change: PlanChange;
  readonly authority: Authority;
  readonly target: Target;
  readonly role: Resolved;
  readonly member: Resolved;
  /** Its expression; null where there is none. */
  readonly condition: string | null;
}

/** What a resource of a plan granted, and what it will grant. */
export interface GrantChange {
  readonly change: PlanChange;
  readonly authority: Authority;
  /** Undefined where this version of matrix does not know the type. */
  readonly target: Target | undefined;
  /** Whose policy it wrote before; undefined where it was not there. */
  readonly was: Target | undefined;
  readonly before: readonly PlanGrant[];
  readonly after: readonly PlanGrant[];
  /** The roles whose rows it will own, or share in; undefined where they are not known. */
  readonly roles: readonly string[] | undefined;
  /** Of a binding, the role whose row it owned. */
  readonly ownedRole: string | undefined;
  /** Of a binding, the condition of the row that it will own; null where there is none. */
  readonly ownedCondition: string | null;
}
