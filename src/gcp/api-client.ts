import pLimit from "p-limit";
import { type AnswerError, parseAnswerError } from "./answer-error.ts";
import type { Credentials } from "./credentials.ts";
import type { ApiName } from "./endpoints.ts";
import { isObject, type JsonObject } from "../words/json.ts";
import type { PatientTransport } from "./retry.ts";

/** A read of an API. Values in the path are encoded already: see `pathOf`. */
export interface ApiRequest {
  readonly api: ApiName;
  readonly method?: "POST";
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: JsonObject;
}

export type Outcome =
  | { readonly kind: "read"; readonly body: JsonObject }
  /** Google answered with an error, or there is no answer: then the status is null. */
  | {
      readonly kind: "trouble";
      readonly status: number | null;
      readonly reason: string;
      readonly error: AnswerError | null;
    };

export type Trouble = Extract<Outcome, { kind: "trouble" }>;

export interface ApiClient {
  readonly call: (request: ApiRequest) => Promise<Outcome>;
}

/** A path whose values are encoded, so that none of them can be two parts of it. */
export function pathOf(parts: TemplateStringsArray, ...values: readonly string[]): string {
  return parts.reduce((path, text, index) => path + encodeURIComponent(values[index - 1] ?? "") + text);
}

/** Calls APIs with the credentials, so many at a time for each of them. Answers that are not JSON objects are troubles. */
export function createApiClient(transport: PatientTransport, credentials: Credentials, concurrency: number): ApiClient {
  const limits = new Map<ApiName, ReturnType<typeof pLimit>>();
  return {
    call(request) {
      const limit = limits.get(request.api) ?? pLimit(concurrency);
      limits.set(request.api, limit);
      return limit(() => callOnce(transport, credentials, request));
    },
  };
}

async function callOnce(transport: PatientTransport, credentials: Credentials, request: ApiRequest): Promise<Outcome> {
  const { headers, secret } = await credentials.headers();
  const query = new URLSearchParams(request.query).toString();
  const answer = await transport.send({
    target: { list: "data", method: request.method ?? "GET", api: request.api, path: request.path },
    query: query === "" ? "" : `?${query}`,
    headers: request.body === undefined ? headers : { ...headers, "content-type": "application/json" },
    body: request.body === undefined ? null : JSON.stringify(request.body),
  });
  if (answer.kind !== "answer") return { kind: "trouble", status: null, reason: answer.reason, error: null };
  // A host that is not Google's could answer with the token, and reasons are written into files.
  const text = secret === "" ? answer.text : answer.text.replaceAll(secret, "[token]");
  if (answer.status !== 200) return explainRefusal(answer.status, text);
  return parseBody(text, answer.headers.get("content-type"));
}

function explainRefusal(status: number, text: string): Trouble {
  const error = parseAnswerError(text);
  const missing = error.permission !== null && status === 403 ? `${error.permission} is missing` : "";
  const reason = [missing, error.message].filter((part) => part !== "").join(": ");
  return { kind: "trouble", status, reason: reason === "" ? `${status}` : `${status}: ${reason}`, error };
}

function parseBody(text: string, contentType: string | undefined): Outcome {
  try {
    const body: unknown = JSON.parse(text);
    if (isObject(body)) return { kind: "read", body };
    return { kind: "trouble", status: null, reason: "the answer is JSON, but not an object", error: null };
  } catch {
    const type = contentType === undefined ? "" : ` (${contentType.replace(/;.*/s, "").slice(0, 50)})`;
    return { kind: "trouble", status: null, reason: `the answer is not JSON${type}`, error: null };
  }
}
