import type { Hop } from "../access/access.ts";
import type { GrantSaying } from "./grant-drafts.ts";
import type { Live } from "./drift-context.ts";
import { ownsRow } from "./terraform-owns.ts";

/** A member that Terraform put into the row before: the outstanding apply takes it away. */
export function removalPending(
  { level, resource, role, member, condition }: Hop,
  { declared }: Live,
): Pick<GrantSaying, "pending"> {
  if (
    declared === undefined ||
    !ownsRow(declared) ||
    level !== "service" ||
    role !== declared.invokerRole ||
    member === null ||
    // The row of Terraform is that without a condition.
    condition !== null
  )
    return {};
  return { pending: { kind: "removal", stack: declared.project.stack, resource, role, member } };
}
