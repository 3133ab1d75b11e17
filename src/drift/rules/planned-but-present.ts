import type { DriftRule } from "../drift-rule.ts";

/** While it is planned, Terraform holds no row for it: whoever may call it may do so unseen. */
export const plannedButPresent: DriftRule = {
  id: "planned-but-present",
  severity: "warning",
  summary: "a service that the matrix only plans is deployed",
  criteria: ["CC8.1"],
  *check({ live, world }) {
    for (const { declared, service, name } of live) {
      if (declared?.stage !== "planned") continue;
      yield {
        message: `${name} is deployed in ${service.record.region}, and the matrix only plans it`,
        fix: `delete ${world.environment.name} from its planned, so that its row is enforced`,
        services: [name],
        resource: service.resource,
        identity: [service.resource],
        at: declared.declared.place,
      };
    }
  },
};
