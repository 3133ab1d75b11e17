/*
 * What stands before Cloud Run services: reachability, then the token, then the policy. How to use it:
 *
 *   const google = createGoogle();
 *   const front = createFront(google);
 *   front.serve({ url: "https://billing-111111111111.europe-west1.run.app", invokers: ["serviceAccount:a@p.iam…"] });
 *   const server = await serveFake(front.host);   // fake-http.ts: http on 127.0.0.1, close() it
 *   // GET http://127.0.0.1:PORT/ with `Host:` or `x-fake-host: billing-111111111111.europe-west1.run.app`
 *   // and `Authorization: Bearer ${mintIdToken(google, "a@p.iam…", audience)}` (test-issuer.ts)
 *
 * serve() again with the same url replaces a service, also while the server runs. front.calls holds what came in, without
 * tokens. Several hosts on one server: `serveFake(joinHosts({ "iamcredentials.googleapis.com": …, "*": front.host }))`.
 */
import { bearerOf, type FakeAnswer, type FakeHost, type FakeRequest } from "./fake-http.ts";
import { subjectOf, type TestIssuer } from "./test-issuer.ts";

export interface FrontService {
  /** As a caller writes it; always an audience that is accepted. */
  readonly url: string;
  /** Further URLs of it. */
  readonly urls?: readonly string[];
  /** Custom audiences: matched exactly. */
  readonly audiences?: readonly string[];
  /** false: its ingress does not let the caller's network in, or the URL is switched off. */
  readonly reachable?: boolean;
  /** false: the invoker check is switched off. */
  readonly invokerCheck?: boolean;
  /** Members as policies write them; `allUsers` makes it public. */
  readonly invokers?: readonly string[];
  /** Identity-Aware Proxy on the service: what it takes for an audience, and who has access. */
  readonly iap?: { readonly audiences: readonly string[]; readonly accessors: readonly string[] };
  /** What the app answers to those let in; by default 200 `{"ok":true}`. */
  readonly answer?: FakeAnswer | FakeHost;
}

export interface FrontCall {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly status: number;
  /** Who was let in or turned away with 403; undefined where no valid token came. */
  readonly email: string | undefined;
}

export interface FakeFront {
  readonly host: FakeHost;
  readonly serve: (service: FrontService) => void;
  readonly calls: readonly FrontCall[];
}

/**
 * The client id of gcloud, which is the audience of every token that it prints of a person: Cloud Run takes those.
 * source: SDK, `googlecloudsdk/core/config.py`; docs: /run/docs/authenticating/developers
 */
export const GCLOUD_CLIENT = "32555940559.apps.googleusercontent.com";

/** facts: Cloud Run troubleshooting, /run/docs/authenticating/service-to-service, /run/docs/configuring/custom-audiences */
export function createFront(google: TestIssuer): FakeFront {
  const services = new Map<string, FrontService>();
  const calls: FrontCall[] = [];
  return {
    calls,
    serve(service) {
      for (const url of [service.url, ...(service.urls ?? [])]) services.set(new URL(url).hostname, service);
    },
    host(request) {
      const service = services.get(request.host);
      const { answer, email } =
        service === undefined || service.reachable === false
          ? { answer: refusal(404, "Page not found"), email: undefined }
          : decide(service, request, google);
      calls.push({ method: request.method, host: request.host, path: request.path, status: answer.status, email });
      return answer;
    },
  };
}

/** Sends each request to the host that it names; `*` takes all others. */
export function joinHosts(hosts: Readonly<Record<string, FakeHost>>): FakeHost {
  return (request) => (hosts[request.host] ?? hosts["*"] ?? noHost)(request);
}

function noHost(): FakeAnswer {
  return refusal(404, "Page not found");
}

interface Decision {
  readonly answer: FakeAnswer;
  readonly email: string | undefined;
}

function decide(service: FrontService, request: FakeRequest, google: TestIssuer): Decision {
  const { iap } = service;
  if (iap !== undefined) {
    const audiences = [...iap.audiences, service.url, ...(service.urls ?? [])];
    return judge(service, request, google, { audiences, members: iap.accessors, missing: 401 });
  }
  const invokers = service.invokers ?? [];
  if (service.invokerCheck === false || invokers.includes("allUsers"))
    return { answer: answerOf(service, request), email: undefined };
  const audiences = [service.url, ...(service.urls ?? []), ...(service.audiences ?? [])];
  return judge(service, request, google, { audiences, members: invokers, missing: 403 });
}

interface Gate {
  readonly audiences: readonly string[];
  readonly members: readonly string[];
  /** The status without any token. */
  readonly missing: 401 | 403;
}

function judge(service: FrontService, request: FakeRequest, google: TestIssuer, gate: Gate): Decision {
  // Where both are sent, only X-Serverless-Authorization is looked at, and Authorization is left to the app.
  const header =
    request.headers["x-serverless-authorization"] === undefined ? "authorization" : "x-serverless-authorization";
  if (request.headers[header] === undefined) return { answer: refusal(gate.missing, "no token"), email: undefined };
  const token = bearerOf(request, header);
  const claims = token === undefined ? undefined : google.read(token);
  const email = typeof claims?.email === "string" ? claims.email : undefined;
  const isPerson = email !== undefined && !email.endsWith(".gserviceaccount.com");
  const audiences = isPerson ? [...gate.audiences, GCLOUD_CLIENT] : gate.audiences;
  if (claims === undefined || typeof claims.aud !== "string" || !audiences.includes(claims.aud))
    return { answer: refusal(401, "The access token could not be verified"), email: undefined };
  const isIn = gate.members.some((member) => {
    const [, of] = /^(?:serviceAccount|user):(.*)$/.exec(member) ?? [];
    return of !== undefined && subjectOf(of) === claims.sub;
  });
  return { answer: isIn ? answerOf(service, request) : refusal(403, "not an invoker"), email };
}

function answerOf({ answer }: FrontService, request: FakeRequest): FakeAnswer {
  return typeof answer === "function" ? answer(request) : (answer ?? { status: 200, body: '{"ok":true}' });
}

function refusal(status: 401 | 403 | 404, why: string): FakeAnswer {
  const headers = { "content-type": "text/html; charset=UTF-8", server: "Google Frontend" };
  const challenge = { "www-authenticate": `Bearer error="invalid_token" error_description="${why}"` };
  const title = { 401: "Unauthorized", 403: "Forbidden", 404: "Page not found" }[status];
  return {
    status,
    body: `<html><head>\n<title>${status} ${title}</title>\n</head>\n<body><h1>Error: ${title}</h1></body></html>\n`,
    headers: status === 401 ? { ...headers, ...challenge } : headers,
  };
}
