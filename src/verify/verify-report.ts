import type { LeftOut, Probe } from "./probe.ts";

/** What `matrix verify` says: each call with its verdict, and what was not called. */
export interface VerifyReport {
  readonly environment: string;
  /** The root file of the matrix. */
  readonly matrix: string;
  /** In UTC. */
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly method: "HEAD" | "GET";
  /** Seconds over which calls were repeated that the propagation of IAM could still change. */
  readonly settle: number;
  /** Whose tokens were shown. */
  readonly callers: readonly string[];
  /** Whether nothing was sent on purpose. */
  readonly dryRun: boolean;
  /** Whether everything that was asked for was judged. */
  readonly complete: boolean;
  readonly calls: readonly JudgedCall[];
  readonly leftOut: readonly LeftOut[];
}

/** What a finding says went wrong. */
export type VerifyFinding =
  | "open-without-token"
  | "public-refused"
  | "edge-refused"
  | "undeclared-got-in"
  | "audience-not-checked";

/**
 * door: an answer that only fits the front door, since it tells tokens apart that the app does not see. status: the status
 * alone, which the app could have answered itself. none: the call proves nothing of the edge.
 */
export type Evidence = "door" | "status" | "none";

export interface Judgement {
  readonly verdict: "ok" | "finding" | "unknown" | "not-sent";
  readonly finding: VerifyFinding | null;
  readonly evidence: Evidence;
  /** In one sentence without a full stop. */
  readonly message: string;
  readonly help: string | null;
}

export interface JudgedCall extends Judgement {
  readonly probe: Probe;
  /** Of the answer that is judged, which is the last one unless that would hide a finding; null where there was none. */
  readonly status: number | null;
  readonly attempts: number;
  /** Seconds from the start of the run to the last attempt. */
  readonly after: number;
  /** How many seconds before the last attempt somebody still got in who now is refused; null where nobody did. */
  readonly openUntil: number | null;
}
