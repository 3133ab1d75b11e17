import type { Draft } from "../../finding/draft.ts";
import type { Severity } from "../../finding/severity.ts";
import type { Matrix } from "../model/matrix.ts";

/** One thing that a matrix can get wrong. */
export interface Rule {
  /** Stable: exceptions, lint settings and the docs name it. */
  readonly id: string;
  readonly severity: Severity;
  /** What it finds, as one phrase. */
  readonly summary: string;
  /** Whether what it finds at severity error keeps synth from going on. Such a rule cannot be set by `lint`. */
  readonly stopsSynth: boolean;
  readonly check: (matrix: Matrix) => Iterable<Draft>;
}
