import { compareText } from "../words/compare-text.ts";
import { isHub } from "./hub.ts";
import type { Step } from "./steps.ts";

/** How sure the calls of a way are to be. Each takes in those before it. */
export const wayLevels = ["allowed", "conditional", "indirect", "unknown"] as const;
export type WayLevel = (typeof wayLevels)[number];

function levelOf({ how, verdict, inDoubt }: Step): number {
  if (verdict === "unknown" || inDoubt !== null) return 3;
  if (how === "indirect") return 2;
  return verdict === "conditional" ? 1 : 0;
}

/** Who comes to whom through others, from one caller on. */
export class LiveWays {
  readonly #caller: string;
  readonly #from = new Map<string, Step[]>();
  #into: ReadonlyMap<string, readonly string[]> | undefined;

  /**
   * @param first the calls that the caller can make itself
   * @param others those of everybody else; whatever they say of the caller itself does not count
   */
  constructor(caller: string, first: readonly Step[], others: readonly Step[]) {
    this.#caller = caller;
    this.#from.set(caller, [...first]);
    for (const step of others) {
      if (step.caller === caller) continue;
      const known = this.#from.get(step.caller);
      if (known === undefined) this.#from.set(step.caller, [step]);
      else known.push(step);
    }
  }

  /**
   * A shortest way to everything that is reached: of several the one whose names come first.
   * @param isMeant further steps that do not count
   */
  search(level: WayLevel, isMeant: (step: Step) => boolean = () => true): ReadonlyMap<string, readonly Step[]> {
    const most = wayLevels.indexOf(level);
    const last = new Map<string, Step>();
    const seen = new Set<string>();
    const queue = [this.#caller];
    for (const name of queue) {
      const offers = new Map<string, Step>();
      const offer = (step: Step): void => {
        if (step.callee === this.#caller || last.has(step.callee)) return;
        const before = offers.get(step.callee);
        if (before === undefined || levelOf(step) < levelOf(before)) offers.set(step.callee, step);
      };
      for (const step of this.#from.get(name) ?? []) {
        if (levelOf(step) > most || !isMeant(step)) continue;
        if (!isHub(step.callee)) offer(step);
        else if (seen.size !== seen.add(step.callee).size)
          for (const beyond of this.#from.get(step.callee) ?? [])
            if (levelOf(beyond) <= most && isMeant(beyond)) offer(joined(step, beyond));
      }
      for (const [callee, step] of [...offers].sort(([a], [b]) => compareText(a, b))) {
        last.set(callee, step);
        queue.push(callee);
      }
    }
    return new Map([...last.keys()].map((callee) => [callee, this.#trace(callee, last)]));
  }

  #trace(callee: string, last: ReadonlyMap<string, Step>): readonly Step[] {
    const way: Step[] = [];
    for (let step = last.get(callee); step !== undefined; step = last.get(step.caller)) way.push(step);
    return way.reverse();
  }

  /** Everything that reaches a callee, surely or perhaps. */
  reaching(callee: string): ReadonlySet<string> {
    this.#into ??= this.#turned();
    const seen = new Set<string>();
    const queue = [callee];
    for (const name of queue)
      for (const caller of this.#into.get(name) ?? []) if (seen.size !== seen.add(caller).size) queue.push(caller);
    return new Set([...seen].filter((name) => !isHub(name)));
  }

  #turned(): ReadonlyMap<string, readonly string[]> {
    const into = new Map<string, string[]>();
    for (const { caller, callee } of [...this.#from.values()].flat()) {
      const known = into.get(callee);
      if (known === undefined) into.set(callee, [caller]);
      else known.push(caller);
    }
    return into;
  }

  /** The sets of which nobody knows whether they hold one of some names. */
  setsInDoubt(names: Iterable<string>): ReadonlySet<string> {
    return new Set([...names].flatMap((name) => (this.#from.get(name) ?? []).flatMap(({ inDoubt }) => inDoubt ?? [])));
  }
}

/** A call by way of a hub. */
function joined(into: Step, { callee, how, verdict, hops }: Step): Step {
  const isSure = into.inDoubt === null;
  return { caller: into.caller, callee, how, verdict: isSure ? verdict : "unknown", hops, inDoubt: into.inDoubt };
}
