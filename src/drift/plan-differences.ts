import { outsideOf } from "../callers/caller-of.ts";
import type { Outside } from "../callers/outside.ts";
import type { Provider } from "../federation/federation.ts";
import type { World } from "../matrix/model/world.ts";
import type { ProviderRecord } from "../snapshot/snapshot.ts";
import { enumerateWords } from "../words/enumerate-words.ts";
import { providerDifferences, quoted, trustDifferences } from "./provider-differences.ts";

/** A caller that shows its tokens to a provider. */
interface Shown {
  readonly caller: string;
  readonly outside: Extract<Outside, { readonly kind: "pooled" }>;
}

export function shownTo({ callers }: Provider, world: World): readonly Shown[] {
  return callers.flatMap((key) => {
    const caller = world.callers.get(key);
    const outside = caller === undefined ? undefined : outsideOf(caller);
    return outside?.kind === "pooled" ? [{ caller: key, outside }] : [];
  });
}

/**
 * How a live provider differs from what a world says of it, a clause each: from all of the plan where Terraform makes
 * it; of one that was there before, in whose tokens it takes and what it makes of the subject.
 */
export function planDifferences(
  provider: Provider,
  live: ProviderRecord,
  world: World,
  keysOf: (file: string) => string | undefined,
): readonly string[] {
  if (provider.origin === "made") return providerDifferences(provider, live, keysOf);
  const differences = trustDifferences(provider.trust, live, keysOf);
  if (live.mapping === undefined) return differences;
  const subjects = [...new Set(shownTo(provider, world).map(({ outside }) => outside.subject))];
  const subject = live.mapping["google.subject"];
  if (subject !== undefined && subjects.every((each) => each === subject)) return differences;
  const wanted = enumerateWords(subjects.map(quoted), "or");
  return [...differences, `maps google.subject to ${quoted(subject ?? "")} where the matrix counts on ${wanted}`];
}
