import type { DriftReport } from "../drift/drift-report.ts";
import type { World } from "../matrix/model/world.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import { countPopulation } from "./count-population.ts";
import { enforcementOf } from "./enforcement.ts";
import { matchApprovals } from "./match-approvals.ts";
import { scopePopulation } from "./scope-population.ts";
import type { EvidenceStatement, Recorded } from "./statement.ts";

export interface StatementInput {
  readonly recorded: Recorded;
  readonly snapshot: Snapshot;
  readonly world: World;
  readonly report: DriftReport;
  /** By their names in the pack. */
  readonly approvals: ReadonlyMap<string, string>;
  readonly withoutTerraform: string | null;
  readonly version: string;
}

/** What the population is, how it was counted, and what is missing from it. */
export function buildStatement(input: StatementInput): EvidenceStatement {
  const { recorded, snapshot, world, report, version } = input;
  const { complete, unread, horizon, unexpanded, builtInRoles } = report;
  return {
    schema: "matrix/evidence/v1",
    version,
    recorded,
    reading: {
      reader: snapshot.reader,
      startedAt: snapshot.startedAt,
      finishedAt: snapshot.finishedAt,
      version: snapshot.version,
      sha256: snapshot.sha256,
      endpoints: snapshot.endpoints,
      groups: snapshot.asked.groups,
    },
    scope: scopePopulation(snapshot, world),
    counts: countPopulation(snapshot, world),
    completeness: { complete, unread, horizon, unexpanded, builtInRoles },
    verdict: report.summary,
    enforcement: enforcementOf(world),
    approvals: matchApprovals(input.approvals, recorded.history),
    withoutTerraform: input.withoutTerraform,
  };
}
