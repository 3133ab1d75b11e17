import type { Severity } from "../finding/severity.ts";
import type { DriftRuleId } from "../matrix/rules/drift-rule-ids.ts";
import type { Draft } from "./draft.ts";
import type { DriftContext } from "./drift-context.ts";

/** One way in which the world can differ from the matrix. */
export interface DriftRule {
  readonly id: DriftRuleId;
  readonly severity: Severity;
  /** What it finds, as one phrase. */
  readonly summary: string;
  /** Trust services criteria of SOC 2 that a finding speaks to. */
  readonly criteria: readonly string[];
  /** Exceptions for this rule of `matrix validate`, which says the same of the matrix, accept it as well. */
  readonly declaredTwin?: string;
  readonly check: (context: DriftContext) => Iterable<Draft>;
}
