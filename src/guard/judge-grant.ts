import { mayCall } from "../access/grants.ts";
import { type Member, parseMember } from "../access/member.ts";
import { isManagedGrant } from "../access/service-agents.ts";
import { IMPERSONATOR_ROLE } from "../federation/federation.ts";
import { IAP_ROLE } from "../drift/drift-context.ts";
import type { DeclaredAccess, DeclaredRow } from "./declared-access.ts";
import { grantSteps, type GrantStep } from "./grant-steps.ts";
import {
  type GuardContext,
  grantKey,
  isOwn,
  resourceOf,
  shown,
  type Whereabouts,
  whereabouts,
} from "./guard-context.ts";
import type { GuardDraft } from "./guard-draft.ts";
import { guardRules } from "./guard-rules.ts";
import type { PlanGrant } from "./plan-grant.ts";
import { grantFix, writeGrant } from "./write-grant.ts";

/** What becomes of a grant. Harmless: its role carries nothing that matters there. */
export type GrantVerdict = GuardDraft | "declared" | "elsewhere" | "harmless";

/** A grant as the matrix sees it. */
export interface SeenGrant {
  readonly grant: PlanGrant;
  readonly where: Exclude<Whereabouts, { readonly kind: "elsewhere" }>;
  /** By its id; undefined where it is not known. */
  readonly resource: string | undefined;
  /** The service of the matrix whose policy it is in. */
  readonly row: DeclaredRow | undefined;
  readonly member: Member | undefined;
}

/** Whether a grant of a plan is access that the matrix declares, and if not, what to say. */
export function judgeGrant(grant: PlanGrant, context: GuardContext): GrantVerdict {
  const { declared, roles } = context;
  const where = whereabouts(grant.target, declared);
  if (where.kind === "elsewhere") return "elsewhere";
  const resource = resourceOf(grant.target, declared);
  const seen: SeenGrant = {
    grant,
    where,
    resource,
    row: resource === undefined ? undefined : declared.rows.get(resource),
    member: grant.member.text === undefined ? undefined : parseMember(grant.member.text),
  };
  const { role } = grant;
  if (isInherited(seen, declared) || isManaged(seen, declared)) return "declared";
  if (isOutsider(seen, context)) return "declared";
  const { opensNothing } = grant.target.parent;
  const isShut = grant.condition !== null && context.neverHolds(grant.condition);
  if (opensNothing !== undefined) return draft(seen, "plan-grants-nothing", context, { why: opensNothing });
  const judged = grantSteps(seen, declared).map((step) => ({
    step,
    carries: role.text === undefined ? ("unknown" as const) : roles.carries(role.text, step.permissions),
  }));
  // Steps that carry nothing need no word of a condition.
  if (isShut && judged.some(({ carries }) => carries !== "no"))
    return draft(seen, "plan-grants-nothing", context, { why: "its condition never holds" });
  const certain = judged.find(({ carries }) => carries === "yes");
  const possible = judged.find(({ carries, step }) => carries === "unknown" && weight(step) === "error");
  // Of two ways the graver one is told: that an unknown role may invoke outweighs that it lets run.
  if (certain !== undefined && (possible === undefined || weight(certain.step) === "error")) {
    const found = judgeStep(seen, certain.step, context);
    const writes = judged.find(({ step, carries }) => step.rule === "plan-writes-policy" && carries === "yes");
    // Whoever is let in anyway is not yet meant to let in others.
    return typeof found === "object" && found.rule === "plan-grants-beyond" && writes !== undefined
      ? judgeStep(seen, writes.step, context)
      : found;
  }
  if (possible !== undefined) {
    if (isDeclaredMember(seen)) return "declared";
    return draft(seen, role.text === undefined ? "plan-unknown-grant" : "plan-unknown-role", context, {
      certainty: "unknown",
    });
  }
  return "harmless";
}

function weight({ rule }: GrantStep): string {
  return guardRules[rule].severity;
}

function judgeStep(seen: SeenGrant, step: GrantStep, context: GuardContext): GrantVerdict {
  const { member, row, grant } = seen;
  const isError = weight(step) === "error";
  if (member === undefined || (seen.where.kind === "unknown" && isError) || (seen.resource === undefined && isError))
    return isError
      ? draft(seen, "plan-unknown-grant", context, { certainty: "unknown" })
      : draft(seen, step.rule, context, { certainty: "unknown" });
  const [permission = ""] = step.permissions;
  if (!mayCall(member, permission)) {
    const why = member.kind === "deleted" ? "it is deleted" : "Cloud Run takes no tokens of such identities";
    return draft(seen, "plan-grants-nothing", context, { why });
  }
  if (step.rule === "plan-impersonates" && isSelf(seen)) {
    return draft(seen, "plan-grants-nothing", context, { why: "an account needs no grant to act as itself" });
  }
  if (step.rule === "plan-passes-iap") return judgeIap(seen, context);
  if (step.rule !== "plan-grants-undeclared") return draft(seen, ruleFor(member, step), context, {});
  if (isDeclaredMember(seen)) {
    const isRow = grant.role.text === row?.service.invokerRole && grant.condition === null;
    return isRow ? "declared" : draft(seen, "plan-grants-beyond", context, {});
  }
  const isPublic = row?.service.public !== undefined && row.service.stage !== "retiring";
  return draft(
    seen,
    isPublic && member.kind === "allUsers" ? "plan-grants-beyond" : ruleFor(member, step),
    context,
    {},
  );
}

function ruleFor({ kind }: Member, { rule }: GrantStep): GuardDraft["rule"] {
  const isEverybody = kind === "allUsers" || kind === "allAuthenticatedUsers";
  return isEverybody && rule === "plan-grants-undeclared" ? "plan-grants-public" : rule;
}

function judgeIap(seen: SeenGrant, context: GuardContext): GrantVerdict {
  const { row, grant, member } = seen;
  const isRow = grant.role.text === IAP_ROLE && grant.condition === null;
  if (row !== undefined && member !== undefined && row.throughIap.has(member.principal))
    return isRow ? "declared" : draft(seen, "plan-grants-beyond", context, {});
  // Whether the proxy stands before a service of which the matrix says nothing, the plan does not tell.
  const isCertain = grant.target.parent.argument === undefined || row?.service.iap !== undefined;
  return draft(seen, "plan-passes-iap", context, isCertain ? {} : { certainty: "possible" });
}

function isDeclaredMember({ row, member }: SeenGrant): boolean {
  return row !== undefined && member !== undefined && row.members.has(member.principal);
}

function isSelf({ grant, member }: SeenGrant): boolean {
  return member?.kind === "serviceAccount" && grant.target.resource?.endsWith(`/${member.email}`) === true;
}

function isInherited({ grant, resource, member }: SeenGrant, { inheritedBy }: DeclaredAccess): boolean {
  const { role, target } = grant;
  // What stands on a service itself is declared by an edge, or not at all.
  if (target.parent.level === "service" || target.parent.level === "job") return false;
  if (resource === undefined || role.text === undefined || member === undefined) return false;
  return inheritedBy(resource, role.text, member.principal) !== undefined;
}

/** Google's own agents at their work. */
function isManaged({ grant, where, member }: SeenGrant, declared: DeclaredAccess): boolean {
  if (member?.kind !== "serviceAccount" || grant.role.text === undefined || where.kind !== "inside") return false;
  const { level } = grant.target.parent;
  if (level !== "service" && level !== "job" && level !== "project") return false;
  const number = declared.projects.get(where.project)?.number;
  return isManagedGrant(member.email, grant.role.text, { level: level === "project" ? "project" : "service", number });
}

/**
 * Whom the matrix lets act as an account from outside. Where a stack of the matrix makes the pool in the same plan, the
 * number in the pool's name is known after apply only; it is taken for what it refers to, unless that is not wanted.
 */
function isOutsider({ grant, resource, member }: SeenGrant, context: GuardContext): boolean {
  if (grant.target.parent.level !== "account" || grant.condition !== null || resource === undefined) return false;
  const { outsiders } = context.declared;
  const email = resource.slice(resource.lastIndexOf("/") + 1);
  if (member !== undefined) return outsiders.declares(email, grant.role.text ?? "", member.principal);
  return (
    !context.isStrict &&
    grant.role.text === IMPERSONATOR_ROLE &&
    outsiders.isActedAs(email) &&
    isOwn(context, grant.change)
  );
}

interface More {
  readonly certainty?: GuardDraft["certainty"];
  readonly why?: string;
}

function draft(seen: SeenGrant, rule: GuardDraft["rule"], context: GuardContext, { certainty, why }: More): GuardDraft {
  const { grant, where, resource, row } = seen;
  const { role, member, target, condition, change } = grant;
  const key = grantKey(grant, context.declared);
  const fix = grantFix(seen, rule, context);
  const isMaybe = where.kind === "above" && !where.isCertain;
  const isOpen = condition === null || context.evaluate(condition) === "true";
  return {
    rule,
    certainty: certainty ?? (isMaybe ? "possible" : isOpen ? "certain" : "conditional"),
    already: change.action === "no-op" || (key !== undefined && context.standing.has(key)),
    change,
    environments: where.kind === "unknown" ? [] : where.environments,
    names: namesOf(seen, context),
    principal: member.isSensitive ? null : (seen.member?.principal ?? null),
    role: role.isSensitive ? null : (role.text ?? null),
    resource: target.isSensitive ? null : (resource ?? null),
    // Where anything of it is sensitive, the condition may be too.
    condition: member.isSensitive || role.isSensitive || target.isSensitive ? null : condition,
    message: writeGrant(seen, rule, {
      who: shown({ ...member, text: seen.member?.principal }, "a principal"),
      role: shown(role, "a role"),
      on: shown({ text: resource, isSensitive: target.isSensitive }, "a resource"),
      why,
    }),
    ...(fix === undefined ? {} : { fix }),
    at: row?.service.declared.place ?? placeOf(seen, context),
  };
}

function namesOf({ row, grant, resource }: SeenGrant, { declared }: GuardContext): readonly string[] {
  if (row !== undefined) return [row.service.key];
  if (grant.target.parent.level !== "account" || resource === undefined) return [];
  return declared.accounts.get(resource.split("/").at(-1) ?? "")?.names ?? [];
}

function placeOf({ grant, where, resource }: SeenGrant, { declared }: GuardContext): GuardDraft["at"] {
  if (grant.target.parent.level === "account" && resource !== undefined)
    return declared.accounts.get(resource.split("/").at(-1) ?? "")?.place;
  return where.kind === "inside" ? declared.projects.get(where.project)?.place : undefined;
}
