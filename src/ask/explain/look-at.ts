import { isBehindIap } from "../../access/doors.ts";
import { calleeKinds } from "../../callees/registry.ts";
import type { LiveService, Row } from "../../access/access.ts";
import type { LiveView } from "../../drift/view-live.ts";
import type { JudgedCall, JudgedPlace } from "../ask-judge.ts";
import type { FoundCase, LiveCase, RegionCase } from "./case.ts";
import type { LiveSource } from "./explain-access.ts";
import type { ExplainedRegion, LivePath } from "./explain-report.ts";
import type { Caller } from "./find-parties.ts";

/**
 * What is live of a pair.
 * @param judged what the one judge of calls says of it
 */
export function lookAt({ view, snapshot }: LiveSource, caller: Caller, judged: JudgedCall): LiveCase {
  const services = new Map(view.services.map((service) => [service.resource, service]));
  const found: FoundCase[] = [];
  const regions = judged.places.map(({ region, resource, state, verdict, reasons }): RegionCase => {
    const service = resource === null ? undefined : services.get(resource);
    if (service === undefined) return { region, at: state === "unread" ? "unread" : "absent", verdict };
    found.push({
      region,
      service,
      // Of a set nobody knows: no binding of its own was seen.
      verdict: verdict === "unknown" && reasons.every((reason) => reason === "set") ? "no" : verdict,
      direct: view.rowOf(caller.principal, service, "direct"),
      iap: view.rowOf(caller.principal, service, "iap"),
      rows: rowsAt(service, view, caller),
    });
    return { region, at: service, verdict };
  });
  const { service } = caller;
  const runs =
    service === undefined || !calleeKinds[service.kind].takesRequests
      ? []
      : service.regions.map((region) => ({ region, at: view.find(service, region) }));
  return { snapshot, view, regions, found, runs };
}

function ringsOf({ record }: LiveService): readonly ("direct" | "iap")[] {
  return isBehindIap(record) ? ["direct", "iap"] : ["direct"];
}

/** The rows that bear on it, each once: several of its principals may be in one set. */
function rowsAt(at: LiveService, view: LiveView, caller: Caller): readonly Row[] {
  return [
    ...new Set(ringsOf(at).flatMap((ring) => caller.identities.flatMap((each) => view.rowOf(each, at, ring) ?? []))),
  ];
}

export function regionsOf({ places }: JudgedCall): readonly ExplainedRegion[] {
  return places.map(({ region, state, resource, verdict }) => ({ region, state, resource, verdict }));
}

/** Every live path, with what the matrix says of it. */
export function pathsOf({ places }: JudgedCall): readonly LivePath[] {
  return places.flatMap((place) => pathsAt(place));
}

function pathsAt({ region, resource, verdict: whole, ways: all }: JudgedPlace): readonly LivePath[] {
  if (resource === null) return [];
  // Where it surely may call, what it might become or be in adds nothing.
  const ways =
    whole === "allowed" ? all.filter(({ membership, row }) => membership !== "maybe" && row.ring !== "indirect") : all;
  const first = ways.filter(({ row }, index) => ways.findIndex((way) => way.row === row) === index);
  return first.flatMap(({ row, verdict }) =>
    row.paths.map((path): LivePath => ({
      region,
      resource,
      ring: row.ring,
      principal: row.principal,
      verdict,
      standing: path.standing,
      inherited: path.inherited,
      allow: path.allow,
      hops: path.hops,
    })),
  );
}
