import { formatInstant, type Instant } from "../time/instant.ts";
import { groupBy } from "../words/group-by.ts";
import { type AuditResource, grantKey, type RunSettings } from "./audit-entry.ts";
import { comparePolicies, type GrantMap, withRenamed } from "./deltas.ts";
import type { Gap } from "./gap.ts";
import type { GrantInterval, ResourceState, Timeline } from "./timeline.ts";

/** More than a person reads of one resource. */
const MAX_NAMED = 3;

/** Services and jobs that were read at both ends or at the end alone. */
interface KnownLists {
  /** The ids of the projects of which all services, and all jobs, were read: at the end, and at the start. */
  readonly end: ReadonlySet<string>;
  readonly start: ReadonlySet<string>;
}

/**
 * Where the state that the entries make is not the one that was read: something changed without an entry in the log. Of
 * a policy that is not known in whole, what the entries granted must stand, and what they took must not.
 * @param made by the entries until the moment of reading
 * @param read of a snapshot
 * @param readAt when, as an ISO timestamp
 * @param lists what is missing there, was not there
 */
export function compareEnd(
  made: Pick<Timeline, "intervals" | "states">,
  read: ReadonlyMap<string, ResourceState>,
  readAt: string,
  lists: KnownLists = { end: new Set(), start: new Set() },
): readonly Gap[] {
  const intervals = groupBy(made.intervals, ({ resource }) => resource.name);
  const differs = (name: string, from: Instant | null, message: string): Gap => ({
    kind: "end-differs",
    resource: name,
    from: from === null ? null : formatInstant(from),
    to: readAt,
    message: `changed without an entry in the log: ${message}`,
    help: "look for entries that were excluded, or that another log holds",
  });
  const isListed = ({ level, name }: AuditResource, projects: ReadonlySet<string>): boolean =>
    (level === "service" || level === "job") && projects.has(`${name.split("/")[1]} ${level}`);
  const appeared = [...read.values()].flatMap(({ resource }): readonly Gap[] =>
    made.states.has(resource.name) || !isListed(resource, lists.start)
      ? []
      : [differs(resource.name, null, "it is there, and was not at the start")],
  );
  const changed = [...made.states.values()].flatMap((state): readonly Gap[] => {
    const { resource, settings, at } = state;
    const there = read.get(resource.name);
    const gap = (message: string): Gap => differs(resource.name, at, message);
    if (there === undefined)
      return isListed(resource, lists.end) && state.isGone !== true ? [gap("it is not there any more")] : [];
    if (state.isGone === true) return [gap("it is there, although it was deleted")];
    const names = there.grants === null ? [] : policyNames(state, there.grants, intervals.get(resource.name) ?? []);
    const more = names.length > MAX_NAMED ? `, and ${names.length - MAX_NAMED} more` : "";
    const settingNames = settings === null || there.settings === null ? [] : differing(settings, there.settings);
    return [
      ...(names.length === 0 ? [] : [gap(`${names.slice(0, MAX_NAMED).join(", ")}${more}`)]),
      ...(settingNames.length === 0 ? [] : [gap(`its settings ${settingNames.join(", ")}`)]),
    ];
  });
  return [...changed, ...appeared];
}

/** What stands and should not, or should and does not. */
function policyNames(state: ResourceState, there: GrantMap, intervals: readonly GrantInterval[]): readonly string[] {
  const expected = state.grants ?? partly(there, intervals);
  const { added, removed } = comparePolicies(withRenamed(expected, there), there);
  return [
    ...added.map(({ member, role }) => `${member} has ${role}`),
    ...removed.map(({ member, role }) => `${member} has no ${role}`),
  ];
}

/** Of a policy of which nobody knows the start: what was read, but for what the entries say otherwise. */
function partly(there: GrantMap, intervals: readonly GrantInterval[]): GrantMap {
  const expected = new Map(there);
  for (const { grant, end } of intervals) if (end !== null) expected.delete(grantKey(grant));
  for (const { grant, end } of intervals) if (end === null) expected.set(grantKey(grant), grant);
  return expected;
}

const names = ["ingress", "invokerCheckDisabled", "defaultUrlDisabled", "iapEnabled", "account"] as const;

function differing(made: Partial<RunSettings>, read: Partial<RunSettings>): readonly string[] {
  return names.filter((name) => made[name] !== undefined && made[name] !== read[name]);
}
