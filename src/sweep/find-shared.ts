import { isPlaceholder } from "./detect/is-placeholder.ts";
import { isReference } from "./detect/is-reference.ts";
import { meaningOf } from "./detect/name-meaning.ts";
import { isSurelyRandom } from "./detect/randomness.ts";
import type { Entry } from "./entries/entry.ts";
import { canonicalValue } from "./canonical-value.ts";
import type { Sighting } from "./sighting.ts";

type Placed = Entry & { readonly file: string };

/** Random values that two services or more are given under names that say nothing. */
export function findShared(entries: readonly Placed[], known: readonly Sighting[]): readonly Sighting[] {
  const seen = new Set(known.map(({ value }) => canonicalValue(value)));
  const groups = new Map<string, Placed[]>();
  for (const entry of entries) {
    const value = canonicalValue(entry.value);
    if (entry.setting !== "env" || seen.has(value) || !isSurelyRandom(value)) continue;
    // The lengths of commits and digests.
    if (/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(value) || isReference(value) || isPlaceholder(value)) continue;
    if (meaningOf(entry.name) === "public") continue;
    groups.set(value, [...(groups.get(value) ?? []), entry]);
  }
  return [...groups.values()]
    .filter((group) => new Set(group.map(({ service, file }) => service ?? file)).size > 1)
    .flat()
    .map(({ value, file, nest, position, name, service }) => ({
      rule: "shared-value",
      kind: "random value that several are given",
      value,
      prefix: "",
      file,
      nest,
      line: position.line,
      column: position.column,
      name,
      service,
      host: null,
    }));
}
