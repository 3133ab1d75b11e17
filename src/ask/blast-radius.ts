import { compareText } from "../words/compare-text.ts";
import type { BlastAnswer, BlastLine, Way } from "./answers.ts";
import { askedOf } from "./asked.ts";
import { callerUnread } from "./caller-unread.ts";
import { type AskSource, declaredFrom, declaredNames, groupNames, waysFrom } from "./can-call.ts";
import { identitiesOf } from "./identities.ts";
import { type LiveWays, wayLevels } from "./live-ways.ts";
import { makeReach } from "./reach.ts";
import type { Step } from "./steps.ts";

/**
 * Everything that is reachable for whoever takes an identity: what it may call, what those may call, and so on.
 * @param source whose drift lists indirect ways to every service
 */
export function blastRadius(source: AskSource, name: string): BlastAnswer {
  const { grid, world, drift } = source;
  const identities = identitiesOf(name, drift, world);
  const live = source.drift === null ? null : waysFrom(source, name, identities);
  const declaredWays = declaredWaysFrom(declaredFrom(world, name, declaredNames(name, grid, world)), name);
  const liveWays: ReadonlyMap<string, Way> = live === null ? new Map() : surestWays(live, name);
  const callees = new Map(grid.callees.map((callee) => [callee.id, callee]));
  const lines = [...new Set([...declaredWays.keys(), ...liveWays.keys()])].map((callee): BlastLine => ({
    callee,
    sensitive: callees.get(callee)?.sensitive ?? false,
    owner: callees.get(callee)?.owner ?? null,
    declared: declaredWays.get(callee) ?? null,
    live: liveWays.get(callee) ?? null,
  }));
  const groups = live === null ? [] : groupNames(live.setsInDoubt([name, ...liveWays.keys()]), world);
  const asked = askedOf(grid, undefined);
  const isSeen = source.drift === null || callerUnread(source, name).length === 0;
  return {
    ...asked,
    sets: groups,
    complete: asked.complete && groups.length === 0 && isSeen,
    name,
    workload: grid.callers.find(({ id }) => id === name)?.workload ?? null,
    principals: [...identities].sort(compareText),
    reached: lines.sort(
      (a, b) =>
        distanceOf(a) - distanceOf(b) || Number(b.sensitive) - Number(a.sensitive) || compareText(a.callee, b.callee),
    ),
    groups,
  };
}

/** The shorter of the two ways. */
export function distanceOf({ declared, live }: BlastLine): number {
  return Math.min(declared?.distance ?? Number.POSITIVE_INFINITY, live?.distance ?? Number.POSITIVE_INFINITY);
}

function declaredWaysFrom(steps: readonly Step[], name: string): ReadonlyMap<string, Way> {
  const first = new Map(steps.map((step) => [`${step.caller} ${step.callee}`, step]));
  return new Map(
    makeReach(steps)
      .from(name)
      .map(({ callee, path, distance }) => {
        const along = path.slice(1).flatMap((to, index) => first.get(`${path[index]} ${to}`) ?? []);
        return [callee, { distance, path, steps: along, verdict: null }] as const;
      }),
  );
}

/** Of each callee the surest way. Ways by sets of which nobody knows who is in them are told as sets. */
function surestWays(live: LiveWays, name: string): ReadonlyMap<string, Way> {
  const found = new Map<string, Way>();
  for (const level of wayLevels) {
    for (const [callee, steps] of live.search(level, ({ inDoubt }) => inDoubt === null)) {
      if (found.has(callee)) continue;
      const path = [name, ...steps.map((step) => step.callee)];
      found.set(callee, { distance: steps.length, path, steps, verdict: leastOf(steps) });
    }
  }
  return found;
}

const order = ["allowed", "conditional", "unknown"] as const;

/** A way is as sure as the least sure of its calls. */
function leastOf(steps: readonly Step[]): Step["verdict"] {
  const worst = Math.max(...steps.map(({ verdict }) => (verdict === null ? 0 : order.indexOf(verdict))));
  return order[worst] ?? null;
}
