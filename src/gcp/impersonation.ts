import type { Clock } from "../http/clock.ts";
import type { TokenSource } from "./token-source.ts";
import { parseAnswerError } from "./answer-error.ts";
import { isObject } from "../words/json.ts";
import type { PatientTransport } from "./retry.ts";
import { SetupError } from "../http/setup-error.ts";

const SCOPE = "https://www.googleapis.com/auth/cloud-platform";
const LIFETIME = "3600s";

/**
 * A token of the account that `--impersonate-service-account` names. As with gcloud, in a list separated by commas the
 * last is the account, and those before it are the chain that leads to it.
 * docs: iamcredentials v1 `projects.serviceAccounts.generateAccessToken`
 */
export function impersonate(
  source: TokenSource,
  accounts: string,
  transport: PatientTransport,
  clock: Clock,
): TokenSource {
  const chain = accounts.split(",").map((email) => email.trim());
  if (!chain.every((email) => /^[^\s/@]+@[^\s/@]+$/.test(email)))
    throw new SetupError(`${accounts} is not the email of a service account`);
  const target = chain.at(-1) ?? "";
  const delegates = chain.slice(0, -1).map((email) => `projects/-/serviceAccounts/${email}`);
  let held: Promise<{ readonly token: string; readonly until: number }> | undefined;
  return {
    reader: target,
    async token() {
      if (held !== undefined && clock.now() > (await held).until) held = undefined;
      held ??= generate(await source.token(), target, delegates, transport);
      return (await held).token;
    },
  };
}

async function generate(
  token: string,
  target: string,
  delegates: readonly string[],
  transport: PatientTransport,
): Promise<{ readonly token: string; readonly until: number }> {
  const answer = await transport.send({
    target: {
      list: "exchange",
      method: "POST",
      host: "iamcredentials",
      path: `v1/projects/-/serviceAccounts/${encodeURIComponent(target)}:generateAccessToken`,
    },
    query: "",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ scope: [SCOPE], lifetime: LIFETIME, ...(delegates.length > 0 ? { delegates } : {}) }),
  });
  const reason =
    answer.kind === "answer"
      ? `${answer.status} ${parseAnswerError(answer.text).message.replaceAll(token, "[token]")}`
      : answer.reason;
  const body = answer.kind === "answer" && answer.status === 200 ? parse(answer.text) : undefined;
  const until = isObject(body) && typeof body.expireTime === "string" ? Date.parse(body.expireTime) : Number.NaN;
  if (!isObject(body) || typeof body.accessToken !== "string" || Number.isNaN(until))
    throw new SetupError(
      `${target} cannot be impersonated (${reason.trim()})`,
      "it takes iam.serviceAccounts.getAccessToken on it, of roles/iam.serviceAccountTokenCreator",
    );
  return { token: body.accessToken, until: until - 60_000 };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
