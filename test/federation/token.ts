/** What somebody outside of Google can show. */
export type OutsideToken = OidcToken | AwsIdentity | PodIdentity;

/** A token of an issuer. */
export interface OidcToken {
  readonly kind: "oidc";
  readonly issuer: string;
  /** `for the provider`: the issuer writes the audience that it is asked for, and it is asked for what the provider wants. */
  readonly audience: string | typeof ASKED;
  /** The content of the file of keys that verifies it; undefined: the keys that the issuer publishes. */
  readonly keys?: string;
  /** Without iss and aud. */
  readonly claims: Readonly<Record<string, unknown>>;
}

/** What AWS answers to GetCallerIdentity. */
export interface AwsIdentity {
  readonly kind: "aws";
  readonly account: string;
  readonly arn: string;
  readonly userid: string;
}

/** A pod on GKE. */
export interface PodIdentity {
  readonly kind: "pod";
  /** The id of the cluster's project. */
  readonly project: string;
  readonly namespace: string;
  readonly account: string;
}

export const ASKED = "for the provider";
