import type { Dispatcher } from "undici";
import type { Clock } from "../http/clock.ts";
import { isLoopback } from "../http/is-loopback.ts";
import { isObject } from "../words/json.ts";
import type { Connections } from "../http/proxy.ts";
import { sendOnce, TimedOut, TooLong } from "../http/send-once.ts";
import { nextPage } from "./next-page.ts";
import { rateLimitWait } from "./rate-limit.ts";

/**
 * How a request ended. `refused`: GitHub's last word, by its status. `failed`: it is not known whether GitHub would have
 * said yes: no answer, a limit, an answer that cannot be read. Reasons are for people and hold no secrets.
 */
export type Outcome =
  | { readonly kind: "done"; readonly body: unknown }
  | { readonly kind: "refused"; readonly status: number; readonly reason: string }
  | { readonly kind: "failed"; readonly reason: string };

/** What is read of GitHub, and the two writes that comments take. Paths are from apiPath. */
export interface GitHubClient {
  readonly get: (path: string) => Promise<Outcome>;
  /** All items of a list, over all its pages; a list that breaks off in the middle is no list. */
  readonly list: (path: string) => Promise<Outcome & { readonly items?: readonly unknown[] }>;
  /** Not repeated where it may have had its effect. */
  readonly post: (path: string, body: object) => Promise<Outcome>;
  readonly patch: (path: string, body: object) => Promise<Outcome>;
}

export interface GitHubOptions {
  /** From apiBase. */
  readonly base: string;
  readonly token: string;
  readonly connections: Connections;
  readonly clock: Clock;
  readonly userAgent: string;
}

const ATTEMPTS = 4;
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 90_000;
/** Of all requests of a client together, waits included. */
const DEADLINE = 5 * 60_000;
const TIMEOUT = 30_000;
const BODY_LIMIT = 16 * 1024 * 1024;
const PAGE_SIZE = 100;
/** A hundred thousand comments. */
const MOST_PAGES = 1000;

interface Sent {
  readonly outcome: Outcome;
  readonly link?: string | undefined;
}

export function createGitHubClient(options: GitHubOptions): GitHubClient {
  const { base, clock } = options;
  const deadline = clock.now() + DEADLINE;

  async function send(method: Dispatcher.HttpMethod, url: string, body?: object): Promise<Sent> {
    for (let attempt = 1; ; attempt += 1) {
      const { wait, ...sent } = await sendAttempt(options, method, url, body);
      if (wait === undefined || attempt >= ATTEMPTS) return sent;
      const time = Math.max(wait, FIRST_WAIT * 2 ** (attempt - 1));
      if (time > LONGEST_WAIT || clock.now() + time >= deadline) return sent;
      await clock.sleep(time);
    }
  }

  async function list(path: string): Promise<Outcome & { readonly items?: readonly unknown[] }> {
    const items: unknown[] = [];
    const seen = new Set<string>();
    let url: string | undefined = `${base}${path}?per_page=${PAGE_SIZE}`;
    while (url !== undefined) {
      // The token goes nowhere else, whatever an answer says.
      if (!url.startsWith(`${base}/`)) return { kind: "failed", reason: "the next page is at another host" };
      if (seen.has(url) || seen.size >= MOST_PAGES) return { kind: "failed", reason: "the pages do not end" };
      seen.add(url);
      const { outcome, link }: Sent = await send("GET", url);
      if (outcome.kind !== "done") return outcome;
      if (!Array.isArray(outcome.body)) return { kind: "failed", reason: "the answer is not a list" };
      items.push(...outcome.body);
      url = nextPage(link);
    }
    return { kind: "done", body: null, items };
  }

  return {
    get: async (path) => (await send("GET", base + path)).outcome,
    list,
    post: async (path, body) => (await send("POST", base + path, body)).outcome,
    patch: async (path, body) => (await send("PATCH", base + path, body)).outcome,
  };
}

/** `wait`: after how long another attempt makes sense; undefined where none does. */
async function sendAttempt(
  { base, token, connections, clock, userAgent }: GitHubOptions,
  method: Dispatcher.HttpMethod,
  address: string,
  body: object | undefined,
): Promise<Sent & { readonly wait?: number }> {
  const url = new URL(address);
  const dispatcher = isLoopback(new URL(base).hostname) ? connections.straight : connections.outside;
  // What changes nothing, or the same thing again.
  const isRepeatable = method !== "POST";
  try {
    const answer = await sendOnce(dispatcher, url, {
      method,
      headers: {
        accept: "application/vnd.github+json",
        authorization: `Bearer ${token}`,
        "user-agent": userAgent,
        "x-github-api-version": "2022-11-28",
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      body: body === undefined ? null : JSON.stringify(body),
      timeoutMs: TIMEOUT,
      limit: BODY_LIMIT,
    });
    const limited = rateLimitWait(answer, clock.now());
    if (limited !== undefined)
      return { outcome: { kind: "failed", reason: `GitHub limits requests (${answer.status})` }, wait: limited };
    if (answer.status >= 500) {
      const outcome: Outcome = { kind: "failed", reason: `GitHub is in trouble (${answer.status})` };
      return isRepeatable ? { outcome, wait: 0 } : { outcome };
    }
    return { outcome: readAnswer(answer.status, answer.text), link: answer.headers.get("link") };
  } catch (error) {
    const outcome: Outcome = { kind: "failed", reason: whyNot(error) };
    return isRepeatable && !(error instanceof TooLong) ? { outcome, wait: 0 } : { outcome };
  }
}

function readAnswer(status: number, text: string): Outcome {
  if (status >= 300 && status < 400)
    return { kind: "failed", reason: `redirected (${status}), and redirects are not followed` };
  let body: unknown;
  try {
    body = text === "" ? null : JSON.parse(text);
  } catch {
    if (status < 300) return { kind: "failed", reason: "the answer is not JSON" };
  }
  if (status < 300) return { kind: "done", body };
  const message = isObject(body) && typeof body.message === "string" ? `: ${body.message.slice(0, 200)}` : "";
  return { kind: "refused", status, reason: `${status}${message}` };
}

/** @throws the error itself where it is not one of the connection */
function whyNot(error: unknown): string {
  if (error instanceof TimedOut) return `no answer within ${TIMEOUT / 1000} s`;
  if (error instanceof TooLong) return "the answer is too long";
  const code = codeOf(error) ?? (error instanceof Error ? codeOf(error.cause) : undefined);
  if (code === undefined || code.startsWith("UND_ERR_INVALID_ARG")) throw error;
  const [, status] = /^Proxy response \((\d+)\)/.exec(error instanceof Error ? error.message : "") ?? [];
  if (status !== undefined) return `the proxy of HTTPS_PROXY refuses to connect (${status})`;
  return `the connection failed (${code})`;
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}
