/** What a call shows: nothing, an ID token for the service, or one for another audience. */
export type Credential = "none" | "token" | "wrong-audience";

/**
 * What the front door must do. refuse: 403, since there is no token, or no edge. distrust: 401, since the token is for
 * somebody else. admit: let it pass. proxy: Identity-Aware Proxy answers, and asks to sign in.
 */
export type Expectation = "refuse" | "distrust" | "admit" | "proxy";

/** One call to be made, as it follows from the matrix. */
export interface Probe {
  readonly service: string;
  readonly region: string;
  /** With its path. Null where it is not known: then nothing is sent. */
  readonly url: string | null;
  /** Why it cannot be called; null where it can. */
  readonly obstacle: string | null;
  /** What is not sure of its URL, in a sentence without a full stop; null where all is well. */
  readonly doubt: string | null;
  readonly credential: Credential;
  /** The service or caller whose account the token is of; null without a token. */
  readonly caller: string | null;
  readonly account: string | null;
  readonly audience: string | null;
  readonly expects: Expectation;
  /** Why that is expected, in a few words. */
  readonly because: string;
  /** Whether the matrix opens the service to everybody. */
  readonly isPublic: boolean;
  /** Whether the matrix lets in requests from inside only. */
  readonly isInternal: boolean;
  /** Whether a grant from above that the matrix accepts may let the caller in, and nobody knows whether it does. */
  readonly mayInherit: boolean;
}

/** What is not called although it stands in the matrix, and why. */
export interface LeftOut {
  readonly service: string;
  readonly caller: string | null;
  readonly why: LeftOutReason;
}

export type LeftOutReason = "sensitive" | "job" | "planned" | "retired" | "observed" | "public" | "proxy" | "inherited";

export interface VerifyPlan {
  /** By service, region, credential, caller. */
  readonly probes: readonly Probe[];
  readonly leftOut: readonly LeftOut[];
}

/** What came back, as far as it says who answered. */
export type Answer =
  | { readonly kind: "answer"; readonly status: number; readonly proxy: boolean }
  /** The service did not answer. */
  | { readonly kind: "silent"; readonly reason: string }
  /** There was no token to call with. */
  | { readonly kind: "no-token"; readonly reason: string }
  /** Its URL is not known, or nothing is to be sent. */
  | { readonly kind: "not-sent"; readonly reason: string };
