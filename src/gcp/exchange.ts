import type { ExchangeHost, ExchangeTarget, Method } from "./allowed-requests.ts";
import { isLoopback } from "../http/is-loopback.ts";
import type { PatientTransport } from "./retry.ts";
import { SetupError } from "../http/setup-error.ts";
import { isMetadataHost } from "./transport.ts";

/** Where tokens come from, beside the two APIs that have endpoints of their own. Filled as the credentials are understood. */
export type ExchangeHosts = Partial<Record<ExchangeHost, string>>;

/** `fetch` for the auth library, on the one transport. A request that is not an exchange of tokens throws a SetupError. */
export function createExchangeFetch(transport: PatientTransport, hosts: ExchangeHosts): typeof fetch {
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const method = (init?.method ?? "GET").toUpperCase();
    const answer = await transport.send({
      target: targetOf(url, method, hosts),
      query: url.search,
      headers: Object.fromEntries(new Headers(init?.headers)),
      body: textOf(init?.body),
    });
    if (answer.kind !== "answer") throw new Error(answer.reason);
    const headers = Object.fromEntries([...answer.headers].filter(([name]) => name === "content-type"));
    return new Response(answer.status === 204 ? null : answer.text, { status: answer.status, headers });
  };
}

/** Lets the token be fetched from the URL that the credentials name as its source. */
export function allowSubjectUrl(hosts: ExchangeHosts, text: string): void {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) throw new SetupError("the credentials name a source of tokens that is not a URL");
  const isLocal = isLoopback(url.hostname) || isMetadataHost(url.hostname);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLocal))
    throw new SetupError(`the credentials name a source of tokens without TLS: ${url.origin}`);
  hosts.subject = url.origin + url.pathname;
}

function targetOf(url: URL, method: string, hosts: ExchangeHosts): ExchangeTarget {
  const base = url.origin + url.pathname;
  const host = base === hosts.subject ? "subject" : hostOf(url, hosts);
  if (host === undefined || !isMethod(method))
    throw new SetupError(
      `the credentials want to send ${method} to ${url.origin}, which is not on the list of token exchanges`,
      "set GOOGLE_OAUTH_ACCESS_TOKEN to a token that you made yourself",
    );
  return { list: "exchange", method, host, path: host === "subject" ? "" : url.pathname.slice(1).replace(/\/$/, "") };
}

/** docs: /iam/docs/reference/sts/rest; the regional hosts are those of Workload Identity Federation. */
const regional = /^(sts|iamcredentials)\.[a-z0-9-]+\.rep\.googleapis\.com$/;

function hostOf(url: URL, hosts: ExchangeHosts): ExchangeHost | undefined {
  if (url.protocol === "http:" && isMetadataHost(url.hostname)) {
    hosts.metadata = `${url.origin}/`;
    return "metadata";
  }
  if (url.protocol !== "https:") return undefined;
  switch (url.host) {
    case "oauth2.googleapis.com":
      hosts.oauth2 = "https://oauth2.googleapis.com/";
      return "oauth2";
    case "sts.googleapis.com":
      return "sts";
    case "iamcredentials.googleapis.com":
      return "iamcredentials";
    default: {
      const [, api] = regional.exec(url.host) ?? [];
      if (api !== "sts" && api !== "iamcredentials") return undefined;
      hosts[api] = `${url.origin}/`;
      return api;
    }
  }
}

function isMethod(method: string): method is Method {
  return method === "GET" || method === "POST" || method === "PUT";
}

function textOf(body: RequestInit["body"]): string | null {
  if (body === undefined || body === null) return null;
  if (typeof body === "string") return body;
  if (body instanceof URLSearchParams) return body.toString();
  throw new Error("the body of a token exchange is not text");
}
