import type { AttributedGrant, GrantMaker } from "../../drift/attribution.ts";
import type { DriftFinding } from "../../drift/drift-report.ts";
import { oneLine } from "../../words/brief.ts";

/** Gaps that are told of one grant. */
const SHOWN_GAPS = 3;

/** Who made the grants of a finding, a sentence each; none where nobody asked. */
export function describeAttribution({ attribution }: Pick<DriftFinding, "attribution">): readonly string[] {
  const grants = attribution?.grants ?? [];
  return grants.map((grant) => `${grants.length === 1 ? "" : `${nameOf(grant)}: `}${describeGrant(grant)}`);
}

function describeGrant({ made, gaps }: AttributedGrant): string {
  if (made !== null) return describeMaker(made);
  const more = gaps.length <= SHOWN_GAPS ? [] : [`${gaps.length - SHOWN_GAPS} more`];
  const why = gaps.length === 0 ? "" : ` (gaps: ${[...gaps.slice(0, SHOWN_GAPS), ...more].join("; ")})`;
  return `granted by somebody who is not in the log that was read${why}`;
}

/** In the words of matrix changes. Only an applier that somebody named is one. */
function describeMaker({ at, principal, delegation, userAgent, isApplier, isSure }: GrantMaker): string {
  const who = principal ?? "somebody whom the log does not name";
  const kind = isApplier ? "the applier" : "by hand or unknown applier";
  const through = delegation.length === 0 ? "" : `, impersonated by ${delegation.join(", then ")}`;
  const hint = userAgent === null ? "" : `, client says ${userAgent}`;
  const doubt = isSure ? "" : "; or by an entry before that, which is missing";
  return oneLine(`granted at ${at} by ${who} (${kind})${through}${hint}${doubt}`);
}

function nameOf({ resource, role, member }: AttributedGrant): string {
  return `${role} at ${resource} to ${member}`;
}
