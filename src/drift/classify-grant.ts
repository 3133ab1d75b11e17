import { parseMember } from "../access/member.ts";
import { isAgentRole, isOrdinaryAccount } from "../access/service-agents.ts";
import type { DriftRuleId } from "../matrix/rules/drift-rule-ids.ts";
import { type DriftContext, IAP_ROLE } from "./drift-context.ts";
import type { GrantAt, OpenGrant } from "./grant-findings.ts";
import { lapsedEdge, lapsedPreviousAccount } from "./lapsed.ts";

/** The rules that tell undeclared ways in apart. */
export type GrantRuleId = Extract<
  DriftRuleId,
  | "public-undeclared"
  | "invoker-check-disabled"
  | "undeclared-caller"
  | "undeclared-caller-inherited"
  | "undeclared-caller-other-role"
  | "agent-role-on-other"
  | "expired-grant"
  | "expired-previous-account"
  | "service-not-in-matrix"
>;

/** Which rule an undeclared way in belongs to, at one service: exactly one. */
export function classifyGrant({ hop, principal }: OpenGrant, at: GrantAt, context: DriftContext): GrantRuleId {
  const { declared } = at.live;
  if (hop.kind === "invoker-check") return "invoker-check-disabled";
  if (principal === "allUsers" || principal === "allAuthenticatedUsers") return "public-undeclared";
  const member = parseMember(principal);
  if (
    hop.role !== null &&
    isAgentRole(hop.role) &&
    (member.kind !== "serviceAccount" || isOrdinaryAccount(member.email))
  )
    return "agent-role-on-other";
  const isOwn =
    hop.level === "service" || (hop.level === "iap" && hop.resource === at.live.service.record.iap?.resource);
  if (!isOwn) return "undeclared-caller-inherited";
  if (declared === undefined) return "service-not-in-matrix";
  const role = hop.level === "iap" ? IAP_ROLE : declared.invokerRole;
  if (hop.role !== role) return "undeclared-caller-other-role";
  if (lapsedEdge(principal, declared.key, context) !== undefined) return "expired-grant";
  if (lapsedPreviousAccount(principal, declared.key, context) !== undefined) return "expired-previous-account";
  return "undeclared-caller";
}
