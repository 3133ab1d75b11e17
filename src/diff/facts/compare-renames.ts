import type { MatrixPair } from "../matrix-pair.ts";
import type { Difference } from "./difference.ts";

/** Services and callers that have another key now, in the environments in which both versions have them. */
export function compareRenames({ before, after, renames, worlds }: MatrixPair): readonly Difference[] {
  return [...renames].flatMap(([earlier, later]) => {
    const isService = after.names.get(later)?.section === "services";
    const difference = {
      kind: isService ? "service-renamed" : "caller-renamed",
      subject: later,
      from: null,
      to: isService ? later : null,
      before: earlier,
      after: later,
      was: before.names.get(earlier)?.place ?? null,
      at: after.names.get(later)?.place ?? null,
    } as const;
    const section = isService ? "services" : "callers";
    const shared = worlds.filter(
      (world) => world.before?.[section].has(earlier) === true && world.after?.[section].has(later) === true,
    );
    const environments = shared.length === 0 ? [null] : shared.map(({ environment }) => environment);
    return environments.map((environment): Difference => ({ ...difference, environment }));
  });
}
