import type { DeclaredName } from "./matrix.ts";

/** The services and callers that a name stands for: itself, or the members of a set, each once, in order of the list. */
export type Expand = (name: string) => readonly string[];

/** Expands names. A set that holds itself, at any depth, holds its other members only; a finding says so. */
export function setExpander(names: ReadonlyMap<string, DeclaredName>): Expand {
  const known = new Map<string, readonly string[]>();
  const expand = (name: string, within: ReadonlySet<string>): readonly string[] => {
    const declared = names.get(name);
    if (declared?.section !== "sets") return [name];
    const members = known.get(name);
    if (members !== undefined) return members;
    if (within.has(name)) return [];
    const expanded = [...new Set(declared.value.flatMap((member) => expand(member, new Set([...within, name]))))];
    // Inside a cycle the result depends on where it was entered.
    if (within.size === 0) known.set(name, expanded);
    return expanded;
  };
  return (name) => expand(name, new Set());
}
