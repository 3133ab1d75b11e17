import type { Hop } from "../access/access.ts";
import type { GrantSaying } from "./grant-drafts.ts";
import { parseMember } from "../access/member.ts";
import { type DriftContext, IAP_ROLE, type Live } from "./drift-context.ts";
import { ownsRow } from "./terraform-owns.ts";

/**
 * A member that Terraform put into the row before: the outstanding apply takes it away. A state that was refreshed holds
 * whatever was in the row, so that only identities of the matrix are believed to have been put there by it.
 */
export function removalPending(
  { level, resource, role, member, condition }: Hop,
  { declared, service }: Live,
  { names }: DriftContext,
): Pick<GrantSaying, "pending"> {
  const isRow =
    (level === "service" && role === declared?.invokerRole) ||
    (level === "iap" && resource === service.record.iap?.resource && role === IAP_ROLE && declared?.iap === "service");
  if (
    declared === undefined ||
    !ownsRow(declared) ||
    !isRow ||
    role === null ||
    member === null ||
    names.namesOf(parseMember(member).principal).length === 0 ||
    // The row of Terraform is that without a condition.
    condition !== null
  )
    return {};
  return { pending: { kind: "removal", stack: declared.project.stack, resource: service.resource, role, member } };
}
