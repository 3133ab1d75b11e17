import type { DriftRule } from "../drift-rule.ts";
import { oddDrafts } from "../odd-drafts.ts";

/** docs: /iam/docs/federated-identity-supported-services — such callers act as a service account instead. */
export const deadFederatedGrant: DriftRule = {
  id: "dead-federated-grant",
  severity: "warning",
  summary: "a grant names a federated identity, which Cloud Run does not take",
  criteria: ["CC6.1"],
  *check(context) {
    yield* oddDrafts(context, "federated", (hop) => ({
      message: `${hop.role} on ${hop.resource} names ${hop.member}, and Cloud Run takes no federated identity: it must act as a service account`,
    }));
  },
};
