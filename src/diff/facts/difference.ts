import type { MatrixPair } from "../matrix-pair.ts";
import type { Fact } from "../fact.ts";

/** A fact in one environment, or in none. */
export interface Difference extends Omit<Fact, "environments"> {
  readonly environment: string | null;
}

/** Finds the differences of one part of the language. */
export type Comparer = (pair: MatrixPair) => readonly Difference[];
