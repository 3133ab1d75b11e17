import type { Cause } from "../case.ts";

const SHOWN = 5;

/** The right grant at the wrong place looks like a grant to whoever made it. */
export const bindingElsewhere: Cause = {
  id: "binding-elsewhere",
  title: "the caller's binding is on another service or region",
  statuses: [403],
  needs: "live",
  find({ caller: { principal }, callee, live }) {
    if (live === null || !live.found.some(({ verdict }) => verdict === "no")) return undefined;
    const here = new Set(live.found.map(({ service }) => service));
    const held = live.view.services.filter((service) => {
      const row = live.view.rowOf(principal, service, "direct");
      return row?.principal === principal && row.paths.some(({ hops: [hop] }) => hop?.level === "service");
    });
    const inOtherRegion = held.filter((service) => here.has(service));
    const elsewhere = held.filter((service) => !here.has(service));
    const similar = elsewhere.filter(({ record }) => here.size > 0 && isAlike(record.name, callee.name));
    const near = [...inOtherRegion, ...similar];
    const shown = near.length > 0 ? near : elsewhere;
    if (shown.length === 0) return undefined;
    const more = shown.length > SHOWN ? [`and on ${shown.length - SHOWN} more`] : [];
    return {
      likelihood: near.length > 0 ? "likely" : "possible",
      evidence: [
        ...shown.slice(0, SHOWN).map(({ resource }) => `${principal} holds a binding on ${resource}`),
        ...more,
      ],
      fix: "call the service where the binding is, or grant it where the call goes: each region has a policy of its own",
    };
  },
};

/** Names that people take for each other: one within the other. */
function isAlike(one: string, other: string): boolean {
  return one.includes(other) || other.includes(one);
}
