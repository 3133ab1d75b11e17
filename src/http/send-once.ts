import type { Dispatcher } from "undici";

/** One HTTP exchange, without retries or redirects. */
export interface RawRequest {
  readonly method: Dispatcher.HttpMethod;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** Until the last byte of the answer. */
  readonly timeoutMs: number;
  /** The longest body in bytes. */
  readonly limit: number;
}

export interface RawAnswer {
  readonly status: number;
  /** By name in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly text: string;
}

/** The answer did not come, or not in whole, in time. */
export class TimedOut extends Error {}

/** The body is longer than the limit. */
export class TooLong extends Error {}

/**
 * Sends through Undici's dispatcher: its streams cost as much again as the request itself. Rejects with TimedOut, TooLong,
 * or the connection's own error.
 */
export function sendOnce(dispatcher: Dispatcher, url: URL, request: RawRequest): Promise<RawAnswer> {
  const { method, body, timeoutMs, limit } = request;
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let answer = { status: 0, headers: new Map<string, string>() };
    let size = 0;
    let ended: Error | undefined;
    let controller: Dispatcher.DispatchController | undefined;
    const end = (error: Error): void => {
      clearTimeout(timer);
      ended ??= error;
      controller?.abort(ended);
      reject(ended);
    };
    const timer = setTimeout(() => end(new TimedOut()), timeoutMs);
    const path = url.pathname + url.search;
    dispatcher.dispatch(
      { origin: url.origin, path, method, headers: request.headers, body, headersTimeout: 0, bodyTimeout: 0 },
      {
        onRequestStart(started) {
          controller = started;
          // It waited for a connection for too long.
          if (ended !== undefined) started.abort(ended);
        },
        onResponseStart(_, status, headers) {
          if (status >= 200) answer = { status, headers: textHeaders(headers) };
        },
        onResponseData(_, chunk) {
          size += chunk.length;
          if (size > limit) end(new TooLong());
          else chunks.push(chunk);
        },
        onResponseEnd() {
          clearTimeout(timer);
          resolve({ ...answer, text: Buffer.concat(chunks).toString("utf8") });
        },
        onResponseError(_, error) {
          end(error);
        },
      },
    );
  });
}

function textHeaders(headers: Readonly<Record<string, string | readonly string[] | undefined>>): Map<string, string> {
  return new Map(
    Object.entries(headers).flatMap(([name, value]) =>
      typeof value === "string" ? [[name.toLowerCase(), value]] : [],
    ),
  );
}
