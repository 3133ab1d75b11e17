import { formatInstant } from "../time/instant.ts";
import { groupBy } from "../words/group-by.ts";
import { grantKey, type RunSettings } from "./audit-entry.ts";
import { comparePolicies, type GrantMap, withRenamed } from "./deltas.ts";
import type { Gap } from "./gap.ts";
import type { GrantInterval, ResourceState, Timeline } from "./timeline.ts";

/** More than a person reads of one resource. */
const MAX_NAMED = 3;

/**
 * Where the state that the entries make is not the one that was read: something changed without an entry in the log. Of
 * a policy that is not known in whole, what the entries granted must stand, and what they took must not.
 * @param made by the entries until the moment of reading
 * @param read of a snapshot
 * @param readAt when, as an ISO timestamp
 */
export function compareEnd(
  made: Pick<Timeline, "intervals" | "states">,
  read: ReadonlyMap<string, ResourceState>,
  readAt: string,
): readonly Gap[] {
  const intervals = groupBy(made.intervals, ({ resource }) => resource.name);
  return [...made.states.values()].flatMap((state): readonly Gap[] => {
    const { resource, settings, at } = state;
    const there = read.get(resource.name);
    if (there === undefined) return [];
    const gap = (message: string): Gap => ({
      kind: "end-differs",
      resource: resource.name,
      from: at === null ? null : formatInstant(at),
      to: readAt,
      message: `changed without an entry in the log: ${message}`,
      help: "look for entries that were excluded, or that another log holds",
    });
    const names = there.grants === null ? [] : policyNames(state, there.grants, intervals.get(resource.name) ?? []);
    const more = names.length > MAX_NAMED ? `, and ${names.length - MAX_NAMED} more` : "";
    const settingNames = settings === null || there.settings === null ? [] : differing(settings, there.settings);
    return [
      ...(names.length === 0 ? [] : [gap(`${names.slice(0, MAX_NAMED).join(", ")}${more}`)]),
      ...(settingNames.length === 0 ? [] : [gap(`its settings ${settingNames.join(", ")}`)]),
    ];
  });
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
