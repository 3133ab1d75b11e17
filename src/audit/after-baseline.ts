import type { Snapshot } from "../snapshot/snapshot.ts";
import type { AuditEntry } from "./audit-entry.ts";
import { comparePolicies, keyed } from "./deltas.ts";
import type { ResourceState } from "./timeline.ts";

/**
 * The entries that happened after a snapshot: of those while it was read, the ones that it does not hold yet. The etag
 * of a policy tells, or the policy itself.
 */
export function afterBaseline(
  entries: readonly AuditEntry[],
  { startedAt, finishedAt }: Pick<Snapshot, "startedAt" | "finishedAt">,
  states: ReadonlyMap<string, ResourceState>,
): readonly AuditEntry[] {
  const [start, finish] = [Date.parse(startedAt), Date.parse(finishedAt)];
  const later = entries.filter(({ at }) => at > start);
  const held = new Set<AuditEntry>();
  const before = new Map<string, AuditEntry[]>();
  for (const entry of later) {
    if (entry.at > finish) break;
    if (entry.effect.kind !== "policy") continue;
    const { name } = entry.effect.resource;
    const earlier = [...(before.get(name) ?? []), entry];
    before.set(name, earlier);
    if (isHeld(entry, states.get(name))) for (const each of earlier) held.add(each);
  }
  return later.filter((entry) => !held.has(entry));
}

function isHeld({ effect }: AuditEntry, state: ResourceState | undefined): boolean {
  if (effect.kind !== "policy" || state === undefined || state.grants === null) return false;
  if (effect.etag !== null && state.etag !== null) return effect.etag === state.etag;
  if (effect.after === null) return false;
  const { added, removed } = comparePolicies(keyed(effect.after), state.grants);
  return added.length + removed.length === 0;
}
