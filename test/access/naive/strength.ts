import type { Path } from "../../../src/access/access.ts";

/** How sure one path is. Weakest first: unknown < conditional < allowed. */
export type Strength = Path["allow"];

const order: readonly Strength[] = ["unknown", "conditional", "allowed"];

export function atLeast(a: Strength, b: Strength): boolean {
  return order.indexOf(a) >= order.indexOf(b);
}

/** A chain is as sure as its weakest part. */
export function weakest(parts: readonly Strength[]): Strength {
  return order.find((strength) => parts.includes(strength)) ?? "allowed";
}

/** Several ways are as sure as the surest. Undefined where there is none. */
export function strongest(ways: readonly Strength[]): Strength | undefined {
  return order.toReversed().find((strength) => ways.includes(strength));
}
