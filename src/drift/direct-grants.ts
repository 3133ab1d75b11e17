import { parseMember } from "../access/member.ts";
import type { DriftContext } from "./drift-context.ts";
import type { GrantAt, OpenGrant } from "./grant-findings.ts";

/** Every grant on a service itself that opens it, declared or not. */
export function* directGrants(
  context: DriftContext,
): Iterable<{ readonly grant: OpenGrant; readonly places: readonly GrantAt[]; readonly first: GrantAt }> {
  for (const live of context.live) {
    for (const row of context.rowsOf(live.service)) {
      if (row.ring === "indirect" || row.verdict === "denied") continue;
      for (const path of row.paths) {
        const [hop] = path.hops;
        if (hop === undefined || hop.kind !== "binding" || path.hops.length > 1) continue;
        if (hop.level !== "service" && hop.resource !== live.service.record.iap?.resource) continue;
        const first = { live, row, path };
        const principal = parseMember(hop.member ?? "").principal;
        yield { grant: { hop, principal, undeclared: [first], beside: [] }, places: [first], first };
      }
    }
  }
}
