import { parseMember } from "../../../access/member.ts";
import { valueOf } from "../../../snapshot/value-of.ts";
import type { Policy } from "../../../snapshot/snapshot.ts";
import { formatInstant } from "../../../time/instant.ts";
import type { Cause } from "../case.ts";

/** A binding counts only while its condition holds. */
export const condition: Cause = {
  id: "condition",
  title: "the binding's condition does not hold",
  statuses: [403],
  needs: "live",
  find({ caller, live, matrix }) {
    if (live === null) return undefined;
    const open = live.found.filter(({ verdict }) => verdict !== "allowed");
    const evidence = open.flatMap(({ service, direct }) => {
      const standing = new Set((direct?.paths ?? []).flatMap(({ hops }) => hops.map((hop) => hop.condition)));
      const places = [
        { resource: service.resource, policy: valueOf(service.record.policy) },
        ...live.snapshot.containers.map(({ resource, policy }) => ({ resource, policy: valueOf(policy) })),
      ];
      return places.flatMap(({ resource, policy }) =>
        conditionsOn(policy, caller.principal).map(({ role, expression }) =>
          standing.has(expression)
            ? `${role} on ${resource} holds only if ${expression}, which hangs on the call`
            : `${role} on ${resource} holds only if ${expression}, which does not hold at ${formatInstant(matrix.asOf)}`,
        ),
      );
    });
    const [first] = evidence;
    if (first === undefined) return undefined;
    const isFailing = evidence.some((each) => each.includes("does not hold"));
    return {
      likelihood: isFailing ? "likely" : "possible",
      evidence: [...new Set(evidence)],
      fix: "change the condition or its date where the grant is made; an edge with `expires` makes one",
    };
  },
};

function conditionsOn(
  policy: Policy | undefined,
  principal: string,
): readonly { readonly role: string; readonly expression: string }[] {
  return (policy?.bindings ?? []).flatMap(({ role, members, condition: on }) =>
    on !== undefined && members.some((member) => parseMember(member).principal === principal)
      ? [{ role, expression: on.expression }]
      : [],
  );
}
