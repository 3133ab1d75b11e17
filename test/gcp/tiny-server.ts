import { createServer, type IncomingMessage, type RequestListener } from "node:http";

export interface TinyServer {
  /** Ends in a slash. */
  readonly url: string;
  /** `METHOD path`, in order. */
  readonly seen: readonly string[];
  readonly requests: readonly { readonly headers: IncomingMessage["headers"]; readonly body: string }[];
  readonly close: () => Promise<void>;
}

/** A server on 127.0.0.1 that answers as the function says, once the body is there. */
export async function startTiny(
  handle: (...exchange: [...Parameters<RequestListener>, string]) => void,
): Promise<TinyServer> {
  const seen: string[] = [];
  const requests: { headers: IncomingMessage["headers"]; body: string }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString();
      seen.push(`${request.method} ${request.url}`);
      requests.push({ headers: request.headers, body });
      handle(request, response, body);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/`,
    seen,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
