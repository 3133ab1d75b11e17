import type { Trust } from "../callers/outside.ts";
import type { ShownToken } from "../callers/shown-token.ts";

/** Where a token stands unless the kind of the caller, or somebody on the command line, says otherwise. */
const TOKEN_FILE = "/var/run/secrets/matrix/token";

interface Shown {
  /** The resource name of the provider, from `projects/` on. */
  readonly provider: string;
  readonly trust: Trust;
  readonly shows: ShownToken | undefined;
  /** The file that the token is read from, where somebody said one. */
  readonly tokenFile: string | undefined;
}

/** The file that a token is read from; undefined where the libraries make it themselves, as for AWS. */
export function tokenFileOf({ trust, shows, tokenFile }: Omit<Shown, "provider">): string | undefined {
  return trust.type === "aws" ? undefined : (tokenFile ?? shows?.file ?? TOKEN_FILE);
}

/**
 * The credential configuration that Google's libraries read: where the token of the other issuer is, and to whom it is
 * shown. No secret is in it. It is what `gcloud iam workload-identity-pools create-cred-config` writes without an
 * account: with `service_account_impersonation_url` a program holds the account's access token, with which it may not
 * ask for its ID token.
 */
export function credentialConfiguration(shown: Shown): object {
  const { provider, trust, shows } = shown;
  const file = tokenFileOf(shown);
  return {
    universe_domain: "googleapis.com",
    type: "external_account",
    audience: `//iam.googleapis.com/${provider}`,
    subject_token_type:
      trust.type === "aws" ? "urn:ietf:params:aws:token-type:aws4_request" : "urn:ietf:params:oauth:token-type:jwt",
    token_url: "https://sts.googleapis.com/v1/token",
    token_info_url: "https://sts.googleapis.com/v1/introspect",
    credential_source:
      file === undefined
        ? awsSource
        : {
            file,
            format:
              shows?.field === undefined ? { type: "text" } : { type: "json", subject_token_field_name: shows.field },
          },
  };
}

/** The metadata server of EC2; the variables that Lambda sets come first. source: google-auth-library, `awsclient.js` */
const awsSource = {
  environment_id: "aws1",
  region_url: "http://169.254.169.254/latest/meta-data/placement/availability-zone",
  url: "http://169.254.169.254/latest/meta-data/iam/security-credentials",
  regional_cred_verification_url: "https://sts.{region}.amazonaws.com?Action=GetCallerIdentity&Version=2011-06-15",
  imdsv2_session_token_url: "http://169.254.169.254/latest/api/token",
} as const;
