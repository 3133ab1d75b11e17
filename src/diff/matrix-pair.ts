import type { Matrix } from "../matrix/model/matrix.ts";
import type { World } from "../matrix/model/world.ts";

/** Two versions of a matrix, judged at one moment, with what belongs together matched. */
export interface MatrixPair {
  readonly before: Matrix;
  readonly after: Matrix;
  /** Services and callers that have another key now: the later key by the earlier one. */
  readonly renames: ReadonlyMap<string, string>;
  /** Every environment of either, in order of name. */
  readonly worlds: readonly WorldPair[];
  /** Both with all their environments, where only some are compared. */
  readonly everywhere?: { readonly before: Matrix; readonly after: Matrix };
}

/** One environment in both versions; undefined in the one that does not have it. */
export interface WorldPair {
  readonly environment: string;
  readonly before: World | undefined;
  readonly after: World | undefined;
}

/** The key that a name of the earlier matrix has in the later one: its own, unless it was renamed. */
export function laterName({ renames }: Pick<MatrixPair, "renames">, earlier: string): string {
  return renames.get(earlier) ?? earlier;
}
