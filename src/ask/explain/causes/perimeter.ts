import type { Cause } from "../case.ts";

/** docs: /run/docs/troubleshooting — a 403 without an entry in the request log points to VPC Service Controls. */
export const perimeter: Cause = {
  id: "perimeter",
  title: "a service perimeter stops the call",
  statuses: [403],
  needs: "nothing",
  find: () => ({
    likelihood: "possible",
    evidence: [
      "perimeters of VPC Service Controls are not read; a 403 that the request log does not have points there",
    ],
    fix: "look for a violation in the audit log of VPC Service Controls",
  }),
};
