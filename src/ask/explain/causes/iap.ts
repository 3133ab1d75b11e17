import type { Cause } from "../case.ts";

/** docs: /run/docs/securing/identity-aware-proxy-cloud-run — the proxy is asked first, and calls as its own agent. */
export const iap: Cause = {
  id: "iap",
  title: "Identity-Aware Proxy stands before it",
  statuses: [401, 403],
  needs: "live",
  find({ caller: { principal }, callee, isThroughIap, live }) {
    const behind = (live?.found ?? []).filter(({ service }) => service.record.iapEnabled);
    const barred = behind.filter(({ iap: row }) => row?.verdict !== "allowed");
    if (barred.length > 0)
      return {
        likelihood: barred.some(({ iap: row }) => row === undefined) ? "certain" : "likely",
        evidence: barred.map(({ region, iap: row }) =>
          row === undefined
            ? `the proxy is on in ${region}, and ${principal} has no roles/iap.httpsResourceAccessor there`
            : `the proxy is on in ${region}, and whether it lets ${principal} pass is ${row.verdict}`,
        ),
        fix: "grant roles/iap.httpsResourceAccessor on the proxy, and ask tokens for its OAuth client ID; or turn the proxy off",
      };
    if (behind.length > 0)
      return {
        likelihood: "possible",
        evidence: [`the proxy is on in ${behind.map(({ region }) => region).join(", ")}, and lets ${principal} pass`],
        fix: "ask tokens for the proxy's OAuth client ID, not for the URL of the service",
      };
    return callee.service?.iap === "load-balancer" && isThroughIap
      ? {
          likelihood: "possible",
          evidence: ["by the matrix the call comes through a proxy on the load balancer, whose policy was not read"],
          fix: "look at the policy of the load balancer's backend: gcloud iap web get-iam-policy",
        }
      : undefined;
  },
};
