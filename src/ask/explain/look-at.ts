import type { LiveService, Row, Verdict } from "../../access/access.ts";
import type { DriftReport } from "../../drift/drift-report.ts";
import type { LiveView } from "../../drift/view-live.ts";
import type { FoundCase, LiveCase, RegionCase } from "./case.ts";
import type { LiveSource } from "./explain-access.ts";
import type { ExplainedRegion, LivePath } from "./explain-report.ts";
import type { Callee, Caller } from "./find-parties.ts";

interface Parties {
  readonly caller: Caller;
  readonly callee: Callee;
  /** Whether the matrix has the call come through Identity-Aware Proxy. */
  readonly isThroughIap: boolean;
}

const strength = ["allowed", "conditional", "unknown"] as const;

/** What is live of a pair. */
export function lookAt(live: LiveSource, parties: Parties): LiveCase {
  const { view, snapshot } = live;
  const { caller, callee } = parties;
  const found: FoundCase[] = [];
  const regions = placesOf(callee, view).map(({ region, at }): RegionCase => {
    if (typeof at === "string") return { region, at, verdict: at === "unread" ? "unknown" : "no" };
    const verdict = verdictAt(at, view, parties);
    found.push({
      region,
      service: at,
      verdict,
      direct: view.rowOf(caller.principal, at, "direct"),
      iap: view.rowOf(caller.principal, at, "iap"),
      rows: rowsAt(at, view, parties),
    });
    return { region, at, verdict };
  });
  const { service } = caller;
  const runs =
    service === undefined || service.kind === "job"
      ? []
      : service.regions.map((region) => ({ region, at: view.find(service, region) }));
  return { snapshot, view, regions, found, runs };
}

function placesOf(
  { service, running }: Callee,
  view: LiveView,
): readonly { readonly region: string; readonly at: LiveService | "absent" | "unread" }[] {
  if (service !== undefined) return service.regions.map((region) => ({ region, at: view.find(service, region) }));
  return view.services
    .filter(({ resource }) => resource === running?.resource)
    .map((at) => ({ region: at.record.region, at }));
}

/** The surest way in. The policy of a proxy on a load balancer is in no snapshot. */
function verdictAt(at: LiveService, view: LiveView, { caller, callee, isThroughIap }: Parties): Verdict | "no" {
  const verdicts = ringsOf(at).flatMap((ring) => caller.identities.map((each) => view.mayCall(each, at, ring)));
  const best = strength.find((each) => verdicts.includes(each));
  if (best !== undefined) return best;
  if (isThroughIap && callee.service?.iap === "load-balancer") return "unknown";
  return verdicts.includes("denied") ? "denied" : "no";
}

function ringsOf({ record }: LiveService): readonly ("direct" | "iap")[] {
  return record.iapEnabled && record.kind !== "job" ? ["direct", "iap"] : ["direct"];
}

/** The rows that bear on it, each once: several of its principals may be in one set. */
function rowsAt(at: LiveService, view: LiveView, { caller }: Parties): readonly Row[] {
  return [
    ...new Set(ringsOf(at).flatMap((ring) => caller.identities.flatMap((each) => view.rowOf(each, at, ring) ?? []))),
  ];
}

export function regionsOf({ regions }: LiveCase): readonly ExplainedRegion[] {
  return regions.map(({ region, at, verdict }) => ({
    region,
    state: typeof at === "string" ? at : "present",
    resource: typeof at === "string" ? null : at.resource,
    verdict,
  }));
}

/** Every live path, with what the matrix says of it. */
export function pathsOf({ found }: LiveCase, drift: DriftReport): readonly LivePath[] {
  return found.flatMap(({ region, service, rows }) =>
    rows.flatMap((row) =>
      row.paths.map((path): LivePath => {
        const judged = judgedPath(row, JSON.stringify(path.hops), drift);
        return {
          region,
          resource: service.resource,
          ring: row.ring,
          principal: row.principal,
          verdict: row.verdict,
          standing: judged?.standing ?? "undeclared",
          inherited: judged?.inherited ?? null,
          allow: path.allow,
          hops: path.hops,
        };
      }),
    ),
  );
}

function judgedPath(
  { service, ring, principal }: Row,
  hops: string,
  { access }: DriftReport,
): DriftReport["access"][number]["paths"][number] | undefined {
  const row = access.find(
    (each) => each.resource === service.resource && each.ring === ring && each.principal === principal,
  );
  return row?.paths.find((each) => JSON.stringify(each.hops) === hops);
}
