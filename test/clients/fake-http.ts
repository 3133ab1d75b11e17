import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";

/** One request as a fake host sees it. */
export interface FakeRequest {
  readonly method: string;
  /** Without a port, in lower case: of `x-fake-host` where a redirect says what was meant, else of `host`. */
  readonly host: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** By name in lower case; several for a header that was sent more than once. */
  readonly headers: Readonly<Record<string, readonly string[] | undefined>>;
  readonly body: string;
}

export interface FakeAnswer {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What stands behind a host name. */
export type FakeHost = (request: FakeRequest) => FakeAnswer;

export interface FakeServer {
  readonly port: number;
  /** `http://127.0.0.1:PORT/`, or https with a certificate. */
  readonly url: string;
  /** In order of arrival. */
  readonly requests: readonly FakeRequest[];
  readonly close: () => Promise<void>;
}

/** Serves on 127.0.0.1 at a port of its own. With a certificate and key in PEM it speaks TLS. */
export async function serveFake(
  host: FakeHost,
  certificate?: { readonly cert: string; readonly key: string },
): Promise<FakeServer> {
  const requests: FakeRequest[] = [];
  const listener = (message: IncomingMessage, response: ServerResponse): void => {
    const chunks: Buffer[] = [];
    message.on("data", (chunk: Buffer) => chunks.push(chunk));
    message.on("end", () => {
      const request = readRequest(message, Buffer.concat(chunks).toString());
      requests.push(request);
      const { status, body, headers } = host(request);
      response.writeHead(status, { "content-type": "application/json", ...headers }).end(body);
    });
  };
  const server = certificate === undefined ? createServer(listener) : createSecureServer(certificate, listener);
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    port,
    url: `${certificate === undefined ? "http" : "https"}://127.0.0.1:${port}/`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** An answer of a Google API. */
export function jsonAnswer(status: number, body: unknown, headers?: FakeAnswer["headers"]): FakeAnswer {
  return { status, body: JSON.stringify(body), ...(headers === undefined ? {} : { headers }) };
}

/** An error of a Google API. */
export function errorAnswer(status: number, name: string, message: string): FakeAnswer {
  return jsonAnswer(status, { error: { code: status, message, status: name } });
}

/** The token of the one `Authorization: Bearer TOKEN`; undefined without it. */
export function bearerOf(request: FakeRequest, header = "authorization"): string | undefined {
  const [only, ...others] = request.headers[header] ?? [];
  return others.length > 0 ? undefined : /^Bearer +(\S+)$/i.exec(only ?? "")?.[1];
}

function readRequest(message: IncomingMessage, body: string): FakeRequest {
  const { pathname, searchParams } = new URL(message.url ?? "/", "http://fake");
  const headers = message.headersDistinct;
  const [host = ""] = headers["x-fake-host"] ?? headers.host ?? [];
  return {
    method: message.method ?? "GET",
    host: host.replace(/:\d+$/, "").toLowerCase(),
    path: pathname,
    query: searchParams,
    headers,
    body,
  };
}
