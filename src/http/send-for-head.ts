import type { Dispatcher } from "undici";
import { TimedOut } from "./send-once.ts";

/** One request of which only the head of the answer matters. */
export interface HeadRequest {
  readonly method: "HEAD" | "GET";
  readonly headers: Readonly<Record<string, string>>;
  /** Until the head of the answer. */
  readonly timeoutMs: number;
}

export interface HeadAnswer {
  readonly status: number;
  readonly header: (name: string) => string | undefined;
}

/**
 * Sends, and hangs up as soon as status and headers are there: a body may be of any length, or never end. Redirects are
 * not followed. Rejects with TimedOut, or the connection's own error.
 */
export function sendForHead(dispatcher: Dispatcher, url: URL, request: HeadRequest): Promise<HeadAnswer> {
  const { method, timeoutMs } = request;
  return new Promise((resolve, reject) => {
    let controller: Dispatcher.DispatchController | undefined;
    const timer = setTimeout(() => fail(new TimedOut()), timeoutMs);
    let ended = false;
    const fail = (error: Error): void => {
      clearTimeout(timer);
      ended = true;
      reject(error);
      controller?.abort(error);
    };
    dispatcher.dispatch(
      {
        origin: url.origin,
        path: url.pathname + url.search,
        method,
        headers: request.headers,
        headersTimeout: 0,
        bodyTimeout: 0,
      },
      {
        onRequestStart(started) {
          controller = started;
          // It waited for a connection for too long.
          if (ended) started.abort(new TimedOut());
        },
        onResponseStart(current, status, headers) {
          if (status < 200) return;
          clearTimeout(timer);
          ended = true;
          resolve({ status, header: (name) => textOf(headers[name]) });
          current.abort(new Error("the head is all that was asked for"));
        },
        onResponseData() {},
        onResponseEnd() {},
        onResponseError(_, error) {
          if (!ended) fail(error);
        },
      },
    );
  });
}

function textOf(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === "string" ? value : value?.[0];
}
