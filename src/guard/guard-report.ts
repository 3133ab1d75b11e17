import type { Severity } from "../finding/severity.ts";
import type { Span } from "../matrix/text/source-text.ts";
import type { GuardRuleId } from "./guard-rule-ids.ts";

/** What a Terraform plan would do to the access that a matrix declares. Everything is in its one order. */
export interface GuardReport {
  /** The root file of the matrix, and the plan, as they were named. */
  readonly matrix: string;
  readonly plan: PlanNote;
  /** The moment at which the matrix is judged, as an ISO timestamp. */
  readonly asOf: string;
  readonly environments: readonly string[];
  /** Whether these are all that the matrix has. */
  readonly isWholeMatrix: boolean;
  /** Whether all that could be access was known. */
  readonly complete: boolean;
  readonly summary: GuardSummary;
  /** What the plan would do, then what stands already; of each the gravest first. */
  readonly findings: readonly GuardFinding[];
  /** Values that are taken to be what they refer to: the plan does not know them. */
  readonly assumed: readonly AssumedValue[];
}

export interface PlanNote {
  readonly name: string;
  readonly terraformVersion: string | null;
  /** Whether matrix wrote the configuration. */
  readonly isOurs: boolean;
  /** Terraform's own word on whether the plan is of all that the configuration says. */
  readonly isWhole: boolean;
}

export interface GuardSummary {
  /** Resources of the plan that can give or take access. */
  readonly resources: number;
  /** Grants among them: one for each role and member. */
  readonly grants: number;
  /** Of these, the ones that the matrix declares, and those of projects that it does not name. */
  readonly declared: number;
  readonly elsewhere: number;
  /** The projects, or accounts, of the latter: those that the plan tells, in order. */
  readonly outside: readonly string[];
  /** Findings that the plan would bring, by severity; those of what is not known; those of what stands already. */
  readonly findings: Readonly<Record<Severity, number>>;
  readonly unknown: number;
  readonly already: number;
}

export const certainties = ["certain", "conditional", "possible", "unknown"] as const;
export type Certainty = (typeof certainties)[number];

export interface GuardFinding {
  readonly rule: GuardRuleId;
  readonly severity: Severity;
  /**
   * conditional: an IAM condition stands before it. possible: it hangs on a folder or organization that may not be above
   * the projects of the matrix. unknown: it may be none at all.
   */
  readonly certainty: Certainty;
  /** Whether it stands before this plan as well, which leaves it. It is told, and fails nothing. */
  readonly already: boolean;
  /** The address of the resource in the plan. */
  readonly address: string;
  /** What Terraform does with it. */
  readonly action: PlanAction;
  readonly environments: readonly string[];
  /** Keys of services and callers of the matrix that it is about. */
  readonly names: readonly string[];
  /** Null where the plan marks it as sensitive, or does not know it. */
  readonly principal: string | null;
  readonly role: string | null;
  readonly resource: string | null;
  readonly condition: string | null;
  /** One sentence without a full stop. */
  readonly message: string;
  readonly fix: string | null;
  /** SHA-256 in hex over rule, address, role, principal and resource. */
  readonly fingerprint: string;
  /** Where the matrix says what it is about. */
  readonly span: Span | null;
}

export type PlanAction = "create" | "update" | "replace" | "delete" | "no-op" | "forget" | "read";

export interface AssumedValue {
  readonly address: string;
  readonly argument: string;
  /** Null where it is sensitive. */
  readonly value: string | null;
}
