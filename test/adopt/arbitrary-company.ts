import type * as fc from "fast-check";
import type { Snapshot } from "../../src/snapshot/snapshot.ts";
import { arbitraryWorld } from "../access/arbitrary-worlds.ts";

/**
 * The small wild worlds of the evaluator's tests, with names that the language takes. Two companies have nothing in common:
 * neither projects nor numbers nor what is above them.
 */
export function arbitraryCompany(name: string, digit: string): fc.Arbitrary<Snapshot> {
  return arbitraryWorld.map(
    (world) =>
      // A snapshot stays one when its names change everywhere.
      JSON.parse(
        JSON.stringify(world)
          .replaceAll(/\bp([123])\b/g, `${name}-p$1`)
          .replaceAll(/\br([12])\b/g, "europe-west$1")
          .replaceAll(/\b(111|222|333|801|802|899|901|902)\b/g, `${digit}$1`),
      ) as Snapshot,
  );
}
