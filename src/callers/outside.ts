/** Who may act as the account of a caller, from outside of Google's own accounts. */
export type Outside = KnownOutside | PooledOutside;

/** Somebody whom IAM knows without a pool of ours: a Kubernetes service account. */
export interface KnownOutside {
  readonly kind: "known";
  /** As policies write it: `serviceAccount:PROJECT.svc.id.goog[NAMESPACE/ACCOUNT]`. */
  readonly principal: string;
}

/** Somebody who shows a token of another issuer to a provider of a workload identity pool. */
export interface PooledOutside {
  readonly kind: "pooled";
  readonly pool: PoolWish;
  readonly trust: Trust;
  /** A CEL expression over `assertion`, true of this caller's tokens and of nobody's beyond its account, owner or issuer. */
  readonly admits: string;
  /** The CEL expression of `google.subject`, the same for all callers of the pool; at most 127 bytes for everybody admitted. */
  readonly subject: string;
  /** What that gives for this caller, where the matrix says it. */
  readonly declaredSubject?: string | undefined;
  /** What alone this caller's tokens are mapped to. */
  readonly match: Match;
}

/** Callers whose wishes have the same family and `apart` share a pool in each project. */
export interface PoolWish {
  /** Part of the pool's name: `github`. */
  readonly family: string;
  /** What keeps pools of a family apart: issuer, audience, trust domain, file of keys; empty where a family has one pool. */
  readonly apart: readonly string[];
  /** Part of the provider's name where a pool has one for each of something: the id of an AWS account. Else empty. */
  readonly provider: string;
  /** In a few words, for people: `GitHub Actions`. */
  readonly title: string;
  /** An existing pool, and a provider of it, that are used instead; the pool then lives in the caller's project. */
  readonly existing: { readonly pool: string; readonly provider: string | undefined } | undefined;
}

/** Whose tokens a provider takes. */
export type Trust =
  | { readonly type: "aws"; readonly account: string }
  | {
      readonly type: "oidc";
      readonly issuer: string;
      /** Empty: the provider's own resource name, which is what Google's client libraries ask for. At most 10. */
      readonly audiences: readonly string[];
      /** The file of keys as the matrix names it; undefined where Google asks the issuer. */
      readonly jwks: string | undefined;
    };

/** One value of one mapped attribute. */
export type Match =
  /** `google.subject` has this value. */
  | { readonly by: "subject"; readonly value: string }
  /** `attribute.NAME` has this value; equal names have equal expressions. */
  | { readonly by: "attribute"; readonly name: string; readonly expression: string; readonly value: string };
