import type { Clock } from "../http/clock.ts";
import type { TokenSource } from "./token-source.ts";
import type { Environment } from "../http/environment.ts";
import { isLoopback } from "../http/is-loopback.ts";
import type { ExchangeHosts } from "./exchange.ts";
import { isObject } from "../words/json.ts";
import { SetupError } from "../http/setup-error.ts";
import { isMetadataHost, type Transport, type TransportAnswer } from "./transport.ts";

const headers = { "metadata-flavor": "Google" };
const TIMEOUT = 3000;
const SCOPE = "https://www.googleapis.com/auth/cloud-platform";

/**
 * The account of the machine that this runs on, where it runs in Google Cloud; undefined elsewhere. The auth library
 * would ask the metadata server through a client of its own, past the one transport.
 * docs: /compute/docs/metadata/predefined-metadata-keys
 */
export async function findMachineAccount(
  env: Environment,
  transport: Transport,
  hosts: ExchangeHosts,
  clock: Clock,
): Promise<TokenSource | undefined> {
  if (env.METADATA_SERVER_DETECTION === "none") return undefined;
  hosts.metadata = metadataBase(env);
  const probe = await ask(transport, "", "");
  if (probe.kind !== "answer" || probe.headers.get("metadata-flavor") !== "Google") return undefined;
  const email = await ask(transport, "computeMetadata/v1/instance/service-accounts/default/email", "");
  const reader = email.kind === "answer" && email.status === 200 ? email.text.trim() : null;
  let held = { token: "", until: 0 };
  return {
    reader,
    async token() {
      // Google hands the same token out until five minutes before its end.
      if (clock.now() > held.until) held = await fetchToken(transport, clock);
      return held.token;
    },
  };
}

function metadataBase(env: Environment): string {
  const host = env.GCE_METADATA_IP || env.GCE_METADATA_HOST || "169.254.169.254";
  const text = `http://${host}/`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !(isLoopback(url.hostname) || isMetadataHost(url.hostname)))
    throw new SetupError("GCE_METADATA_HOST is not a metadata server", "unset it, or METADATA_SERVER_DETECTION=none");
  return `${url.origin}/`;
}

async function fetchToken(
  transport: Transport,
  clock: Clock,
): Promise<{ readonly token: string; readonly until: number }> {
  const query = `?scopes=${encodeURIComponent(SCOPE)}`;
  const answer = await ask(transport, "computeMetadata/v1/instance/service-accounts/default/token", query);
  const reason = answer.kind === "answer" ? `${answer.status}` : answer.reason;
  const body = answer.kind === "answer" && answer.status === 200 ? parse(answer.text) : undefined;
  if (!isObject(body) || typeof body.access_token !== "string" || typeof body.expires_in !== "number")
    throw new SetupError(`the metadata server gave no token (${reason})`, "give the machine a service account");
  return { token: body.access_token, until: clock.now() + (body.expires_in - 60) * 1000 };
}

function ask(transport: Transport, path: string, query: string): Promise<TransportAnswer> {
  return transport.send({
    target: { list: "exchange", method: "GET", host: "metadata", path },
    query,
    headers,
    body: null,
    timeoutMs: TIMEOUT,
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
