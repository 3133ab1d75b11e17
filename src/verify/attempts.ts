import type { FirstJudgement } from "./judge-answer.ts";
import type { Answer } from "./probe.ts";

/** One answer, and what it says by itself. */
export interface Attempt {
  readonly answer: Answer;
  readonly at: number;
  readonly judged: FirstJudgement;
}

/** What came of one call over time. */
export interface History {
  readonly attempts: number;
  readonly last: Attempt;
  /** The latest finding. */
  readonly found: Attempt | undefined;
  /** The latest time that somebody got in who must not. */
  readonly gotIn: Attempt | undefined;
  /** How many answers in a row are as declared, the last included. */
  readonly fine: number;
}

/** How many refusals in a row it takes after somebody got in: what differs from call to call is not closed. */
export const CONFIRMED = 3;

/** A history with one more attempt. */
export function remember(history: History | undefined, last: Attempt): History {
  const { verdict, finding } = last.judged;
  const isFound = verdict === "finding";
  const isOpen = isFound && finding !== "edge-refused" && finding !== "public-refused";
  return {
    attempts: (history?.attempts ?? 0) + 1,
    last,
    found: isFound ? last : history?.found,
    gotIn: isOpen ? last : history?.gotIn,
    fine: verdict === "ok" ? (history?.fine ?? 0) + 1 : 0,
  };
}

/**
 * The attempt that is judged: the last, unless it only hides a finding. A grant that arrives makes a finding go away, and
 * so does one that is taken away, if that lasts; trouble does not.
 */
export function decisive({ last, found, gotIn, fine }: History): Attempt {
  const isOver = last.judged.verdict === "ok" && (gotIn === undefined || fine >= CONFIRMED);
  return isOver || found === undefined ? last : found;
}
