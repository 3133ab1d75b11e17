import type { DeclaredName } from "./matrix.ts";

/** The services and callers that a name stands for: itself, or the members of a set, at any depth and each once. */
export type Expand = (name: string) => readonly string[];

/** Expands names. A set that holds itself holds its other members; a finding says so. */
export function setExpander(names: ReadonlyMap<string, DeclaredName>): Expand {
  const known = new Map<string, readonly string[]>();
  return (name) => {
    const expanded = known.get(name) ?? expand(name, names);
    known.set(name, expanded);
    return expanded;
  };
}

/** One walk over the sets below a name, each entered once: sets can nest and share members as they like. */
function expand(name: string, names: ReadonlyMap<string, DeclaredName>): readonly string[] {
  const seen = new Set([name]);
  const members: string[] = [];
  const open = [name];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const declared = names.get(next);
    if (declared?.section !== "sets") members.push(next);
    else {
      for (const member of declared.value) {
        if (seen.has(member)) continue;
        seen.add(member);
        open.push(member);
      }
    }
  }
  return members;
}
