import type { DiffReport, ReachPair } from "../../diff/diff-report.ts";

/** A pair that is connected by the same path in several environments. */
export interface FoldedPair extends Omit<ReachPair, "environment"> {
  readonly environments: readonly string[];
}

/** The pairs of all environments, in order; those that say the same of several are one. */
export function foldReach(pairs: readonly ReachPair[]): readonly FoldedPair[] {
  const folded = new Map<string, FoldedPair & { readonly environments: string[] }>();
  for (const { environment, from, to, path, sensitive } of pairs) {
    const key = JSON.stringify([from, to, path, sensitive]);
    const known = folded.get(key);
    if (known === undefined) folded.set(key, { from, to, path, sensitive, environments: [environment] });
    else known.environments.push(environment);
  }
  return [...folded.values()];
}

/** Pairs, and those of them that no change says by itself. */
export interface SplitReach {
  readonly all: readonly FoldedPair[];
  readonly beyond: readonly FoldedPair[];
  /** How many the changes say. */
  readonly said: number;
}

/** What a change says by itself: the one edge, or the one opening, that came or went. */
export function splitReach(pairs: readonly ReachPair[], { changes }: DiffReport): SplitReach {
  const said = new Set(
    changes.flatMap(({ kind, from, to, subject }) => {
      if (kind === "edge-added" || kind === "edge-removed") return [JSON.stringify([from, to])];
      return kind === "public-added" || kind === "public-removed" ? [JSON.stringify(["internet", to ?? subject])] : [];
    }),
  );
  const all = foldReach(pairs);
  const beyond = all.filter(({ from, to, path }) => path.length > 2 || !said.has(JSON.stringify([from, to])));
  return { all, beyond, said: sizeOf(all) - sizeOf(beyond) };
}

/** How many pairs folded ones are. */
export function sizeOf(pairs: readonly FoldedPair[]): number {
  return pairs.reduce((sum, { environments }) => sum + environments.length, 0);
}

/** Of some pairs, how many the changes say: `, 4 of them by the changes above`. */
export function saidWords(said: number, total: number): string {
  if (said === 0) return "";
  return `, ${said === total ? (total === 1 ? "" : "all of them ") : `${said} of them `}by the changes above`;
}
