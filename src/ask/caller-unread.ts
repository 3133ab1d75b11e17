import type { DriftReport, UnreadEntry } from "../drift/drift-report.ts";
import type { World } from "../matrix/model/world.ts";
import type { AskJudge } from "./ask-judge.ts";

interface LiveSource {
  readonly world: World;
  readonly drift: DriftReport;
  readonly judge: Pick<AskJudge, "listsUnread">;
}

/** Lists in which the caller may be, and run as another account than the matrix gives it. */
export function callerUnread({ world, drift, judge }: LiveSource, caller: string): readonly UnreadEntry[] {
  const service = world.services.get(caller);
  const running = drift.running.filter((each) => (each.service ?? each.resource) === caller);
  // The default account of a project has its number in its address.
  const numberless = running.flatMap(({ account, project }) => (account === null ? [`projects/${project}`] : []));
  if (numberless.length > 0)
    return drift.unread.filter(
      ({ resource, what }) => numberless.includes(resource) && what === "place in the hierarchy",
    );
  if (service === undefined) return [];
  const isWhole = service.regions.every((region) => running.some((each) => each.region === region));
  return isWhole ? [] : judge.listsUnread(service);
}

export function isList(what: string): boolean {
  return what === "services" || what === "jobs";
}

/** Whether something may run that nobody has seen. */
export function hasHiddenServices({ unread }: DriftReport): boolean {
  return unread.some(({ what, accepted }) => isList(what) && accepted === null);
}
