import type { CallerKind } from "../matrix/model/world.ts";
import type { Kind } from "../matrix/schema/generated/document.ts";
import { shellCommand } from "../shell/quote-shell.ts";

/**
 * How a caller comes by a token. metadata: from the metadata server of what it runs on. person: from gcloud.
 * impersonation: as an account that somebody else runs as. setting: a product of Google makes the token, as it is set
 * up. later: this version does not arrange that the workload may act as its account.
 */
export type TokenWay = "metadata" | "person" | "impersonation" | "setting" | "later";

interface Way {
  readonly way: TokenWay;
  /** In one sentence without a full stop. */
  readonly how: string;
}

const attached: Way = { way: "metadata", how: "its metadata server gives it; no grant and no key is needed" };
const later: Way = {
  way: "later",
  how: "wiring for this kind comes later: the workload must act as the account, and you arrange its right to do so",
};
const people: Way = {
  way: "person",
  how: "whoever is signed in to gcloud gets one; the metadata server has none for people",
};

/**
 * How each kind of caller comes by a token. A new kind is a line here.
 * docs: /run/docs/authenticating/service-to-service, /scheduler/docs/http-target-auth, /workflows/docs/authenticate-from-workflow,
 * /docs/authentication/get-id-token; iam federated-identity-supported-services for what cannot call by itself
 */
export const tokenWays = {
  service: attached,
  job: attached,
  function: attached,
  compute: attached,
  functions: attached,
  appengine: attached,
  user: people,
  group: people,
  serviceAccount: {
    way: "impersonation",
    how: "a workload that runs as the account asks its metadata server; others need roles/iam.serviceAccountOpenIdTokenCreator on the account, and impersonate it",
  },
  scheduler: setting(
    "the job's OIDC token (its OAuth token for a Cloud Run job): the service account is this one, the audience is set beside it",
  ),
  tasks: setting("the task's oidcToken: serviceAccountEmail is this account; without an audience it is the task's URL"),
  pubsub: setting("the push subscription's service account is this account, with the audience set beside it"),
  eventarc: setting("the trigger's service account is this account; it needs roles/eventarc.eventReceiver as well"),
  workflows: setting("the workflow runs as this account, and its HTTP step says auth: {type: OIDC}"),
  build: setting(
    "the build runs as this account; to get tokens of another it needs roles/iam.serviceAccountOpenIdTokenCreator on that",
  ),
  "api-gateway": setting("the API config is made with --backend-auth-service-account and this account"),
  gke: later,
  aws: later,
  github: later,
  gitlab: later,
  oidc: later,
  spiffe: later,
} as const satisfies Readonly<Record<Kind | CallerKind, Way>>;

function setting(how: string): Way {
  return { way: "setting", how };
}

/** What every metadata server answers to. docs: /compute/docs/metadata/overview */
const METADATA = "http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default";
/** docs: google/iam/credentials/v1/common.proto; the `-` is mandatory. */
const CREDENTIALS = "https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts";
const SCOPE = "https://www.googleapis.com/auth/cloud-platform";

interface Asked {
  /** Undefined: an access token. */
  readonly audience: string | undefined;
  /** Of the account to be impersonated. */
  readonly email: string | undefined;
}

/** The command that prints a token, for a POSIX shell; undefined where there is none. It is printed, never run. */
export function tokenCommand(way: TokenWay, { audience, email }: Asked): string | undefined {
  if (way === "metadata") {
    const path = audience === undefined ? "token" : `identity?audience=${encodeURIComponent(audience)}`;
    return shellCommand(["curl", "-sS", "-H", "Metadata-Flavor: Google", `${METADATA}/${path}`]);
  }
  if (way === "person") return `gcloud auth print-${audience === undefined ? "access" : "identity"}-token`;
  if (way !== "impersonation" || email === undefined) return undefined;
  const [method, body] =
    audience === undefined
      ? ["generateAccessToken", { scope: [SCOPE] }]
      : ["generateIdToken", { audience, includeEmail: true }];
  const rest = [
    "-H",
    "Content-Type: application/json",
    "-d",
    JSON.stringify(body),
    `${CREDENTIALS}/${email}:${method}`,
  ];
  return `curl -sS -H "Authorization: Bearer $(gcloud auth print-access-token)" ${shellCommand(rest)}`;
}
