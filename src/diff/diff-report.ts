import type { Severity } from "../finding/severity.ts";
import type { Span } from "../matrix/text/source-text.ts";
import type { DiffRuleId } from "./diff-rule-ids.ts";
import type { Fact } from "./fact.ts";

/**
 * broadens: after it, somebody may do more than before, or less stands in the way. narrows: the contrary. neutral: neither.
 * What does both broadens.
 */
export const impacts = ["broadens", "narrows", "neutral"] as const;
export type Impact = (typeof impacts)[number];

/** What a change to a matrix means. Everything is in its one order. */
export interface DiffReport {
  /** The two versions, as the command line or git names them. */
  readonly base: DiffSide;
  readonly head: DiffSide;
  /** The moment at which both are judged, as an ISO timestamp. */
  readonly asOf: string;
  readonly changed: boolean;
  /** Of the whole: broadens where any change broadens, else narrows where any narrows. */
  readonly impact: Impact;
  readonly changes: readonly Change[];
  /** What is to be said beyond the single change, the gravest first. */
  readonly findings: readonly DiffFinding[];
  readonly reach: Reach;
  readonly approvers: readonly Approver[];
  /** Every environment of either version, sorted. */
  readonly environments: readonly string[];
}

export interface DiffSide {
  /** As it was asked for, or found: `main:infra/matrix.yaml`, `matrix.yaml`, `<stdin>`. */
  readonly name: string;
  /** The commit, in full, where it comes from one. */
  readonly commit: string | null;
  /** Whether there was a matrix at all; where not, it counts as one that declares nothing. */
  readonly isPresent: boolean;
}

/** A fact with its judgement, and the lines of both versions instead of their places. */
export interface Change extends Omit<Fact, "at" | "was"> {
  readonly impact: Impact;
  /** The rule that gives its impact, where it is not neutral, then those of the findings that it is part of. */
  readonly rules: readonly DiffRuleId[];
  /** SHA-256 in hex over the fact, without places: the same after a rebase, a reordering, a move between files. */
  readonly fingerprint: string;
  /** Where the later version says it; for what is gone there, null. */
  readonly span: Span | null;
  /** Where the earlier version said it. */
  readonly baseSpan: Span | null;
}

/** A judgement over one change or several. */
export interface DiffFinding {
  readonly rule: DiffRuleId;
  readonly severity: Severity;
  /** One sentence without a full stop. */
  readonly message: string;
  readonly help: string | null;
  readonly environments: readonly string[];
  /** The service or caller that it is about, where it is about one. */
  readonly subject: string | null;
  /** Names along a path that shows it; empty where there is none. */
  readonly path: readonly string[];
  /** The rule of the matrix that it is about, where it is about one. */
  readonly matrixRule?: string;
  /** How many findings it stands for, where it is the rest of too many. */
  readonly count?: number;
  /** Fingerprints of the changes that it judges, in their order. */
  readonly changes: readonly string[];
  /** SHA-256 in hex over rule, environments, subject and path. */
  readonly fingerprint: string;
  readonly span: Span | null;
}

/** Who reaches whom through one edge or more. */
export interface Reach {
  /** The internet first, then sensitive targets, then by environment, from, to. At most MAX_LISTED of each. */
  readonly gained: readonly ReachPair[];
  readonly lost: readonly ReachPair[];
  /** How many there are in all, listed or not. */
  readonly gainedTotal: number;
  readonly lostTotal: number;
}

export interface ReachPair {
  readonly environment: string;
  /** `internet`, or the key of a service or caller. */
  readonly from: string;
  readonly to: string;
  /** The shortest path, both ends included: in the later version where it is gained, in the earlier where it is lost. */
  readonly path: readonly string[];
  /** Whether the target is sensitive, in either version. */
  readonly sensitive: boolean;
}

/** Somebody whose approval the change needs. */
export interface Approver {
  /** The owner, as the matrix names it; null for changes of what nobody owns. */
  readonly owner: string | null;
  /** What nobody owns, where the owner is null. */
  readonly unowned?: readonly string[];
  /** Who approves for that owner on GitHub: `@org/team` or `@user`. By the earlier version, where it knows the owner: a change must not choose its own judges. */
  readonly github: readonly string[];
  /** Why, one reason each, in order. */
  readonly reasons: readonly ApprovalReason[];
  /** Fingerprints of the changes that need it, in their order. */
  readonly changes: readonly string[];
}

export const approvalReasons = [
  "callee-owner",
  "service-owner",
  "rule-approver",
  "exception-approver",
  "former-owner",
] as const;
export type ApprovalReason = (typeof approvalReasons)[number];
