import { compareText } from "../../words/compare-text.ts";
import { type ChangeKind, changeKinds } from "../change-kind.ts";
import type { Fact } from "../fact.ts";
import type { Difference } from "./difference.ts";

const ranks = Object.fromEntries(Object.keys(changeKinds).map((kind, rank) => [kind, rank])) as Readonly<
  Record<ChangeKind, number>
>;

interface Folded {
  readonly first: Difference;
  readonly said: string;
  readonly environments: Set<string>;
}

/** The same difference in several environments is one fact. Everything in its one order. */
export function foldDifferences(differences: readonly Difference[]): readonly Fact[] {
  const folded = new Map<string, Folded>();
  for (const difference of differences) {
    const { kind, subject, environment, before, after } = difference;
    // Values are made with their keys in one order.
    const said = JSON.stringify([before, after]);
    const key = `${kind} ${JSON.stringify(subject)} ${said}`;
    const same = folded.get(key) ?? { first: difference, said, environments: new Set<string>() };
    folded.set(key, same);
    if (environment !== null) same.environments.add(environment);
  }
  return [...folded.values()]
    .map(({ first: { environment: _environment, ...fact }, said, environments }) => ({
      said,
      fact: { ...fact, environments: [...environments].sort(compareText) },
    }))
    .sort((a, b) => compareFacts(a.fact, b.fact) || compareText(a.said, b.said))
    .map(({ fact }) => fact);
}

function compareFacts(a: Fact, b: Fact): number {
  return (
    ranks[a.kind] - ranks[b.kind] ||
    compareText(a.subject ?? "", b.subject ?? "") ||
    compareText(a.environments.join(), b.environments.join())
  );
}
