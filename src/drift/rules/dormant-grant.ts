import type { OddGrant } from "../../access/access.ts";
import { isCovered } from "../grant-findings.ts";
import type { DriftContext } from "../drift-context.ts";
import type { DriftRule } from "../drift-rule.ts";
import { shortName, subject } from "../grant-drafts.ts";
import { draftsAbout } from "../odd-drafts.ts";
import { count } from "../../words/enumerate-words.ts";

/** Drift judges one moment. Who may call at night only would be found at night only. */
export const dormantGrant: DriftRule = {
  id: "dormant-grant",
  severity: "error",
  summary: "somebody may call at another time, by a grant that the matrix does not declare",
  criteria: ["CC6.1", "CC6.3"],
  *check(context) {
    yield* draftsAbout(openLater(context), context, (hop, services) => {
      const [only = ""] = services;
      const what = services.length === 1 ? shortName(only) : count(services.length, "service");
      return {
        confidence: "conditional",
        message: `${subject(hop.member ?? "", context)} may call ${what} through ${hop.role} on ${hop.resource} at another time: the condition of the grant does not hold now, and will (${hop.condition})`,
      };
    });
  },
};

/** Dormant grants, each with the services where it would be undeclared. */
function openLater(context: DriftContext): readonly OddGrant[] {
  return context.access.oddGrants.flatMap((grant) => {
    if (grant.oddity !== "dormant") return [];
    const path = { hops: [grant.hop], managed: false };
    const ring = grant.hop.level === "iap" ? "iap" : "direct";
    const services = grant.services.filter((service) => !isCovered(context.standingOf({ service, ring }, path)));
    return services.length === 0 ? [] : { ...grant, services };
  });
}
