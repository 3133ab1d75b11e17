import { compareText } from "../words/compare-text.ts";
import type { BlastAnswer, BlastLine, Way } from "./answers.ts";
import { askedOf } from "./asked.ts";
import { type AskSource, declaredFrom, groupsInDoubt, identitiesOf, liveFrom, stepFinder } from "./can-call.ts";
import { makeReach } from "./reach.ts";
import type { Step } from "./steps.ts";

/**
 * Everything that is reachable for whoever takes an identity: what it may call, what those may call, and so on.
 * @param source whose drift lists indirect ways to every service
 */
export function blastRadius(source: AskSource, name: string): BlastAnswer {
  const { grid, world, drift } = source;
  const live = drift === null ? [] : liveFrom(source, drift, name);
  const declaredWays = waysFrom(declaredFrom(world, name), name);
  const liveWays = waysFrom(live, name);
  const callees = new Map(grid.callees.map((callee) => [callee.id, callee]));
  const lines = [...new Set([...declaredWays.keys(), ...liveWays.keys()])].map((callee): BlastLine => ({
    callee,
    sensitive: callees.get(callee)?.sensitive ?? false,
    owner: callees.get(callee)?.owner ?? null,
    declared: declaredWays.get(callee) ?? null,
    live: liveWays.get(callee) ?? null,
  }));
  return {
    ...askedOf(grid, undefined),
    name,
    principals: [...identitiesOf(name, drift, world)].sort(compareText),
    reached: lines.sort(
      (a, b) =>
        distanceOf(a) - distanceOf(b) || Number(b.sensitive) - Number(a.sensitive) || compareText(a.callee, b.callee),
    ),
    groups: drift === null ? [] : groupsInDoubt(source, drift, name, live),
  };
}

/** The shorter of the two ways. */
export function distanceOf({ declared, live }: BlastLine): number {
  return Math.min(declared?.distance ?? Number.POSITIVE_INFINITY, live?.distance ?? Number.POSITIVE_INFINITY);
}

function waysFrom(steps: readonly Step[], name: string): ReadonlyMap<string, Way> {
  const find = stepFinder(steps);
  return new Map(
    makeReach(steps)
      .from(name)
      .map(({ callee, path, distance }) => {
        const along = find(path);
        return [callee, { distance, path, steps: along, verdict: leastOf(along) }] as const;
      }),
  );
}

const order = ["allowed", "conditional", "unknown"] as const;

/** A way is as sure as the least sure of its calls; to become somebody is never sure. */
function leastOf(steps: readonly Step[]): Step["verdict"] {
  const worst = Math.max(...steps.map(({ verdict }) => (verdict === null ? -1 : order.indexOf(verdict))));
  return order[worst] ?? null;
}
