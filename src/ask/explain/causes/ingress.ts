import { calleeKinds } from "../../../callees/registry.ts";
import type { Case, Cause } from "../case.ts";

/** docs: /run/docs/troubleshooting — what ingress keeps out gets 404, and no request is logged. */
export const ingress: Cause = {
  id: "ingress",
  title: "ingress keeps the call out",
  statuses: [404],
  needs: "live",
  find(of) {
    const shut = (of.live?.found ?? []).filter(
      ({ service: { record } }) =>
        calleeKinds[record.kind].takesRequests && record.ingress !== "all" && record.ingress !== "unknown",
    );
    if (shut.length === 0) return undefined;
    const isNone = shut.every(({ service }) => service.record.ingress === "none");
    const where = whereFrom(of);
    return {
      likelihood: isNone ? "certain" : where === undefined ? "possible" : "likely",
      evidence: [
        ...shut.map(({ region, service }) => `its ingress in ${region} is ${service.record.ingress}`),
        ...(where === undefined || isNone ? [] : [where]),
      ],
      fix: isNone
        ? "open its ingress: nothing at all comes in"
        : "send the call from inside: with all egress of the caller through the VPC (--vpc-egress=all-traffic) and Private Google Access, or through the internal or external load balancer; else widen the ingress in the matrix",
    };
  },
};

/** What is known of where the call comes from; no snapshot says which way a service sends its calls. */
function whereFrom({ caller: { name, service, other, principal }, callee }: Case): string | undefined {
  const kind = other?.kind;
  if (principal.startsWith("user:") || principal.startsWith("group:") || kind === "user" || kind === "group")
    return "people call from outside, unless they come over a VPN";
  const to = callee.service?.project.id;
  if (service !== undefined && to !== undefined && service.project.id !== to)
    return `${name} runs in ${service.project.id}, and the service in ${to}: only calls through the VPC count as internal`;
  return undefined;
}
