import type { DriftRuleId } from "../../../src/matrix/rules/drift-rule-ids.ts";
import type { Snapshot } from "../../../src/snapshot/snapshot.ts";

/** A matrix, a live world that breaks a rule, and one that does not. The page about the rule shows the first two. */
export interface DriftCase {
  readonly rule: DriftRuleId;
  readonly matrix: string;
  readonly bad: Snapshot;
  /** What the bad world breaks as well. */
  readonly beside?: readonly DriftRuleId[];
  readonly good: Snapshot;
}

const HEAD = `version: 1
environments:
  prod: { project: acme-prod, number: "111111111111", regions: [europe-west1] }
`;

/** A matrix of the one environment that live worlds show. */
export function matrix(rest: string): string {
  return `${HEAD}${rest.trimStart()}`;
}

/** The smallest matrix with an edge. */
export const oneEdge = matrix(`
services:
  checkout: { owner: team-checkout }
  billing: { owner: team-payments }
trust:
  checkout -> billing: Charges cards
`);
