import type { Ingress } from "../../../matrix/schema/generated/document.ts";
import { broadens, inEach, type Judge, narrows, neutral } from "../judgement.ts";

export const publicAdded: Judge = inEach(({ after }, { to, subject }) =>
  after.isPublic(to ?? subject ?? "") ? broadens("exposure-opened") : neutral,
);

export const publicRemoved: Judge = inEach(({ before }, { to, subject }, context) =>
  before.isPublic(context.earlier(to ?? subject ?? "")) ? narrows("exposure-closed") : neutral,
);

/** From where requests may arrive, the fewest places first (docs: /run/docs/securing/ingress). */
const widths: Readonly<Record<Ingress, number>> = { internal: 0, "internal-and-cloud-load-balancing": 1, all: 2 };

export const ingressChanged: Judge = inEach(({ before, after }, { subject }, context) => {
  const then = before.service(context.earlier(subject ?? ""));
  const now = after.service(subject ?? "");
  if (then === undefined || now === undefined) return neutral;
  const wider = widths[now.ingress] - widths[then.ingress];
  return wider > 0 ? broadens("exposure-opened") : wider < 0 ? narrows("exposure-closed") : neutral;
});

/**
 * In front of a service that everybody may call, Identity-Aware Proxy closes it; in front of another, its agent becomes
 * one more member of the row. On a load balancer it does not guard the service's own address.
 */
export const iapChanged: Judge = inEach(({ before, after }, { subject }, context) => {
  const then = before.service(context.earlier(subject ?? ""))?.iap;
  const now = after.service(subject ?? "")?.iap;
  if (then === now) return neutral;
  const isPublic = after.isPublic(subject ?? "");
  if (then !== undefined && now !== undefined) {
    if (!isPublic) return neutral;
    return now === "load-balancer" ? broadens("exposure-opened") : narrows("exposure-closed");
  }
  return (now === undefined) === isPublic ? broadens("exposure-opened") : narrows("exposure-closed");
});
