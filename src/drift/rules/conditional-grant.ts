import type { DriftRule } from "../drift-rule.ts";
import { about, subject } from "../grant-drafts.ts";
import { directGrants } from "../direct-grants.ts";
import { removeCommand } from "../remove-command.ts";

/**
 * Terraform reads Cloud Run's policies below version 3 and does not see conditions (provider
 * google/services/cloudrunv2, hashicorp/google 6.50 and 7.45): a row with one is misread, or its apply fails.
 */
export const conditionalGrant: DriftRule = {
  id: "conditional-grant",
  severity: "warning",
  summary: "a grant on a service has a condition, which Terraform cannot see",
  criteria: ["CC6.1", "CC8.1"],
  *check(context) {
    for (const { grant, places, first } of directGrants(context)) {
      if (grant.hop.condition === null) continue;
      const fix = removeCommand(grant.hop);
      yield {
        ...about(grant, places, context),
        message: `the grant of ${grant.hop.role} on ${first.live.name} to ${subject(grant.principal, context)} has a condition: ${grant.hop.condition}`,
        ...(fix === undefined ? {} : { fix }),
      };
    }
  },
};
