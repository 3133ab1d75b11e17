import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { type Answer, type Api, refusal } from "./answer.ts";
import { cloudIdentity } from "./apis/cloud-identity.ts";
import { iam } from "./apis/iam.ts";
import { iap } from "./apis/iap.ts";
import { logging } from "./apis/logging.ts";
import { policyAnalyzer } from "./apis/policy-analyzer.ts";
import { resourceManager } from "./apis/resource-manager.ts";
import { run } from "./apis/run.ts";
import { iamCredentials, oauth2, sts, tokenPrefix } from "./apis/tokens.ts";
import { type Fault, sendFault, sendJson } from "./faults.ts";
import type { CloudWorld } from "./world.ts";

/** By the names that gcloud gives them. */
const apis = {
  run,
  iam,
  cloudresourcemanager: resourceManager,
  cloudidentity: cloudIdentity,
  iap,
  policyanalyzer: policyAnalyzer,
  logging,
  iamcredentials: iamCredentials,
  sts,
  oauth2,
} as const satisfies Record<string, Api>;

export type CloudApi = keyof typeof apis;

export interface SeenRequest {
  readonly api: CloudApi;
  readonly method: string;
  /** Percent-encoded, as it came. */
  readonly path: string;
  /** With its question mark, or empty. */
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
}

/** The fault of the request's nth coming, from 0; undefined for none. Same means same URL, page token included. */
export type Faults = (request: SeenRequest, nth: number) => Fault | undefined;

export interface CloudOptions {
  /** How long each answer takes. */
  readonly latencyMs?: number;
  /** The most records that a page holds. */
  readonly pageSize?: number;
  readonly faults?: Faults;
}

export interface Cloud {
  /** The base of each API, with a slash at its end. Each has a port of its own, as each has a host in the world. */
  readonly endpoints: Readonly<Record<CloudApi, string>>;
  /** What points gcloud and the tool here, and a token that the cloud takes. */
  readonly env: Readonly<Record<string, string>>;
  /** In the order in which they came. */
  readonly requests: readonly SeenRequest[];
  /** Requests that change something, or that no API here knows: `METHOD api path`. */
  readonly violations: readonly string[];
  /** The most requests that waited for an answer of one API at the same moment. */
  mostAtOnce(api: CloudApi): number;
  /** Forgets requests, violations and how often each came. */
  forget(): void;
  close(): Promise<void>;
}

/** Serves the world over HTTP on 127.0.0.1 until it is closed. */
export async function startCloud(world: CloudWorld, options: CloudOptions = {}): Promise<Cloud> {
  const state: CloudState = { requests: [], violations: [], counts: new Map(), waiting: new Map(), most: new Map() };
  const names = Object.keys(apis).filter(isCloudApi);
  const servers = await Promise.all(
    names.map((api) =>
      listen((request, response) => {
        serve({ api, world, options, state, request, response }).catch((error: unknown) => {
          // A client that gives up in the middle of its request is no fault of this server; all else is.
          if (!request.destroyed) {
            state.violations.push(`${request.method} ${api} ${request.url}: ${String(error)}`);
          }
          response.destroy();
        });
      }),
    ),
  );
  const endpoints = Object.fromEntries(
    servers.map((server, index) => [names[index], `http://127.0.0.1:${portOf(server)}/`]),
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- fromEntries loses which keys there are
  ) as Record<CloudApi, string>;
  return {
    endpoints,
    env: {
      ...Object.fromEntries(
        names.map((api) => [`CLOUDSDK_API_ENDPOINT_OVERRIDES_${api.toUpperCase()}`, endpoints[api]]),
      ),
      GOOGLE_OAUTH_ACCESS_TOKEN: `${tokenPrefix}fake`,
    },
    requests: state.requests,
    violations: state.violations,
    mostAtOnce: (api) => state.most.get(api) ?? 0,
    forget: () => {
      state.requests.length = 0;
      state.violations.length = 0;
      state.counts.clear();
      state.most.clear();
    },
    close: async () => {
      await Promise.all(servers.map(closeServer));
    },
  };
}

interface CloudState {
  readonly requests: SeenRequest[];
  readonly violations: string[];
  readonly counts: Map<string, number>;
  readonly waiting: Map<CloudApi, number>;
  readonly most: Map<CloudApi, number>;
}

interface Exchange {
  readonly api: CloudApi;
  readonly world: CloudWorld;
  readonly options: CloudOptions;
  readonly state: CloudState;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

function isCloudApi(name: string): name is CloudApi {
  return name in apis;
}

async function serve(exchange: Exchange): Promise<void> {
  const { api, options, state, request, response } = exchange;
  const url = new URL(request.url ?? "/", "http://cloud.test");
  const seen: SeenRequest = {
    api,
    method: request.method ?? "",
    path: url.pathname,
    query: url.search,
    headers: request.headers,
  };
  state.requests.push(seen);
  const waiting = (state.waiting.get(api) ?? 0) + 1;
  state.waiting.set(api, waiting);
  state.most.set(api, Math.max(waiting, state.most.get(api) ?? 0));
  response.once("close", () => state.waiting.set(api, (state.waiting.get(api) ?? 1) - 1));

  const name = `${seen.method} ${api} ${seen.path}${seen.query}`;
  const nth = state.counts.get(name) ?? 0;
  state.counts.set(name, nth + 1);
  const fault = options.faults?.(seen, nth);
  const body = seen.method === "GET" ? undefined : await readBody(request);
  if (options.latencyMs !== undefined) {
    await wait(options.latencyMs);
  }
  const answer = answerOf(exchange, seen, url, body, fault);
  if (fault === undefined) {
    sendJson(response, answer);
  } else {
    sendFault(response, fault, answer);
  }
}

function answerOf(
  { api, world, options, state }: Exchange,
  seen: SeenRequest,
  url: URL,
  body: unknown,
  fault: Fault | undefined,
): Answer {
  const open = api === "sts" || api === "oauth2";
  if (!open && !(seen.headers.authorization ?? "").startsWith(`Bearer ${tokenPrefix}`)) {
    return refusal(
      401,
      "Request is missing required authentication credential. Expected OAuth 2 access token.",
      "CREDENTIALS_MISSING",
    );
  }
  const answer = apis[api]({
    method: seen.method,
    path: seen.path,
    query: url.searchParams,
    body,
    world,
    pageSize: options.pageSize ?? 1000,
    pageFault: fault === "duplicatedPage" || fault === "loopingToken" ? fault : undefined,
  });
  if (answer === undefined) {
    state.violations.push(`${seen.method} ${api} ${seen.path}`);
  }
  return answer ?? refusal(501, `Not something that a reader asks: ${seen.method} ${seen.path}`);
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(Buffer.from(chunk));
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    return undefined;
  }
}

async function listen(handle: (request: IncomingMessage, response: ServerResponse) => void): Promise<Server> {
  const server = createServer(handle);
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return server;
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}

/** Stalled requests end here too. */
async function closeServer(server: Server): Promise<void> {
  const closed = new Promise((resolve) => {
    server.close(resolve);
  });
  server.closeAllConnections();
  await closed;
}
