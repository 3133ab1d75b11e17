import type { Severity } from "../../finding/severity.ts";
import type { ChangeKind } from "../change-kind.ts";
import type { Approver, Impact, Reach } from "../diff-report.ts";
import type { DiffRuleId } from "../diff-rule-ids.ts";
import type { Fact } from "../fact.ts";
import type { NeverChange } from "../never-delta.ts";
import type { DiffContext } from "./diff-context.ts";
import type { PoolRemoval, TerraformRemoval } from "./terraform-removals.ts";

/** A fact with its impact. */
export interface JudgedFact extends Fact {
  readonly impact: Impact;
  /** The rule that gives the impact, where it is not neutral. */
  readonly rule?: DiffRuleId;
  readonly fingerprint: string;
}

/** Everything that a step may look at. */
export interface Judging {
  readonly context: DiffContext;
  readonly judged: readonly JudgedFact[];
  readonly reach: Reach;
  readonly nevers: readonly NeverChange[];
  readonly approvers: readonly Approver[];
  /** The facts of some kinds, in their order. */
  readonly of: (...kinds: readonly ChangeKind[]) => readonly JudgedFact[];
  /** Those that are about a service, caller, edge, rule, … of this key. */
  readonly about: (subject: string) => readonly JudgedFact[];
  /** Those that give access along a path: its steps, and what its names became. */
  readonly along: (path: readonly string[], environment: string) => readonly JudgedFact[];
  /** What applying the later version destroys. */
  readonly removals: readonly TerraformRemoval[];
  /** The pools and providers of outside callers among it. */
  readonly pools: readonly PoolRemoval[];
}

/** A finding as a step makes it. */
export interface DiffDraft {
  /** Where the rule alone does not say it. */
  readonly severity?: Severity;
  /** One sentence without a full stop. */
  readonly message: string;
  readonly help?: string;
  readonly environments: readonly string[];
  readonly subject: string | null;
  readonly path?: readonly string[];
  /** The rule of the matrix that it is about. */
  readonly matrixRule?: string;
  /** How many it stands for. */
  readonly count?: number;
  /** The facts that it judges. It is shown at the first of them that the later version has a place for. */
  readonly facts: readonly JudgedFact[];
  /** What else makes it this finding and no other. */
  readonly identity?: string;
}

/** One judgement over facts. */
export type FindingStep = (judging: Judging) => Iterable<DiffDraft>;
