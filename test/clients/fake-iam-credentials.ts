/*
 * IAM Credentials: ID and access tokens of accounts, for those who may impersonate them. How to use it:
 *
 *   const tokens = createAccessTokens();
 *   const iam = createIamCredentials(google, tokens, { "checkout@p.iam…": ["user:ana@acme.example"] });
 *   const server = await serveFake(iam.host);
 *   const bearer = tokens.grant(["user:ana@acme.example"]);
 *   // POST http://127.0.0.1:PORT/v1/projects/-/serviceAccounts/EMAIL:generateIdToken {"audience": …, "includeEmail": true}
 *
 * The program's own endpoint: CLOUDSDK_API_ENDPOINT_OVERRIDES_IAMCREDENTIALS=server.url.
 */
import { randomBytes } from "node:crypto";
import { isObject } from "../../src/words/json.ts";
import { bearerOf, errorAnswer, type FakeHost, jsonAnswer } from "./fake-http.ts";
import { mintIdToken, type TestIssuer } from "./test-issuer.ts";

/** Access tokens that were given out, with the members that their holder is. */
export interface AccessTokens {
  readonly grant: (members: readonly string[]) => string;
  /** Empty for a token that nobody gave out. */
  readonly membersOf: (token: string) => readonly string[];
}

export function createAccessTokens(): AccessTokens {
  const given = new Map<string, readonly string[]>();
  return {
    grant(members) {
      const token = `ya29.test-${randomBytes(16).toString("hex")}`;
      given.set(token, members);
      return token;
    },
    membersOf: (token) => given.get(token) ?? [],
  };
}

/** Who may impersonate each account, by email: members as policies write them. */
export type Impersonators = Readonly<Record<string, readonly string[]>>;

export interface FakeIamCredentials {
  readonly host: FakeHost;
  /** Account and audience of the ID tokens that were minted, in order. */
  readonly minted: readonly { readonly email: string; readonly audience: string }[];
}

/** source: google/iam/credentials/v1/common.proto; the `-` is mandatory, and a missing account answers 403 as a missing right does. */
export function createIamCredentials(
  google: TestIssuer,
  tokens: AccessTokens,
  impersonators: Impersonators,
): FakeIamCredentials {
  const minted: { email: string; audience: string }[] = [];
  return {
    minted,
    host(request) {
      const path = decodeURIComponent(request.path);
      const [, email, method] =
        /^\/v1\/projects\/-\/serviceAccounts\/([^/:]+):(generateIdToken|generateAccessToken)$/.exec(path) ?? [];
      if (request.method !== "POST" || email === undefined) return errorAnswer(404, "NOT_FOUND", "Not found");
      const holder = tokens.membersOf(bearerOf(request) ?? "");
      if (holder.length === 0)
        return errorAnswer(401, "UNAUTHENTICATED", "Request had invalid authentication credentials.");
      const allowed = impersonators[email] ?? [];
      if (!holder.some((member) => allowed.includes(member))) return denied(method === "generateIdToken");
      const body = parse(request.body);
      if (method === "generateAccessToken")
        return jsonAnswer(200, {
          accessToken: tokens.grant([`serviceAccount:${email}`]),
          expireTime: new Date(Date.now() + 3_600_000).toISOString(),
        });
      if (typeof body?.audience !== "string" || body.audience === "")
        return errorAnswer(400, "INVALID_ARGUMENT", "audience is required");
      minted.push({ email, audience: body.audience });
      const shown = body.includeEmail === true ? {} : { email: undefined, email_verified: undefined };
      return jsonAnswer(200, { token: mintIdToken(google, email, body.audience, shown) });
    },
  };
}

function denied(isIdToken: boolean): ReturnType<FakeHost> {
  const permission = isIdToken ? "iam.serviceAccounts.getOpenIdToken" : "iam.serviceAccounts.getAccessToken";
  return errorAnswer(403, "PERMISSION_DENIED", `Permission '${permission}' denied on resource (or it may not exist).`);
}

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
