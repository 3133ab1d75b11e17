import { formatInstant } from "../time/instant.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import { type AuditEntry, grantKey, resourceName } from "./audit-entry.ts";
import { comparePolicies, keyed } from "./deltas.ts";
import type { Gap } from "./gap.ts";
import type { ResourceState } from "./timeline.ts";

/**
 * The entries that happened after a snapshot: of those while it was read, the ones that it does not hold yet. The etag
 * of a policy tells, or the policy itself, or what an entry says that it changed. Whatever came to a resource before
 * something that the snapshot holds, it holds too.
 * @param entries in order of time
 */
export function afterBaseline(
  entries: readonly AuditEntry[],
  { startedAt, finishedAt }: Pick<Snapshot, "startedAt" | "finishedAt">,
  states: ReadonlyMap<string, ResourceState>,
): { readonly entries: readonly AuditEntry[]; readonly gaps: readonly Gap[] } {
  const [start, finish] = [Date.parse(startedAt), Date.parse(finishedAt)];
  const later = entries.filter(({ at }) => at > start);
  const held = new Set<AuditEntry>();
  const open = new Set<AuditEntry>();
  const before = new Map<string, AuditEntry[]>();
  for (const entry of later) {
    // Times of snapshots are to the second.
    if (entry.at >= finish + 1000) break;
    if (entry.isFailed || entry.effect.kind === "other") continue;
    const name = resourceName(entry);
    const earlier = [...(before.get(name) ?? []), entry];
    before.set(name, earlier);
    const answer = isHeld(entry, states.get(name));
    if (answer === undefined) open.add(entry);
    else if (answer) for (const each of earlier) held.add(each);
  }
  const gaps = [...open]
    .filter((entry) => !held.has(entry))
    .map(({ at, id, effect }): Gap => ({
      kind: "no-predecessor",
      resource: typeof effect.resource === "string" ? effect.resource : effect.resource.name,
      from: formatInstant(at),
      // The start of everything after it is in doubt.
      to: null,
      message: `the entry of ${formatInstant(at)} (${id.insertId}) is of while the baseline was read: whether that holds it is not known`,
      help: "give a baseline of a quieter moment",
    }));
  return { entries: later.filter((entry) => !held.has(entry)), gaps };
}

/** Undefined where it cannot be told. */
function isHeld({ effect }: AuditEntry, state: ResourceState | undefined): boolean | undefined {
  if (effect.kind === "other") return false;
  if (effect.kind === "run") {
    if (effect.verb === "deleted") return state === undefined;
    // An update that is not in it is told, and one that is in it changes nothing.
    return effect.verb === "created" && state !== undefined;
  }
  if (state === undefined || state.grants === null) return false;
  const { grants } = state;
  if (effect.etag !== null && state.etag !== null) return effect.etag === state.etag;
  if (effect.after !== null) {
    const { added, removed } = comparePolicies(keyed(effect.after), grants);
    return added.length + removed.length === 0;
  }
  const done = (effect.deltas ?? []).map(({ action, grant }) => grants.has(grantKey(grant)) === (action === "add"));
  if (done.length === 0 || (done.includes(true) && done.includes(false))) return undefined;
  return done.includes(true);
}
