import type { ServerResponse } from "node:http";
import { type Answer, refusal } from "./answer.ts";

/** What can go wrong with one answer. */
export type Fault =
  | 401
  | 403
  | 404
  | 409
  | 429
  | 500
  | 503
  /** The connection breaks before a byte. */
  | "reset"
  /** Nothing comes, for ever. */
  | "stall"
  /** Half of the body comes, then the connection breaks. */
  | "truncated"
  /** Half of the body comes, framed as if it were all. */
  | "shortened"
  /** A page for people, with status 200: what a proxy's sign-in page looks like. */
  | "html"
  /** `{}` with status 200. */
  | "empty"
  /** The records of the page before once more. Lists alone; elsewhere nothing. */
  | "duplicatedPage"
  /** A token that leads to the same page for ever. Lists alone. */
  | "loopingToken";

export const everyFault: readonly Fault[] = [
  401,
  403,
  404,
  409,
  429,
  500,
  503,
  "reset",
  "stall",
  "truncated",
  "shortened",
  "html",
  "empty",
  "duplicatedPage",
  "loopingToken",
];

const messages: Readonly<Record<number, readonly [message: string, reason?: string]>> = {
  401: ["Request had invalid authentication credentials.", "ACCESS_TOKEN_EXPIRED"],
  403: ["The caller does not have permission", "IAM_PERMISSION_DENIED"],
  404: ["Requested entity was not found."],
  409: ["There were concurrent changes. Please retry the whole read-modify-write with exponential backoff."],
  429: ["Quota exceeded for quota metric 'Read requests'.", "RATE_LIMIT_EXCEEDED"],
  500: ["Internal error encountered."],
  503: ["The service is currently unavailable."],
};

/** Sends the fault in place of the answer. Those of pages are not sent: the list serves them. */
export function sendFault(response: ServerResponse, fault: Fault, answer: Answer): void {
  if (typeof fault === "number") {
    const [message, reason] = messages[fault] ?? [""];
    sendJson(response, refusal(fault, message, reason), fault === 429 ? { "retry-after": "1" } : {});
    return;
  }
  const half = Buffer.from(JSON.stringify(answer.body, null, 2)).subarray(0, -1);
  switch (fault) {
    case "stall":
      return;
    case "reset":
      response.socket?.resetAndDestroy();
      return;
    case "truncated":
      response.writeHead(answer.status, { "content-type": jsonType, "content-length": half.length + 1 });
      response.write(half.subarray(0, half.length / 2), () => response.socket?.destroy());
      return;
    case "shortened":
      response.writeHead(answer.status, { "content-type": jsonType });
      response.end(half.subarray(0, half.length / 2));
      return;
    case "html":
      response.writeHead(200, { "content-type": "text/html; charset=UTF-8" });
      response.end("<!doctype html><html><title>Sign in</title><body>Please sign in</body></html>");
      return;
    case "empty":
      sendJson(response, { status: 200, body: {} });
      return;
    case "duplicatedPage":
    case "loopingToken":
      sendJson(response, answer);
  }
}

const jsonType = "application/json; charset=UTF-8";

export function sendJson(
  response: ServerResponse,
  answer: Answer,
  headers: Readonly<Record<string, string>> = {},
): void {
  const text = Buffer.from(`${JSON.stringify(answer.body, null, 2)}\n`);
  response.writeHead(answer.status, { "content-type": jsonType, "content-length": text.length, ...headers });
  response.end(text);
}
