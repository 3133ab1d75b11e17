import { groupBy } from "../words/group-by.ts";
import type { Draft } from "./draft.ts";

/** What lies within so many steps of some nodes, in both directions, and the edges that lead there. */
export function neighbourhood({ nodes, edges }: Draft, focus: ReadonlySet<string>, depth: number): Draft {
  const out = groupBy(edges, ({ from }) => from);
  const into = groupBy(edges, ({ to }) => to);
  const distances = new Map([...focus].map((name) => [name, 0]));
  let border: readonly string[] = [...focus];
  for (let step = 1; step <= depth && border.length > 0; step++) {
    const next: string[] = [];
    for (const name of border)
      for (const other of [...(out.get(name) ?? []).map(({ to }) => to), ...(into.get(name) ?? []).map((e) => e.from)])
        if (!distances.has(other)) {
          distances.set(other, step);
          next.push(other);
        }
    border = next;
  }
  // An edge between two nodes at the rim is no way to the focus.
  const isInside = (name: string): boolean => (distances.get(name) ?? depth) < depth;
  return {
    nodes: new Map([...nodes].filter(([name]) => distances.has(name))),
    edges: edges.filter(({ from, to }) => distances.has(from) && distances.has(to) && (isInside(from) || isInside(to))),
  };
}
