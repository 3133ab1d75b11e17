import type { Nest } from "./entries/entry.ts";
import type { SweepRule } from "./sweep-rules.ts";

/** One credential at one place. It holds the value: sightings never leave this folder. */
export interface Sighting {
  readonly rule: SweepRule;
  readonly kind: string;
  readonly value: string;
  readonly prefix: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Where it stands, to tell what stands in it. */
  readonly nest: Nest;
  /** The variable or key that holds it. */
  readonly name: string | null;
  readonly service: string | null;
  /** Services that are given the whole file, where it is several. */
  readonly givenTo?: readonly string[];
  /** The host that takes it, where it stands in a URI. */
  readonly host: string | null;
}
