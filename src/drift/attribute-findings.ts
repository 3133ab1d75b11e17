import type { Hop } from "../access/access.ts";
import type { AttributedGrant, FindingAttribution, GrantMaker } from "./attribution.ts";
import type { DriftFinding, DriftReport } from "./drift-report.ts";

/** A binding of one member, as a path names it. */
export type NamedGrant = Pick<AttributedGrant, "resource" | "role" | "member" | "condition">;

/** What some logs say of grants. */
export interface GrantMakers {
  /** Undefined where no entry says it. */
  readonly makerOf: (grant: NamedGrant) => GrantMaker | undefined;
  /** Why there may be an entry that was not read, a sentence each. */
  readonly gapsOf: (grant: NamedGrant) => readonly string[];
}

/** A report that says of each undeclared grant who made it. Findings stay what they are, and so do their fingerprints. */
export function attributeFindings(report: DriftReport, makers: GrantMakers): DriftReport {
  return {
    ...report,
    findings: report.findings.map((finding) => ({ ...finding, attribution: attributionOf(finding, makers) })),
  };
}

/** Null for a finding that is about no grant. */
function attributionOf(finding: DriftFinding, { makerOf, gapsOf }: GrantMakers): FindingAttribution | null {
  const grants = grantsOf(finding).map((grant): AttributedGrant => {
    const made = makerOf(grant) ?? null;
    return { ...grant, made, gaps: made?.isSure === true ? [] : gapsOf(grant) };
  });
  return grants.length === 0 ? null : { grants };
}

/** The binding that the finding names; where it names none, every binding of its paths. Each once. */
function grantsOf({ paths, resource, role }: DriftFinding): readonly NamedGrant[] {
  const all = new Map<string, NamedGrant>();
  for (const hop of paths.flatMap(({ hops }) => hops)) {
    const grant = grantOf(hop);
    if (grant !== undefined) all.set(JSON.stringify(grant), grant);
  }
  const grants = [...all.values()];
  const own = grants.filter((grant) => grant.resource === resource && grant.role === role);
  return own.length > 0 ? own : grants;
}

function grantOf({ resource, role, member, condition }: Hop): NamedGrant | undefined {
  return role === null || member === null ? undefined : { resource, role, member, condition };
}
