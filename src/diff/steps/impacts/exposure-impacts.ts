import { ingressWidth } from "../../../matrix/model/ingress-width.ts";
import type { Service } from "../../../matrix/model/world.ts";
import { resourcesOf } from "../../real-things.ts";
import { broadens, inEach, type Judge, type Judgement, narrows, neutral, strongest } from "../judgement.ts";

export const publicAdded: Judge = inEach(({ after }, { to, subject }) =>
  after.isPublic(to ?? subject ?? "") ? broadens("exposure-opened") : neutral,
);

export const publicRemoved: Judge = inEach(({ before }, { to, subject }, context) =>
  before.isPublic(context.earlier(to ?? subject ?? "")) ? narrows("exposure-closed") : neutral,
);

export const ingressChanged: Judge = inEach(({ before, after }, { subject }, context) => {
  const then = before.service(context.earlier(subject ?? ""));
  const now = after.service(subject ?? "");
  return then === undefined || now === undefined ? neutral : compareIngress(then, now);
});

function compareIngress(then: Service, now: Service): Judgement {
  const wider = ingressWidth(now.ingress) - ingressWidth(then.ingress);
  return wider > 0 ? broadens("exposure-opened") : wider < 0 ? narrows("exposure-closed") : neutral;
}

/**
 * In front of a service that everybody may call, Identity-Aware Proxy closes it; in front of another, its agent becomes
 * one more member of the row. On a load balancer it does not guard the service's own address.
 */
export const iapChanged: Judge = inEach(({ before, after }, { subject }, context) => {
  const then = before.service(context.earlier(subject ?? ""))?.iap;
  const now = after.service(subject ?? "")?.iap;
  return compareIap(then, now, after.isPublic(subject ?? ""));
});

function compareIap(then: Service["iap"], now: Service["iap"], isPublic: boolean): Judgement {
  if (then === now) return neutral;
  if (then !== undefined && now !== undefined) {
    if (!isPublic) return neutral;
    return now === "load-balancer" ? broadens("exposure-opened") : narrows("exposure-closed");
  }
  return (now === undefined) === isPublic ? broadens("exposure-opened") : narrows("exposure-closed");
}

/** What a new name opens of a Cloud Run resource that another name had: what there is of it is no new service. */
export const resourceTaken: Judge = inEach(({ after }, { subject }, { things }) => {
  const now = after.service(subject ?? "");
  if (now === undefined) return neutral;
  const opened = things.before.at(resourcesOf(now)).some(({ name: then }) => {
    if (!("regions" in then)) return false;
    const judgements = [compareIngress(then, now), compareIap(then.iap, now.iap, after.isPublic(now.key))];
    return strongest(judgements).impact === "broadens";
  });
  return opened ? broadens("exposure-opened") : neutral;
});
