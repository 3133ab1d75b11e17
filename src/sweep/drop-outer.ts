import type { Sighting } from "./sighting.ts";

/** Rules that go by names: what another rule finds inside of their value is the credential itself. */
const byName = new Set(["named-secret", "signing-key", "kubernetes-secret", "shared-value"]);

/** Of a line with more, minified or made to be slow, nothing is left out. */
const MAX_VALUES = 200;

/** Leaves out values that a name made a credential and that hold a smaller one, at the same line. */
export function dropOuter(sightings: readonly Sighting[]): readonly Sighting[] {
  const byLine = new Map<string, Sighting[]>();
  for (const sighting of sightings) {
    const key = JSON.stringify([sighting.file, sighting.line]);
    const same = byLine.get(key);
    if (same === undefined) byLine.set(key, [sighting]);
    else same.push(sighting);
  }
  return [...byLine.values()].flatMap((same) => {
    const values = [...new Set(same.map(({ value }) => value))].filter((value) => value.length >= 4);
    if (values.length > MAX_VALUES) return same;
    const outer = new Set(
      values.filter((value) => values.some((inner) => inner.length < value.length && value.includes(inner))),
    );
    return same.filter(({ rule, value }) => !byName.has(rule) || !outer.has(value));
  });
}
