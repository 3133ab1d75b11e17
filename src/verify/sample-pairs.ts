import { createHash } from "node:crypto";
import { compareText } from "../words/compare-text.ts";

/** One service in one region, as a caller could call it. */
export interface Pair {
  readonly caller: string;
  readonly service: string;
  readonly region: string;
}

/**
 * Some of the pairs: those whose names hash lowest, so that it is the same ones until names change, on every machine, and
 * no one can tell them by the order of names.
 */
export function samplePairs<T extends Pair>(pairs: readonly T[], size: number, environment: string): readonly T[] {
  return pairs
    .map((pair) => ({ pair, rank: rankOf(pair, environment) }))
    .sort((a, b) => compareText(a.rank, b.rank))
    .slice(0, size)
    .map(({ pair }) => pair);
}

function rankOf({ caller, service, region }: Pair, environment: string): string {
  return createHash("sha256")
    .update(JSON.stringify([environment, caller, service, region]))
    .digest("hex");
}
