import type { GuardContext } from "./guard-context.ts";
import type { GuardRuleId } from "./guard-rule-ids.ts";
import type { SeenGrant } from "./judge-grant.ts";

/** The parts of a sentence about a grant, without what is sensitive. */
export interface GrantWords {
  readonly who: string;
  readonly role: string;
  readonly on: string;
  readonly why: string | undefined;
}

/** What a grant comes to, in one sentence without a full stop. */
export function writeGrant(seen: SeenGrant, rule: GuardRuleId, { who, role, on, why }: GrantWords): string {
  const { grant, row } = seen;
  const what = row === undefined ? on : `${row.service.key} in ${row.world.environment.name}`;
  const by = row === undefined ? `${role}` : `${role} on ${on}`;
  const condition = grant.condition === null ? "" : ", under a condition";
  switch (rule) {
    case "plan-grants-public":
      return `lets ${who} invoke ${what} by ${by}${condition}, and the matrix does not declare it public`;
    case "plan-grants-undeclared":
      return `lets ${who} invoke ${what} by ${by}${condition}, and ${row === undefined ? "the matrix does not name the service" : "no edge says so"}`;
    case "plan-grants-inherited":
      return `lets ${who} invoke every service and job below ${on} by ${role}${condition}, and no inherited entry says so`;
    case "plan-passes-iap":
      return `lets ${who} through Identity-Aware Proxy to ${what} by ${by}${condition}, and the matrix does not say so`;
    case "plan-impersonates":
      return `lets ${who} act as ${accountWords(seen, on)} by ${role}${condition}`;
    case "plan-runs-as":
      return `lets ${who} run workloads as ${accountWords(seen, on)} by ${role}${condition}`;
    case "plan-writes-policy":
      if (grant.target.parent.level === "pool")
        return `lets ${who} change whom ${on} lets in by ${role}${condition}: they become callers`;
      return `lets ${who} change who may invoke ${row === undefined ? `what is below ${on}` : row.service.key} by ${role}${condition}`;
    case "plan-grants-beyond":
      return `gives ${who}, which may call ${what} anyway, ${by}${condition}: the access would outlast the edge`;
    case "plan-unknown-role":
      return `grants ${who} ${role} on ${on}, and it is not known what that role may do`;
    case "plan-unknown-grant":
      return `may grant access: it gives ${who} ${role} on ${on}`;
    default:
      return `grants ${who} ${role} on ${on}, which opens no service: ${why ?? ""}`;
  }
}

function accountWords({ grant }: SeenGrant, on: string): string {
  return grant.target.parent.level === "account" ? on : `every account below ${on}`;
}

/** What to do about it; undefined where there is nothing to do. */
export function grantFix(
  { grant, row, member }: SeenGrant,
  rule: GuardRuleId,
  context: GuardContext,
): string | undefined {
  const { address } = grant.change;
  const isShown = !grant.member.isSensitive && !grant.target.isSensitive && !grant.role.isSensitive;
  switch (rule) {
    case "plan-grants-undeclared": {
      if (row === undefined || member === undefined || !isShown)
        return `take ${address} out; or declare the service and its caller in the matrix`;
      const email = member.kind === "serviceAccount" ? member.email : "";
      const caller = context.declared.accounts.get(email)?.names[0] ?? "NAME";
      return `take ${address} out; or declare it under trust, "${caller} -> ${row.service.key}: { reason: WHY }", and let the matrix's stack grant it`;
    }
    case "plan-grants-public":
      if (row === undefined) return `take ${address} out`;
      return row.isSensitive
        ? `take ${address} out: ${row.service.key} is sensitive`
        : `take ${address} out; or, if everybody is meant to call ${row.service.key}, declare it public, with a reason`;
    case "plan-grants-inherited":
      return `take ${address} out, and grant it on the services that need it; or declare it under inherited, with its principal, role and place`;
    case "plan-passes-iap":
      return `take ${address} out; or declare an edge with through: iap`;
    case "plan-impersonates":
    case "plan-runs-as":
    case "plan-writes-policy":
      return `take ${address} out; or declare it under inherited, with its principal, role and place`;
    case "plan-grants-beyond":
      return `take ${address} out: the edge grants it`;
    case "plan-unknown-role":
      return "define the role in the same plan, or read it there with the data source google_iam_role";
    case "plan-unknown-grant":
      return `write ${address} so that the plan knows its values, such as the project of an account; or apply what it refers to first`;
    default:
      return undefined;
  }
}
