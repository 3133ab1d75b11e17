/** Time as a parameter: when it is, and waiting. The timeouts of single requests run on the real clock. */
export interface Clock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}
