import type { AccountRecord, Reading } from "../snapshot/snapshot.ts";
import { valueOf } from "../snapshot/value-of.ts";
import { pathOf } from "./api-client.ts";
import { lastPart, MalformedAnswer, objectAt, optionalObject, optionalText, textAt } from "./json.ts";
import { googleList, readList } from "./pages.ts";
import type { ProjectContext } from "./project-context.ts";
import { homeOf } from "./read-elsewhere.ts";
import { hasValue, mapReading, parsed } from "./reading.ts";

/** When accounts of a project last authenticated, by email or unique id: the names of resources have either. */
export type Activity = Reading<ReadonlyMap<string, string>>;

/** The activities of each project, by its id. One list each, so that they need no pace. */
export async function readActivities(contexts: readonly ProjectContext[]): Promise<ReadonlyMap<string, Activity>> {
  const readings = await Promise.all(
    contexts.map(async (context) => [context.project, await readActivity(context)] as const),
  );
  return new Map(readings);
}

/**
 * The accounts, and of each one that exists in a project that was read when it last authenticated: null where the
 * whole list does not name it. The list is of activities that were seen, and not of accounts.
 */
export function addActivity(
  accounts: readonly AccountRecord[],
  contexts: readonly ProjectContext[],
  activities: ReadonlyMap<string, Activity>,
): readonly AccountRecord[] {
  return accounts.map((account) => {
    const facts = valueOf(account.details);
    const activity = activities.get(homeOf(account.email, contexts)?.project ?? "");
    if (facts === null || facts === undefined || activity === undefined) return account;
    return { ...account, lastAuthenticated: findLast(activity, [account.email, facts.uniqueId]) };
  });
}

/** A list that broke off is silent about those that it does not name. */
function findLast(activity: Activity, names: readonly string[]): Reading<string | null> {
  if (!hasValue(activity)) return activity;
  const found = names.flatMap((name) => activity.value.get(name) ?? []);
  const [last = null] = found.sort((a, b) => Date.parse(b) - Date.parse(a));
  if (last === null && activity.status === "partial") return { status: "failed", reason: activity.reason };
  return { status: "read", value: last };
}

/**
 * docs: policyanalyzer v1 `projects.locations.activityTypes.activities.query`. An API that is not enabled is no answer
 * here, as it is for services: accounts authenticate without it.
 */
async function readActivity({ client, project }: ProjectContext): Promise<Activity> {
  const request = {
    api: "policyanalyzer",
    path: `${pathOf`v1/projects/${project}/locations/global/activityTypes/serviceAccountLastAuthentication/activities`}:query`,
    query: { pageSize: "1000" },
  } as const;
  const { items } = await readList(client, request, googleList("activities"));
  if (!hasValue(items)) return items;
  const found = parsed(() => collect(items.value));
  return found.status === "read" ? mapReading(items, () => found.value) : found;
}

function collect(items: readonly unknown[]): ReadonlyMap<string, string> {
  const latest = new Map<string, string>();
  for (const [index, item] of items.entries()) {
    const place = `activities[${index}]`;
    const activity = objectAt(item, place);
    const name = lastPart(textAt(activity.fullResourceName, `${place}.fullResourceName`)).toLowerCase();
    const timePlace = `${place}.activity.lastAuthenticatedTime`;
    const time = optionalText(optionalObject(activity.activity, `${place}.activity`).lastAuthenticatedTime, timePlace);
    if (time === null) continue;
    if (!/^\d{4}-\d\d-\d\dT/.test(time) || Number.isNaN(Date.parse(time)))
      throw new MalformedAnswer(`${timePlace} is no moment`);
    const before = latest.get(name);
    if (before === undefined || Date.parse(before) < Date.parse(time)) latest.set(name, time);
  }
  return latest;
}
