import { parseMember } from "../../access/member.ts";
import { isInheritedInForce } from "../../matrix/model/inherited-in-force.ts";
import type { DriftRule } from "../drift-rule.ts";

/** An entry that stands for nothing would accept the grant if it came back. */
export const inheritedWithoutGrant: DriftRule = {
  id: "inherited-without-grant",
  severity: "info",
  summary: "an inherited entry of the matrix names a grant that is not there",
  criteria: ["CC6.3"],
  *check({ matrix, snapshot }) {
    for (const { key, value, place } of matrix.inherited) {
      if (!isInheritedInForce(value, matrix.asOf)) continue;
      const { principal } = parseMember(value.principal);
      for (const at of value.at) {
        const policy = snapshot.containers.find(({ resource }) => resource === at)?.policy;
        // A policy that is not in the snapshot belongs to another environment, or was not read.
        if (policy?.status !== "read") continue;
        const isThere = policy.value.bindings.some(
          ({ role, members }) =>
            role === value.role && members.some((member) => parseMember(member).principal === principal),
        );
        if (isThere) continue;
        yield {
          message: `${principal} does not hold ${value.role} on ${at}, as the inherited entry ${key} says`,
          fix: "delete the entry, or correct it",
          services: [],
          principal,
          resource: at,
          role: value.role,
          identity: [key, at],
          at: place,
        };
      }
    }
  },
};
