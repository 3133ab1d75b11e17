import { isObject } from "../words/json.ts";
import { parseAnswerError } from "./answer-error.ts";
import { pathOf } from "./api-client.ts";
import { openChannel, type ReadDeps } from "./open-session.ts";

/** An ID token, or why there is none. */
export type Minted = { readonly token: string } | { readonly reason: string };

export interface Mint {
  readonly idToken: (email: string, audience: string) => Promise<Minted>;
  /** Requests that were sent, by API or host of token exchange. */
  readonly counts: () => Readonly<Record<string, number>>;
  readonly close: () => Promise<void>;
}

const HELP =
  "it takes iam.serviceAccounts.getOpenIdToken on the account, of roles/iam.serviceAccountOpenIdTokenCreator or roles/iam.serviceAccountTokenCreator";

/**
 * Makes ID tokens of accounts, by whatever the credentials of this run are.
 * docs: iamcredentials v1 `projects.serviceAccounts.generateIdToken`
 * Throws a SetupError where there are no credentials.
 */
export async function openMint(impersonate: string | null, deps: ReadDeps): Promise<Mint> {
  const { patient, credentials, close } = await openChannel(impersonate, deps, { mayMint: true });
  return {
    counts: patient.counts,
    close,
    async idToken(email, audience) {
      const { headers, secret } = await credentials.headers();
      const answer = await patient.send({
        target: {
          list: "mint",
          method: "POST",
          host: "iamcredentials",
          path: pathOf`v1/projects/-/serviceAccounts/${email}:generateIdToken`,
        },
        query: "",
        headers: { ...headers, "content-type": "application/json" },
        body: JSON.stringify({ audience, includeEmail: true }),
      });
      if (answer.kind !== "answer") return { reason: answer.reason };
      const token = answer.status === 200 ? tokenIn(answer.text) : undefined;
      if (token !== undefined) return { token };
      if (answer.status === 200) return { reason: "the answer holds no ID token" };
      const text = secret === "" ? answer.text : answer.text.replaceAll(secret, "[token]");
      const said = [`${answer.status}`, parseAnswerError(text).message].filter((part) => part !== "").join(" ");
      return { reason: answer.status === 403 || answer.status === 404 ? `${said}; ${HELP}` : said };
    },
  };
}

/** Three parts of base64url: nothing else could stand in a header safely. */
function tokenIn(text: string): string | undefined {
  try {
    const body: unknown = JSON.parse(text);
    const token = isObject(body) ? body.token : undefined;
    return typeof token === "string" && /^[\w-]+\.[\w-]+\.[\w-]+$/.test(token) ? token : undefined;
  } catch {
    return undefined;
  }
}
