/*
 * The Security Token Service: a token of another issuer in, an access token of whoever that is in Google's eyes out.
 *
 *   const sts = createSts(tokens, { issuers: [github], members: (provider, subject) => [...] });
 *   // POST http://127.0.0.1:PORT/v1/token, host sts.googleapis.com
 */
import { isObject } from "../../src/words/json.ts";
import { type FakeAnswer, type FakeHost, jsonAnswer } from "./fake-http.ts";
import type { AccessTokens } from "./fake-iam-credentials.ts";
import type { Claims, TestIssuer } from "./test-issuer.ts";

/** Who showed something: the claims of a token that an issuer signed, or what AWS says of whoever signed a request. */
export type Subject =
  | { readonly kind: "oidc"; readonly issuer: string; readonly claims: Claims }
  | { readonly kind: "aws"; readonly account: string; readonly arn: string };

export interface StsWorld {
  readonly issuers: readonly TestIssuer[];
  /** Whom an access key of AWS belongs to. */
  readonly awsKeys: Readonly<Record<string, { readonly account: string; readonly arn: string }>>;
  /**
   * The members that somebody is who shows this to a provider, by its resource name
   * `projects/N/locations/global/workloadIdentityPools/P/providers/X`; undefined where the provider refuses it.
   */
  readonly members: (provider: string, subject: Subject) => readonly string[] | undefined;
}

/** Either is enough for IAM Credentials; google-auth for Python asks for the narrower one. */
const SCOPES = ["https://www.googleapis.com/auth/cloud-platform", "https://www.googleapis.com/auth/iam"];

/** docs: /iam/docs/reference/sts/rest/v1/TopLevel/token */
export function createSts(tokens: AccessTokens, world: StsWorld): FakeHost {
  return (request) => {
    if (request.method !== "POST" || request.path !== "/v1/token") return refuse("invalid_request", "not found", 404);
    const asked = readBody(request.headers["content-type"]?.[0] ?? "", request.body);
    if (asked["grant_type"] !== "urn:ietf:params:oauth:grant-type:token-exchange")
      return refuse("unsupported_grant_type", "grant_type");
    if (asked["requested_token_type"] !== "urn:ietf:params:oauth:token-type:access_token")
      return refuse("invalid_request", "requested_token_type");
    if (!(asked["scope"] ?? "").split(" ").some((scope) => SCOPES.includes(scope)))
      return refuse("invalid_scope", "scope");
    const [, provider] =
      /^\/\/iam\.googleapis\.com\/(projects\/\d+\/locations\/global\/workloadIdentityPools\/[a-z0-9-]+\/providers\/[a-z0-9-]+)$/.exec(
        asked["audience"] ?? "",
      ) ?? [];
    if (provider === undefined) return refuse("invalid_request", 'Invalid value for "audience".');
    const subject = readSubject(asked["subject_token_type"] ?? "", asked["subject_token"] ?? "", provider, world);
    if (subject === undefined) return refuse("invalid_grant", "The subject token is not valid.");
    const members = world.members(provider, subject);
    if (members === undefined)
      return refuse("unauthorized_client", "The given credential is rejected by the attribute condition.");
    return jsonAnswer(200, {
      access_token: tokens.grant(members),
      issued_token_type: "urn:ietf:params:oauth:token-type:access_token",
      token_type: "Bearer",
      expires_in: 3599,
    });
  };
}

function readSubject(type: string, token: string, provider: string, world: StsWorld): Subject | undefined {
  switch (type) {
    case "urn:ietf:params:oauth:token-type:jwt":
    case "urn:ietf:params:oauth:token-type:id_token":
      for (const issuer of world.issuers) {
        const claims = issuer.read(token);
        if (claims !== undefined) return { kind: "oidc", issuer: issuer.url, claims };
      }
      return undefined;
    case "urn:ietf:params:aws:token-type:aws4_request":
      return readAwsRequest(token, provider, world);
    default:
      return undefined;
  }
}

/** docs: /iam/docs/reference/sts/rest/v1/TopLevel/token, `subjectToken`; the signature itself only AWS could check. */
function readAwsRequest(token: string, provider: string, { awsKeys }: StsWorld): Subject | undefined {
  const { url, method, headers } = parse(decodeURIComponent(token)) ?? {};
  if (typeof url !== "string" || method !== "POST" || !Array.isArray(headers)) return undefined;
  const { protocol, hostname, searchParams } = new URL(url);
  if (protocol !== "https:" || !/^sts(\.[a-z0-9-]+)?\.amazonaws\.com$/.test(hostname)) return undefined;
  if (searchParams.get("Action") !== "GetCallerIdentity") return undefined;
  const named = new Map(
    headers.flatMap((header: unknown) =>
      isObject(header) && typeof header["key"] === "string" ? [[header["key"].toLowerCase(), header["value"]]] : [],
    ),
  );
  if (named.get("x-goog-cloud-target-resource") !== `//iam.googleapis.com/${provider}`) return undefined;
  const [, key] =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/\d{8}\/[a-z0-9-]+\/sts\/aws4_request, ?SignedHeaders=\S+, ?Signature=[0-9a-f]{64}$/.exec(
      String(named.get("authorization")),
    ) ?? [];
  const owner = key === undefined ? undefined : awsKeys[key];
  return owner === undefined ? undefined : { kind: "aws", ...owner };
}

function readBody(type: string, body: string): Readonly<Record<string, string | undefined>> {
  if (!type.startsWith("application/json")) return Object.fromEntries(new URLSearchParams(body));
  // The REST reference names the fields in camel case, and takes both.
  return Object.fromEntries(
    Object.entries(parse(body) ?? {}).map(([name, value]) => [
      name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      String(value),
    ]),
  );
}

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function refuse(error: string, description: string, status = 400): FakeAnswer {
  return jsonAnswer(status, { error, error_description: description });
}
