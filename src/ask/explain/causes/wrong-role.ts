import { calleeKinds } from "../../../callees/registry.ts";
import { parseMember } from "../../../access/member.ts";
import { valueOf } from "../../../snapshot/value-of.ts";
import type { Cause } from "../case.ts";

/** A role that lets one see or change a service does not let one call it. */
export const wrongRole: Cause = {
  id: "wrong-role",
  title: "the caller's role does not carry the permission",
  statuses: [403],
  needs: "live",
  find({ caller: { principal }, callee, live }) {
    const { permission } = calleeKinds[callee.kind];
    const evidence = (live?.found ?? []).flatMap(({ verdict, service }) => {
      if (verdict !== "no") return [];
      const bindings = valueOf(service.record.policy)?.bindings ?? [];
      const roles = bindings.filter(
        ({ role, members }) =>
          live?.snapshot.roles.some(
            ({ name, permissions: held }) =>
              name === role && held.status === "read" && !held.value.includes(permission),
          ) === true && members.some((member) => parseMember(member).principal === principal),
      );
      return [...new Set(roles.map(({ role }) => role))].map(
        (role) => `${principal} has ${role} on ${service.resource}, and that role lacks ${permission}`,
      );
    });
    if (evidence.length === 0) return undefined;
    const role = callee.service?.invokerRole ?? calleeKinds[callee.kind].roles.usual;
    return { likelihood: "certain", evidence, fix: `grant ${role} instead` };
  },
};
