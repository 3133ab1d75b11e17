import { isCalleeKind } from "../callees/callee-of.ts";
import { callerKinds } from "../callers/registry.ts";
import type { TokenWay } from "../callers/token-way.ts";
import type { CallerKind } from "../matrix/model/world.ts";
import type { Kind } from "../matrix/schema/generated/document.ts";
import { shellCommand } from "../shell/quote-shell.ts";

interface Way {
  readonly way: TokenWay;
  /** In one sentence without a full stop. */
  readonly how: string;
}

const attached: Way = { way: "metadata", how: "its metadata server gives it; no grant and no key is needed" };

/** How a service or caller comes by a token. docs: /run/docs/authenticating/service-to-service, /docs/authentication/get-id-token */
export function tokenWay(kind: Kind | CallerKind): Way {
  return isCalleeKind(kind) ? attached : callerKinds[kind].token;
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

/**
 * The command that prints a token, for a POSIX shell; undefined where there is none. It is printed, never run. Whoever is
 * federated is signed in to gcloud with the credential configuration, and impersonates like anybody else.
 */
export function tokenCommand(way: TokenWay, { audience, email }: Asked): string | undefined {
  if (way === "metadata") {
    const path = audience === undefined ? "token" : `identity?audience=${encodeURIComponent(audience)}`;
    return shellCommand(["curl", "-sS", "-H", "Metadata-Flavor: Google", `${METADATA}/${path}`]);
  }
  if (way === "person") return `gcloud auth print-${audience === undefined ? "access" : "identity"}-token`;
  if (way === "setting" || email === undefined) return undefined;
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
  // Not as an argument: whoever is on the machine can read those.
  return `gcloud auth print-access-token | sed 's/^/Authorization: Bearer /' | curl -sS -H @- ${shellCommand(rest)}`;
}
