import type { Nest } from "./entries/entry.ts";
import type { Sighting } from "./sighting.ts";

/** Rules that go by names: what another rule finds inside of their value is the credential itself. */
const byName = new Set(["named-secret", "signing-key", "kubernetes-secret", "shared-value"]);

/** Of a line with more, minified or made to be slow, nothing is left out. */
const MAX_VALUES = 200;
const MAX_SIGHTINGS = 2000;

/** Leaves out values that a name made a credential and that hold a smaller one: in them, not in another value of the line. */
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
    if (values.length > MAX_VALUES || same.length > MAX_SIGHTINGS) return same;
    const outer = new Set(
      values.filter((value) => values.some((inner) => inner.length < value.length && value.includes(inner))),
    );
    return same.filter((each) => !byName.has(each.rule) || !outer.has(each.value) || !holdsAny(each, same));
  });
}

function holdsAny({ value, nest }: Sighting, others: readonly Sighting[]): boolean {
  return others.some(
    (inner) =>
      inner.value.length >= 4 &&
      inner.value.length < value.length &&
      value.includes(inner.value) &&
      isWithin(inner.nest, nest),
  );
}

function isWithin(inner: Nest, outer: Nest): boolean {
  return outer.every(([start, end], depth) => {
    const [from, to] = inner[depth] ?? [-1, -1];
    return depth < outer.length - 1 ? from === start && to === end : start <= from && to <= end;
  });
}
