import { groupBy } from "../words/group-by.ts";
import type { Draft, EdgeDraft, NodeDraft } from "./draft.ts";

/** Fewer edges than this are drawn as they are. */
const MANY = 9;

/**
 * Draws the edges of one set to another through one node that stands for them: n + m lines instead of n × m. Only where
 * every caller of them may call every callee, in the same state, by this key and no other.
 */
export function mergeSets({ nodes, edges }: Draft): Draft {
  const byKey = groupBy(
    edges.filter(({ facts }) => facts.length === 1),
    ({ facts, state }) => JSON.stringify([facts[0]?.key, state]),
  );
  const junctions = new Map<string, NodeDraft>();
  const lines: EdgeDraft[] = [];
  const merged = new Set<EdgeDraft>();
  for (const group of byKey.values()) {
    const callers = [...new Set(group.map(({ from }) => from))];
    const callees = [...new Set(group.map(({ to }) => to))];
    const [first] = group;
    const isWhole = group.length === callers.length * callees.length;
    if (first === undefined || !isWhole || group.length < MANY || group.length <= callers.length + callees.length)
      continue;
    const name = first.facts[0]?.key ?? "";
    // A key and a service never share a name: a key has an arrow. Two states of one key would.
    if (junctions.has(name) || nodes.has(name)) continue;
    junctions.set(name, junction(name, group.length));
    for (const edge of group) merged.add(edge);
    lines.push(
      ...callers.map((from) => ({ ...first, from, to: name })),
      ...callees.map((to) => ({ ...first, from: name, to })),
    );
  }
  if (junctions.size === 0) return { nodes, edges };
  return { nodes: new Map([...nodes, ...junctions]), edges: [...edges.filter((edge) => !merged.has(edge)), ...lines] };
}

function junction(name: string, count: number): NodeDraft {
  return {
    name,
    kind: "junction",
    remarks: [`${count} edges`],
    isSensitive: false,
    isDeclared: true,
    cluster: null,
  };
}
