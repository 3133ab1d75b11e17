import type { Snapshot } from "../snapshot/snapshot.ts";
import type { Path, Row, Verdict } from "./access.ts";

/** A row as far as judging needs it. */
export interface JudgedRow extends Pick<Row, "ring" | "principal" | "verdict"> {
  readonly paths: readonly Pick<Path, "hops" | "allow">[];
}

/** Why something is not sure. */
export type Reason = "iap-agent" | "iap" | "deny" | "condition" | "set" | "indirect" | "unread" | "load-balancer";

/** One way by which whoever was asked about gets in, or would. */
export interface JudgedWay<R extends JudgedRow> {
  readonly row: R;
  /** Which of its identities comes this way. */
  readonly as: string;
  /** `own`: by a row of its own. `set`: in a set that surely holds it. `maybe`: in one that may hold it. */
  readonly membership: "own" | "set" | "maybe";
  readonly verdict: Verdict;
  readonly reason: Reason | null;
}

/** Whether somebody may call one service. */
export interface Judged<R extends JudgedRow> {
  /** The surest over all identities and rings. Indirect ways are conditional at most. */
  readonly verdict: Verdict | "no";
  /** The surest first; one's own before those of sets, direct ones before indirect ones. */
  readonly ways: readonly JudgedWay<R>[];
  /** The rows of the ways, each once. */
  readonly rows: readonly R[];
  /** The identity that the surest way is for. */
  readonly as: string | null;
  /** The sets that may call, and of which nobody knows whether they hold it. Sorted. */
  readonly sets: readonly string[];
  /** Why it is less than sure: of the surest ways. */
  readonly reasons: readonly Reason[];
}

export interface JudgeSource<R extends JudgedRow> {
  readonly snapshot: Snapshot;
  readonly rows: readonly R[];
  readonly resourceOf: (row: R) => string;
  /** Whether something that was not read could hold a grant at a service. */
  readonly isDoubted: (resource: string) => boolean;
}

/** From the surest on. */
export const verdictOrder = ["allowed", "conditional", "unknown", "denied", "no"] as const;
