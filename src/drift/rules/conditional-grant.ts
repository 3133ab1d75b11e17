import type { Hop, Path } from "../../access/access.ts";
import { parseMember } from "../../access/member.ts";
import type { DriftContext, Live } from "../drift-context.ts";
import type { DriftRule } from "../drift-rule.ts";
import { subject } from "../grant-drafts.ts";
import { grantIdentity } from "../grant-findings.ts";
import { removeCommand } from "../remove-command.ts";
import { ownsRow } from "../terraform-owns.ts";
import { valueOf } from "../../snapshot/value-of.ts";

/**
 * Terraform reads Cloud Run's policies below version 3 and does not see conditions (provider
 * google/services/cloudrunv2, hashicorp/google 6.50 and 7.45): a row with one is misread, or its apply fails. That is
 * so whatever the role, and also while the condition does not hold.
 */
export const conditionalGrant: DriftRule = {
  id: "conditional-grant",
  severity: "warning",
  summary: "a grant on a service has a condition, which Terraform cannot see",
  criteria: ["CC6.1", "CC8.1"],
  *check(context) {
    for (const live of context.live) {
      const { declared, name } = live;
      // Of services that are not in the matrix it is enough to say that.
      if (declared === undefined) continue;
      for (const hop of conditionalHops(live)) {
        const { principal } = parseMember(hop.member ?? "");
        const [caller] = context.names.namesOf(principal);
        const fix = fixOf(hop, principal, live, context);
        yield {
          message: `the grant of ${hop.role} on ${name} to ${subject(principal, context)} has a condition, which Terraform cannot see: ${hop.condition}`,
          ...(fix === undefined ? {} : { fix }),
          services: [name],
          principal,
          ...(caller === undefined ? {} : { caller }),
          resource: hop.resource,
          ...(hop.role === null ? {} : { role: hop.role }),
          paths: [{ hops: [hop], allow: allowOf(hop, live, context), managed: false }],
          identity: [principal, ...grantIdentity(hop)],
          at: declared.declared.place,
        };
      }
    }
  },
};

/** The conditional grants of a service's own policy, each once. */
function conditionalHops({ service }: Live): readonly Hop[] {
  const hops = new Map<string, Hop>();
  for (const { role, members, condition } of valueOf(service.record.policy)?.bindings ?? []) {
    if (condition === undefined) continue;
    for (const member of members) {
      const { resource } = service;
      const hop: Hop = { kind: "binding", level: "service", resource, role, member, condition: condition.expression };
      hops.set(JSON.stringify([role, member, condition.expression]), hop);
    }
  }
  return [...hops.values()];
}

/** How sure the way in is that it opens; one that opens nothing today may do so tomorrow. */
function allowOf(hop: Hop, { service }: Live, { rowsOf }: DriftContext): Path["allow"] {
  const path = rowsOf(service)
    .flatMap(({ paths }) => paths)
    .find(
      ({ hops: [first, ...others] }) =>
        first !== undefined &&
        others.length === 0 &&
        JSON.stringify(grantIdentity(first)) === JSON.stringify(grantIdentity(hop)),
    );
  return path?.allow ?? "conditional";
}

function fixOf(hop: Hop, principal: string, { declared }: Live, context: DriftContext): string | undefined {
  const remove = removeCommand(hop);
  const isMember =
    declared !== undefined &&
    hop.role === declared.invokerRole &&
    context.declaredMembers(declared.key).has(principal) &&
    ownsRow(declared);
  // The command takes the role away with and without the condition.
  return remove === undefined || !isMember
    ? remove
    : `${remove}; then apply what matrix synth writes, which grants it without a condition`;
}
