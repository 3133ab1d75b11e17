import type { ReachPair } from "../../../src/diff/diff-report.ts";
import { environments, type Plan, type Step, type Version } from "./world-pairs.ts";

/** What a plan lets happen in one step: its edges, and the internet into what is public. */
function stepsOf(plan: Plan | undefined): readonly Step[] {
  if (plan === undefined) return [];
  return [...plan.isPublic.map((name) => ["internet", name] as const), ...plan.edges];
}

/** How many steps each takes to each, by Floyd and Warshall; who does not get there is left out. */
function distances(steps: readonly Step[]): ReadonlyMap<string, number> {
  const names = [...new Set(steps.flat())];
  const distance = new Map<string, number>(steps.map(([from, to]) => [`${from} ${to}`, 1]));
  const between = (from: string, to: string): number => distance.get(`${from} ${to}`) ?? Infinity;
  for (const middle of names) {
    for (const from of names) {
      for (const to of names) {
        const through = between(from, middle) + between(middle, to);
        if (through < between(from, to)) distance.set(`${from} ${to}`, through);
      }
    }
  }
  return distance;
}

/** The pairs of different names that are connected in `having` and not in `lacking`, by the definition, in no order. */
function newPairs(
  lacking: Plan | undefined,
  having: Plan | undefined,
  environment: string,
  isSensitive: (name: string) => boolean,
): readonly ReachPair[] {
  const steps = stepsOf(having);
  const [was, is] = [distances(stepsOf(lacking)), distances(steps)];
  const pathFrom = (from: string, to: string): readonly string[] => {
    if (from === to) return [to];
    const left = is.get(`${from} ${to}`) ?? 0;
    const [next = ""] = steps
      .filter(([caller, callee]) => caller === from && (callee === to ? 0 : is.get(`${callee} ${to}`)) === left - 1)
      .map(([, callee]) => callee)
      .sort();
    return [from, ...pathFrom(next, to)];
  };
  return [...is.keys()]
    .filter((key) => !was.has(key))
    .map((key) => key.split(" ") as unknown as Step)
    .filter(([from, to]) => from !== to)
    .map(([from, to]) => ({ environment, from, to, path: pathFrom(from, to), sensitive: isSensitive(to) }));
}

/** What is newly reached, by the definition, in the order of the report. Both versions in the same names. */
export function naiveGained(before: Version, after: Version): readonly ReachPair[] {
  const sortKey = ({ environment, from, to, sensitive }: ReachPair): string =>
    [from === "internet" ? 0 : 1, sensitive ? 0 : 1, environment, from, to].join("\0");
  return environments
    .flatMap((name) =>
      newPairs(before.plans[name], after.plans[name], name, (target) =>
        [before, after].some(
          ({ sensitive, plans }) => sensitive.includes(target) && plans[name]?.names.includes(target),
        ),
      ),
    )
    .sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
}
