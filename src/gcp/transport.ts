import { type DataTarget, type ExchangeTarget, isAllowed, type MintTarget } from "./allowed-requests.ts";
import type { Endpoints } from "./endpoints.ts";
import { isLoopback } from "../http/is-loopback.ts";
import type { Connections } from "../http/proxy.ts";
import { sendOnce, TimedOut, TooLong } from "../http/send-once.ts";

/** One request to Google. The URL is made from the target, so that what is judged is what is sent. */
export interface TransportRequest {
  readonly target: DataTarget | ExchangeTarget | MintTarget;
  /** Starts with `?`, or is empty. */
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly timeoutMs: number;
}

/** The body is complete and read as text; `interrupted` is for what another attempt may mend. */
export type TransportAnswer =
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly headers: ReadonlyMap<string, string>;
      readonly text: string;
    }
  | { readonly kind: "interrupted" | "refused"; readonly reason: string };

export interface Transport {
  readonly send: (request: TransportRequest) => Promise<TransportAnswer>;
}

/** More than any answer that is read here: a policy has 1,500 members, a page 1,000 records. */
const BODY_LIMIT = 32 * 1024 * 1024;

export interface TransportOptions {
  readonly endpoints: Endpoints;
  readonly connections: Connections;
  readonly userAgent: string;
  /** Base URLs of the hosts of token exchange that are no APIs; `subject` is a whole URL. Ends in a slash. */
  readonly exchangeHosts: () => Readonly<Partial<Record<ExchangeTarget["host"], string>>>;
  /** Whether ID tokens of other accounts may be asked for; not unless told. */
  readonly mayMint?: boolean;
}

/** The one place that sends requests. What is on neither list of allowed requests throws, before a byte is sent. */
export function createTransport(options: TransportOptions): Transport {
  return {
    async send(request) {
      const { target } = request;
      if (!isAllowed(target) || (target.list === "mint" && options.mayMint !== true))
        throw new Error(`${target.method} ${target.path} is not on the lists of allowed requests`);
      const url = new URL(`${baseOf(target, options)}${target.path}${request.query}`);
      assertSafe(url, target);
      try {
        return await exchange(url, request, options);
      } catch (error) {
        return explainFailure(error, request.timeoutMs);
      }
    },
  };
}

function baseOf(target: TransportRequest["target"], { endpoints, exchangeHosts }: TransportOptions): string {
  if (target.list === "data") return endpoints.base[target.api];
  if (target.host === "sts" || target.host === "iamcredentials")
    return endpoints.overridden[target.host] ?? exchangeHosts()[target.host] ?? endpoints.base[target.host];
  const base = exchangeHosts()[target.host];
  if (base === undefined) throw new Error(`token exchange with ${target.host} was not set up`);
  return base;
}

/** Plain http carries tokens to this machine alone, and to the metadata server, which is part of the machine's own host. */
function assertSafe(url: URL, target: TransportRequest["target"]): void {
  const isLocal =
    target.list === "exchange" &&
    (target.host === "metadata" || target.host === "subject") &&
    isMetadataHost(url.hostname);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && (isLoopback(url.hostname) || isLocal)))
    throw new Error(`${url.origin} is not called without TLS`);
}

/** docs: /compute/docs/metadata/querying-metadata; the address is also that of AWS and Azure. */
export function isMetadataHost(hostname: string): boolean {
  return ["169.254.169.254", "metadata.google.internal", "metadata.google.internal.", "[fd00:ec2::254]"].includes(
    hostname,
  );
}

async function exchange(
  url: URL,
  { target, headers, body, timeoutMs }: TransportRequest,
  { connections, userAgent }: TransportOptions,
): Promise<TransportAnswer> {
  const isNear = isLoopback(url.hostname) || isMetadataHost(url.hostname);
  const answer = await sendOnce(isNear ? connections.straight : connections.outside, url, {
    method: target.method,
    headers: { "user-agent": userAgent, accept: "application/json", ...headers },
    body,
    timeoutMs,
    limit: BODY_LIMIT,
  });
  if (answer.status >= 300 && answer.status < 400)
    return { kind: "refused", reason: `redirected (${answer.status}), and redirects are not followed` };
  return { kind: "answer", ...answer };
}

/** What cannot be helped by asking again: names that do not exist, and certificates. */
const lasting = /^(?:ENOTFOUND|CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|HOSTNAME_)/;

/** What a failed exchange means. An error of this program is thrown again. */
export function explainFailure(
  error: unknown,
  timeoutMs: number,
): Extract<TransportAnswer, { readonly reason: string }> {
  if (!(error instanceof Error)) throw error;
  if (error instanceof TimedOut) return { kind: "interrupted", reason: `no answer within ${timeoutMs / 1000} s` };
  // Undici gives it no code of its own everywhere, and it quotes what came.
  if (error.name === "HTTPParserError") return { kind: "interrupted", reason: "the answer is not HTTP" };
  if (error instanceof TooLong) return { kind: "refused", reason: "an answer of more than 32 MiB" };
  const code = codeOf(error) ?? codeOf(error.cause);
  // An error without a code is one of this program.
  if (code === undefined || code.startsWith("UND_ERR_INVALID_ARG")) throw error;
  if (/_TIMEOUT$|^ETIMEDOUT$/.test(code)) return { kind: "interrupted", reason: `no answer in time (${code})` };
  const [, status] = /^Proxy response \((\d+)\)/.exec(error.message) ?? [];
  if (status !== undefined)
    return { kind: "refused", reason: `the proxy of HTTPS_PROXY refuses to connect (${status})` };
  return { kind: lasting.test(code) ? "refused" : "interrupted", reason: `the connection failed (${code})` };
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}
