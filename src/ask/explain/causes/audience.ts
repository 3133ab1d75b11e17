import { calleeKinds } from "../../../callees/registry.ts";
import { audienceUrl } from "../../../matrix/model/audience-url.ts";
import type { Case, Cause } from "../case.ts";

/**
 * docs: /run/docs/configuring/custom-audiences — a token is taken for a URL of the service or a custom audience, matched
 * exactly. What a slash or a path at the end does, no page says.
 */
export const audience: Cause = {
  id: "audience",
  title: "the token is for another audience",
  statuses: [401],
  needs: "nothing",
  find(of) {
    if (calleeKinds[of.callee.kind].credential === "access-token") return undefined;
    const accepted = acceptedBy(of);
    const list = accepted.length === 0 ? "none is known" : accepted.join(", ");
    const fix = `ask tokens for one of: ${list}`;
    if (of.audience === undefined)
      return {
        likelihood: "possible",
        evidence: [
          `it takes tokens for: ${list}`,
          "which one the caller asks for, nothing that was read says; give it with --audience",
        ],
        fix,
      };
    if (accepted.includes(of.audience)) return undefined;
    const isNear = accepted.some((each) => of.audience?.startsWith(`${each}/`) === true);
    return {
      // A list of URLs that was not read may lack the one.
      likelihood: isNear || of.live === null || accepted.length === 0 ? "likely" : "certain",
      evidence: [
        `${of.audience} is none that it takes: ${list}`,
        ...(isNear ? ["one of them with something behind it: custom audiences are matched exactly"] : []),
      ],
      fix,
    };
  },
};

function acceptedBy({ callee: { service }, live }: Case): readonly string[] {
  const found = live?.found ?? [];
  const read = found.flatMap(({ service: { record } }) => [...record.urls, ...record.audiences]);
  const derived = service === undefined ? [] : service.regions.flatMap((region) => audienceUrl(service, region) ?? []);
  return [...new Set(found.length > 0 ? read : derived)];
}
