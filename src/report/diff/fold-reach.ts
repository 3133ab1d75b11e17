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

/** Pairs as they are listed, each counted once, and those of them that no change says by itself. */
export interface SplitReach {
  /** How many there are, listed or not. */
  readonly total: number;
  readonly all: readonly FoldedPair[];
  readonly beyond: readonly FoldedPair[];
  /** How many the changes say. */
  readonly said: number;
  /** How many are only counted. Where some are, each pair counts in each environment. */
  readonly unlisted: number;
}

/** What a change says by itself: the one edge, or the one opening, that came or went. */
export function splitReach(
  pairs: readonly ReachPair[],
  total: number,
  { changes }: Pick<DiffReport, "changes">,
): SplitReach {
  const said = new Set(
    changes.flatMap(({ kind, from, to, subject }) => {
      if (kind === "edge-added" || kind === "edge-removed") return [JSON.stringify([from, to])];
      return kind === "public-added" || kind === "public-removed" ? [JSON.stringify(["internet", to ?? subject])] : [];
    }),
  );
  const unlisted = total - pairs.length;
  const all =
    unlisted === 0
      ? foldReach(pairs)
      : pairs.map(({ environment, ...pair }): FoldedPair => ({ ...pair, environments: [environment] }));
  const beyond = all.filter(({ from, to, path }) => path.length > 2 || !said.has(JSON.stringify([from, to])));
  return { total: all.length + unlisted, all, beyond, said: all.length - beyond.length, unlisted };
}

/** What to add where each pair counts in each environment. */
export function countingWords(
  { environments }: Pick<DiffReport, "environments">,
  ...split: readonly SplitReach[]
): string {
  return environments.length > 1 && split.some(({ unlisted }) => unlisted > 0) ? ", counted in each environment" : "";
}

/** Of some pairs, how many the changes say: `, 4 of them by the changes above`. */
export function saidWords(said: number, total: number): string {
  if (said === 0) return "";
  return `, ${said === total ? (total === 1 ? "" : "all of them ") : `${said} of them `}by the changes above`;
}
