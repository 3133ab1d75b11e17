/*
 * The metadata server of Google Cloud, for a workload that runs as one account:
 *
 *   serveFake(joinHosts({ ...metadataHosts(createMetadata(google, tokens, "erp-sa@acme-prod.iam…")), "*": front.host }))
 */
import { errorAnswer, type FakeAnswer, type FakeHost, jsonAnswer } from "./fake-http.ts";
import type { AccessTokens } from "./fake-iam-credentials.ts";
import { mintIdToken, type TestIssuer } from "./test-issuer.ts";

const flavor = { "metadata-flavor": "Google" };
const text = { ...flavor, "content-type": "application/text" };

/** docs: /compute/docs/metadata/querying-metadata; without the header it answers 403. */
export function createMetadata(google: TestIssuer, tokens: AccessTokens, email: () => string): FakeHost {
  return ({ path, query, headers }): FakeAnswer => {
    if (headers["metadata-flavor"]?.[0] !== "Google") return { status: 403, body: "", headers: text };
    const [, asked] =
      /^\/computeMetadata\/v1\/instance\/service-accounts\/default\/(identity|token|email|)$/.exec(path) ?? [];
    const audience = query.get("audience") ?? "";
    switch (asked) {
      case "identity":
        return audience === ""
          ? { status: 400, body: "non-empty audience parameter required", headers: text }
          : { status: 200, body: mintIdToken(google, email(), audience), headers: text };
      case "token": {
        const body = {
          access_token: tokens.grant([`serviceAccount:${email()}`]),
          expires_in: 3599,
          token_type: "Bearer",
        };
        return jsonAnswer(200, body, flavor);
      }
      case "":
        // With `?recursive=true`, as google-auth for Python asks.
        return jsonAnswer(200, { aliases: ["default"], email: email(), scopes: [] }, flavor);
      case "email":
        return { status: 200, body: email(), headers: text };
      default:
        // What libraries ask to find out where they run.
        return path === "/" || path === "/computeMetadata/v1/instance"
          ? { status: 200, body: "id\n", headers: text }
          : { ...errorAnswer(404, "NOT_FOUND", path), headers: text };
    }
  };
}

/** The names and the address that libraries know it by. */
export function metadataHosts(host: FakeHost): Readonly<Record<string, FakeHost>> {
  return { "metadata.google.internal": host, "metadata.google.internal.": host, "169.254.169.254": host };
}
