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

/** Those that no change says by itself: more than the one edge, or the one opening, that came or went. */
export function beyondChanges(pairs: readonly FoldedPair[], { changes }: DiffReport): readonly FoldedPair[] {
  const said = new Set(
    changes.flatMap(({ kind, from, to, subject }) => {
      if (kind === "edge-added" || kind === "edge-removed") return [JSON.stringify([from, to])];
      return kind === "public-added" || kind === "public-removed" ? [JSON.stringify(["internet", to ?? subject])] : [];
    }),
  );
  return pairs.filter(({ from, to, path }) => path.length > 2 || !said.has(JSON.stringify([from, to])));
}
