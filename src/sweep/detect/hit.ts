import type { SweepRule } from "../sweep-rules.ts";

/** A credential in a text. */
export interface Hit {
  readonly rule: SweepRule;
  /** What it is, in words that hold nothing of it. */
  readonly kind: string;
  readonly value: string;
  /** Offsets in the text. */
  readonly start: number;
  readonly end: number;
  /** What all of its kind begin with, and nothing more. */
  readonly prefix: string;
  /** The host that takes it, where the text says so. */
  readonly host?: string;
}
