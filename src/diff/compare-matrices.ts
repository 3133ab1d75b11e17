import { comparers } from "./facts/comparers.ts";
import { compareSets } from "./facts/compare-sets.ts";
import { foldDifferences } from "./facts/fold-differences.ts";
import type { Fact } from "./fact.ts";
import type { MatrixPair } from "./matrix-pair.ts";

/**
 * Everything in which the meaning of two matrices differs, in order of kind, subject and environment. What is only
 * written otherwise differs in nothing. Names of the earlier matrix are those that they have in the later one.
 */
export function compareMatrices(pair: MatrixPair): readonly Fact[] {
  const differences = comparers.flatMap((compare) => [...compare(pair)]);
  return foldDifferences([...differences, ...compareSets(pair, differences)]);
}
