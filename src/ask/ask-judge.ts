import { runCollection } from "../access/run-resource.ts";
import { CallJudge } from "../access/call-judge.ts";
import type { Holding } from "../access/holding.ts";
import { type Judged, type JudgedWay, type Reason, verdictOrder } from "../access/judged.ts";
import type { AccessRow, DriftReport, RunningService, UnreadEntry } from "../drift/drift-report.ts";
import type { Service, World } from "../matrix/model/world.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import { groupBy } from "../words/group-by.ts";
import { calleeId } from "./live-pairs.ts";
import { makeOutsideJudge, type OutsideJudge } from "./outside/outside-judge.ts";

/** Whether somebody may call a callee of a grid, in all the places where it is to be, or is. */
export interface JudgedCall extends Judged<AccessRow> {
  /** In the order of the matrix's regions; then others in which it runs. */
  readonly places: readonly JudgedPlace[];
}

export interface JudgedPlace extends Judged<AccessRow> {
  readonly region: string;
  /** Null where it was not found. */
  readonly resource: string | null;
  readonly state: "present" | "absent" | "unread";
}

/** The one judge of who may call, for questions and grids: by the rows of a drift report, asked of a caller's identities. */
export interface AskJudge {
  readonly judge: (principals: ReadonlySet<string>, callee: string) => JudgedCall;
  readonly holds: (set: string, principal: string) => Holding;
  /** What a row is worth to a principal that is, or may be, what the row is for. */
  readonly through: (row: AccessRow, principal: string) => Pick<JudgedWay<AccessRow>, "verdict" | "reason">;
  readonly denyClass: (principal: string) => string;
  /** What was not read of a list in which something of the matrix is to be found. */
  readonly listsUnread: (service: Pick<Service, "kind" | "project">) => readonly UnreadEntry[];
  /** How a caller from outside becomes its account. */
  readonly outsideOf: OutsideJudge;
}

const nothing = { verdict: "no", ways: [], rows: [], as: null, sets: [], reasons: [] } as const;

export function makeAskJudge(drift: DriftReport, world: World, snapshot: Snapshot): AskJudge {
  const open = drift.unread.filter(({ accepted }) => accepted === null);
  const doubted = new Set(open.flatMap(({ services }) => services));
  const names = new Map(drift.running.map((each) => [each.resource, calleeId(each)]));
  const running = groupBy(drift.running, calleeId);
  const lists = groupBy(
    open.filter(({ what }) => what === "services" || what === "jobs"),
    ({ what, resource }) => `${what} ${resource}`,
  );
  const calls = new CallJudge<AccessRow>({
    snapshot,
    rows: drift.access,
    resourceOf: ({ resource }) => resource,
    isDoubted: (resource) => doubted.has(names.get(resource) ?? resource),
  });
  const listsUnread: AskJudge["listsUnread"] = ({ kind, project }) =>
    lists.get(`${runCollection({ kind })} projects/${project.id}`) ?? [];
  const placesOf = (callee: string): readonly (readonly [string, RunningService | undefined])[] => {
    const found = running.get(callee) ?? [];
    const service = world.services.get(callee);
    if (service === undefined) return found.map((each) => [each.region, each]);
    return [
      ...service.regions.map((region) => [region, found.find((each) => each.region === region)] as const),
      // Who may call it where it is not declared may call it.
      ...found.flatMap((each) => (service.regions.includes(each.region) ? [] : [[each.region, each] as const])),
    ];
  };
  return {
    judge: (principals, callee) => {
      const service = world.services.get(callee);
      const places = placesOf(callee).map(([region, found]): JudgedPlace => {
        if (found === undefined) {
          const isUnread = service !== undefined && listsUnread(service).length > 0;
          const gap: Pick<JudgedPlace, "state" | "verdict" | "reasons"> = isUnread
            ? { state: "unread", verdict: "unknown", reasons: ["unread"] }
            : { state: "absent", verdict: "no", reasons: [] };
          return { ...nothing, region, resource: null, ...gap };
        }
        const judged = calls.judge(principals, found.resource);
        // Who may pass a proxy on a load balancer is in no snapshot.
        const isHidden = service?.iap === "load-balancer" && (judged.verdict === "no" || judged.verdict === "denied");
        const hidden = { verdict: "unknown", reasons: ["load-balancer"] satisfies Reason[] } as const;
        return { ...judged, ...(isHidden ? hidden : {}), region, resource: found.resource, state: "present" };
      });
      return { ...surestOf(places), places };
    },
    holds: (set, principal) => calls.holds(set, principal),
    through: (row, principal) => calls.through(row, principal),
    denyClass: (principal) => calls.denyClass(principal),
    listsUnread,
    outsideOf: makeOutsideJudge(world, { drift, snapshot }),
  };
}

/** Of several places the surest, with the ways of all. */
function surestOf(places: readonly JudgedPlace[]): Judged<AccessRow> {
  const verdict = verdictOrder.find((each) => places.some((place) => place.verdict === each)) ?? "no";
  const best = places.filter((place) => place.verdict === verdict);
  const ways = places
    .flatMap((place) => place.ways)
    .sort((a, b) => verdictOrder.indexOf(a.verdict) - verdictOrder.indexOf(b.verdict));
  return {
    verdict,
    ways,
    rows: [...new Set(ways.map(({ row }) => row))],
    as: best[0]?.as ?? null,
    sets: [...new Set(places.flatMap(({ sets }) => sets))].sort(),
    reasons: [...new Set(best.flatMap(({ reasons }) => reasons))],
  };
}
