import { iamResource, type IamResource } from "./iam-resources.ts";
import { asValues, listOf, own, type PlanChange, textOr, type Values } from "./plan.ts";
import type { GrantChange, PlanGrant, Target } from "./plan-grant.ts";
import { readTarget } from "./read-target.ts";
import { isMarked, nobodyKnows, plain } from "./resolved.ts";
import type { ValueResolver } from "./resolve-value.ts";

/** What a resource of a plan grants; undefined for one that grants nothing that matters here. */
export function readGrants(change: PlanChange, resolver: ValueResolver): GrantChange | undefined {
  const resource = change.isData ? undefined : iamResource(change.type);
  if (resource === undefined) return undefined;
  const { authority, parent } = resource;
  if (parent === undefined)
    return {
      change,
      authority,
      target: undefined,
      was: undefined,
      before: [],
      after: [],
      roles: undefined,
      ownedRole: undefined,
      ownedCondition: null,
    };
  const was = readTarget(parent, (name) => resolver.before(change, name));
  const now = readTarget(parent, (name) => resolver.after(change, name));
  const after = staysIn(change) ? grantsAfter(change, resource, now, resolver) : [];
  return {
    change,
    authority,
    target: change.after === undefined && change.before !== undefined ? was : now,
    was: change.before === undefined ? undefined : was,
    before: change.before === undefined ? [] : grantsBefore(change, resource, was, resolver),
    // Of what Terraform forgets, all stays as it was.
    after: change.action === "forget" ? grantsBefore(change, resource, was, resolver) : after,
    ownedCondition: conditionAfter(change),
    ownedRole: authority === "binding" ? resolver.before(change, "role").text : undefined,
    roles: after.some(({ role }) => role.text === undefined)
      ? undefined
      : [...new Set([...after.flatMap(({ role }) => role.text ?? []), ...rolesOf(change, authority, resolver)])],
  };
}

function staysIn({ action }: PlanChange): boolean {
  return action !== "delete" && action !== "forget";
}

function rolesOf(change: PlanChange, authority: string, resolver: ValueResolver): readonly string[] {
  const role = authority === "policy" || !staysIn(change) ? undefined : resolver.after(change, "role").text;
  return role === undefined ? [] : [role];
}

function grantsBefore(
  change: PlanChange,
  { authority }: IamResource,
  target: Target,
  resolver: ValueResolver,
): readonly PlanGrant[] {
  const values = change.before ?? {};
  const condition = conditionIn(values);
  if (authority === "policy") {
    const isSensitive = isMarked(change.beforeSensitive, "policy_data");
    return policyGrants(own(values, "policy_data"), isSensitive, { change, authority, target });
  }
  const role = resolver.before(change, "role");
  const isSensitive = isMarked(change.beforeSensitive, "members");
  const members =
    authority === "member"
      ? [resolver.before(change, "member")]
      : listOf(own(values, "members")).map((each) => plain(each, isSensitive));
  return members.map((member) => ({ change, authority, target, role, member, condition }));
}

function grantsAfter(
  change: PlanChange,
  { authority }: IamResource,
  target: Target,
  resolver: ValueResolver,
): readonly PlanGrant[] {
  const base = { change, authority, target };
  if (authority === "policy") return policyAfter(change, resolver, base);
  const condition = conditionAfter(change);
  const role = resolver.after(change, "role");
  const members =
    authority === "member" ? [resolver.after(change, "member", "member")] : resolver.afterAll(change, "members");
  return members.map((member) => ({ ...base, role, member, condition }));
}

/** What stands for a condition that is known after apply only. It is one that nobody can evaluate. */
export const UNKNOWN_CONDITION = "(known after apply)";

type Base = Pick<PlanGrant, "authority" | "change" | "target">;

/** A policy is text, which a data source usually makes; where that is read at apply, its blocks are known before. */
function policyAfter(change: PlanChange, resolver: ValueResolver, base: Base): readonly PlanGrant[] {
  const isSensitive = isMarked(change.afterSensitive, "policy_data");
  if (!isMarked(change.afterUnknown, "policy_data"))
    return policyGrants(own(change.after ?? {}, "policy_data"), isSensitive, base);
  const { source, isAssumed = false } = resolver.sourceOf(change, "policy_data", "google_iam_policy") ?? {};
  if (source === undefined || isWholly(source.afterUnknown, "binding")) return [unknownGrant(base)];
  const unknown = listOf(own(asValues(source.afterUnknown), "binding")).map(asValues);
  return listOf(own(source.after ?? {}, "binding")).flatMap((each, at) => {
    const binding = asValues(each);
    const marks = unknown[at] ?? {};
    const role = isMarked(marks, "role") ? nobodyKnows : plain(own(binding, "role"), isSensitive);
    const known = listOf(own(binding, "members")).flatMap((member) =>
      typeof member === "string" ? [plain(member, isSensitive)] : [],
    );
    // Which of its blocks an expression of the configuration belongs to is not told.
    const members = [...known, ...(isMarked(marks, "members") ? [nobodyKnows] : [])].map((member) => ({
      ...member,
      isAssumed,
    }));
    const condition = isMarked(marks, "condition") ? UNKNOWN_CONDITION : conditionIn(binding);
    return members.map((member) => ({ ...base, role, member, condition }));
  });
}

function isWholly(marks: unknown, argument: string): boolean {
  return marks === true || own(asValues(marks), argument) === true;
}

function unknownGrant(base: Base): PlanGrant {
  return { ...base, role: nobodyKnows, member: nobodyKnows, condition: null };
}

function policyGrants(data: unknown, isSensitive: boolean, base: Base): readonly PlanGrant[] {
  const policy = parsePolicy(data);
  if (policy === undefined || !isReadable(policy)) return [unknownGrant(base)];
  return listOf(policy["bindings"]).flatMap((each) => {
    const binding = asValues(each);
    const role = plain(own(binding, "role"), isSensitive);
    const expression = own(asValues(own(binding, "condition")), "expression");
    const condition = typeof expression === "string" ? expression : null;
    return listOf(own(binding, "members")).map((member): PlanGrant => ({
      ...base,
      role,
      member: plain(member, isSensitive),
      condition,
    }));
  });
}

/** Whether its bindings are lists: what is passed over would look like nothing. */
function isReadable(policy: Values): boolean {
  const bindings = policy["bindings"] ?? [];
  return Array.isArray(bindings) && bindings.every((each) => Array.isArray(asValues(each)["members"] ?? []));
}

function parsePolicy(data: unknown): Values | undefined {
  // An empty text is an empty policy to the provider.
  if (data === "") return {};
  try {
    const policy: unknown = JSON.parse(textOr(data));
    return typeof policy === "object" && policy !== null ? asValues(policy) : undefined;
  } catch {
    return undefined;
  }
}

function conditionAfter({ after, afterUnknown }: PlanChange): string | null {
  return isMarked(afterUnknown, "condition") ? UNKNOWN_CONDITION : conditionIn(after ?? {});
}

/** Of the block `condition`, which a plan shows as a list, or as one object. */
function conditionIn(values: Values): string | null {
  const written = own(values, "condition");
  const [block] = Array.isArray(written) ? listOf(written) : [written];
  if (typeof block !== "object" || block === null) return null;
  return textOr(own(asValues(block), "expression"), UNKNOWN_CONDITION);
}
