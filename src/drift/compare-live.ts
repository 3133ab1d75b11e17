import { evaluateAccess, listServices } from "../access/evaluate-access.ts";
import { serviceResource } from "../access/run-resource.ts";
import type { LiveService, Row } from "../access/access.ts";
import { holdsIn } from "../matrix/model/holds-in.ts";
import { selectorMatcher } from "../matrix/model/match-selector.ts";
import type { Matrix } from "../matrix/model/matrix.ts";
import type { Service, World } from "../matrix/model/world.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import type { Comparison } from "./comparison.ts";
import { assembleReport } from "./assemble-report.ts";
import { declaredFederation } from "./declared-federation.ts";
import { withUnreadFederation } from "./unread-federation.ts";
import { CallerNames } from "./caller-names.ts";
import { declaredMemberships, type DriftContext, type Live, standingJudge } from "./drift-context.ts";
import type { DriftReport } from "./drift-report.ts";
import { judgeFindings } from "./judge-findings.ts";
import { placesOfCallers } from "./places-of-callers.ts";

/** Compares what one environment of a matrix declares with what a snapshot shows. Pure. */
export function compareLive(given: Comparison): DriftReport {
  const comparison = {
    ...given,
    snapshot: { ...given.snapshot, asked: widenAsked(given.snapshot.asked, given.world) },
  };
  const { matrix, snapshot, world, indirect } = comparison;
  const declaredOf = declaredServices(world);
  const targets = indirect ? "all" : indirectTargets(comparison, declaredOf);
  const federation = declaredFederation(matrix, world, snapshot);
  const evaluated = evaluateAccess(snapshot, { asOf: matrix.asOf, indirect: targets });
  const access = { ...evaluated, unread: withUnreadFederation(evaluated.unread, federation, snapshot, world) };
  const live = access.services.map((service): Live => {
    const declared = declaredOf(service);
    return { service, declared, name: declared?.key ?? service.resource };
  });
  const byService = new Map(live.map((each) => [each.service, each]));
  const rowsOf = groupRows(access.rows);
  const accounts = new Map(snapshot.accounts.map((account) => [account.email, account]));
  const context: DriftContext = {
    matrix,
    world,
    snapshot,
    access,
    live,
    liveOf: (service) => byService.get(service) ?? { service, declared: undefined, name: service.resource },
    rowsOf,
    placesOf: placesOfCallers(live, rowsOf),
    accountOf: (email) => accounts.get(email),
    declaredMembers: declaredMemberships(matrix, world),
    names: new CallerNames(world),
    federation,
    standingOf: standingJudge(matrix, world, declaredOf, federation),
    indirect,
    isSensitive: sensitivity(matrix, world),
  };
  const findings = judgeFindings(context, comparison);
  return assembleReport(context, comparison, findings);
}

/**
 * What must have been read for this matrix: a project or scope that it has and the snapshot was not made for is unread,
 * not empty.
 */
function widenAsked(asked: Snapshot["asked"], { environment }: World): Snapshot["asked"] {
  return {
    ...asked,
    projects: [...new Set([...asked.projects, ...environment.projects.map(({ id }) => id)])],
    scope: [...new Set([...asked.scope, ...environment.scope])],
  };
}

/** Finds the service of the matrix that a live one is. Those that are gone from Terraform are none. */
function declaredServices(world: World): (service: LiveService) => Service | undefined {
  const declared = new Map<string, Service>();
  for (const service of world.services.values()) {
    if (service.stage === "gone") continue;
    for (const region of service.regions) {
      declared.set(serviceResource(service.project.id, { kind: service.kind, region, name: service.name }), service);
    }
  }
  return ({ resource }) => declared.get(resource);
}

function sensitivity({ sensitive, expand }: Matrix, world: World): (key: string) => boolean {
  return sensitive === undefined ? () => false : selectorMatcher(sensitive, world, expand);
}

/** The services to which indirect ways matter: sensitive ones, and those that a `never` rule protects. */
function indirectTargets(
  { matrix, world, snapshot }: Comparison,
  declaredOf: (service: LiveService) => Service | undefined,
): ReadonlySet<string> {
  const environment = world.environment.name;
  const protectedBy = matrix.rules.flatMap(({ value }) =>
    value.never === undefined || !holdsIn(value, environment)
      ? []
      : [selectorMatcher(value.never.to, world, matrix.expand)],
  );
  const matchers = [sensitivity(matrix, world), ...protectedBy];
  return new Set(
    listServices(snapshot).flatMap((service) => {
      const declared = declaredOf(service);
      return declared !== undefined && matchers.some((matches) => matches(declared.key)) ? service.resource : [];
    }),
  );
}

function groupRows(rows: readonly Row[]): (service: LiveService) => readonly Row[] {
  const grouped = new Map<LiveService, Row[]>();
  for (const row of rows) {
    const found = grouped.get(row.service);
    if (found === undefined) grouped.set(row.service, [row]);
    else found.push(row);
  }
  return (service) => grouped.get(service) ?? [];
}
