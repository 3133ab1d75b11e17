import type { Cause } from "../case.ts";

/** docs: /iam/docs/deny-overview — a deny policy wins over every grant. */
export const denyPolicy: Cause = {
  id: "deny-policy",
  title: "a deny policy stops the caller",
  statuses: [403],
  needs: "live",
  find({ caller: { principal }, live }) {
    const found = live?.found ?? [];
    const denied = found.filter(({ direct, iap }) => (direct ?? iap)?.verdict === "denied");
    return denied.length === 0
      ? undefined
      : {
          likelihood: "certain",
          evidence: denied.map(({ service }) => `a deny policy above ${service.resource} names ${principal}`),
          fix: "correct the deny policy, or delete the edge",
        };
  },
};
