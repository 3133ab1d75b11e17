import { createServer } from "node:http";
import { afterEach, describe, expect, test } from "vitest";
import type { DataTarget } from "../../src/gcp/allowed-requests.ts";
import { resolveEndpoints } from "../../src/gcp/endpoints.ts";
import { openConnections } from "../../src/http/proxy.ts";
import { createTransport, type TransportAnswer } from "../../src/gcp/transport.ts";
import { startTiny, type TinyServer } from "./tiny-server.ts";

const target: DataTarget = { list: "data", method: "GET", api: "iam", path: "v1/roles/run.invoker" };
const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
});

async function serve(handle: Parameters<typeof startTiny>[0]): Promise<TinyServer> {
  const server = await startTiny(handle);
  closers.push(server.close);
  return server;
}

function send(
  env: Readonly<Record<string, string>>,
  request: { readonly target?: DataTarget; readonly timeoutMs?: number } = {},
): Promise<TransportAnswer> {
  const connections = openConnections(env, 2);
  closers.push(connections.close);
  const transport = createTransport({
    endpoints: resolveEndpoints(env),
    connections,
    userAgent: "test",
    exchangeHosts: () => ({}),
  });
  return transport.send({ target, query: "?a=b", headers: { "x-one": "1" }, body: null, timeoutMs: 3000, ...request });
}

const at = (url: string) => ({ CLOUDSDK_API_ENDPOINT_OVERRIDES_IAM: url });

test("sends what was asked for, to the endpoint that was set", async () => {
  const server = await serve((_, response) => response.end("{}"));
  const answer = await send(at(`${server.url}base/`));
  expect(answer).toMatchObject({ kind: "answer", status: 200, text: "{}" });
  expect(server.seen).toEqual(["GET /base/v1/roles/run.invoker?a=b"]);
  expect(server.requests[0]?.headers).toMatchObject({ "x-one": "1", "user-agent": "test", accept: "application/json" });
});

test("throws for what is not on the lists, and sends nothing", async () => {
  const server = await serve((_, response) => response.end("{}"));
  const bad: DataTarget = { list: "data", method: "POST", api: "iam", path: "v1/projects/p/serviceAccounts/e/keys" };
  await expect(send(at(server.url), { target: bad })).rejects.toThrow("not on the lists of allowed requests");
  expect(server.seen).toEqual([]);
});

test("follows no redirect", async () => {
  const other = await serve((_, response) => response.end("{}"));
  const server = await serve((_, response) => response.writeHead(302, { location: other.url }).end());
  expect(await send(at(server.url))).toMatchObject({
    kind: "refused",
    reason: expect.stringContaining("redirected (302)"),
  });
  expect(other.seen).toEqual([]);
});

test("refuses an answer that does not end", async () => {
  const chunk = Buffer.alloc(1024 * 1024, " ");
  const server = await serve((_, response) => {
    const more = (): void => {
      while (!response.destroyed && response.write(chunk)) void 0;
    };
    response.on("drain", more);
    more();
  });
  expect(await send(at(server.url))).toEqual({ kind: "refused", reason: "an answer of more than 32 MiB" });
});

const breaks: Readonly<Record<string, Parameters<typeof startTiny>[0]>> = {
  "before a byte": (request) => request.socket.destroy(),
  "in the middle": (_, response) => {
    response.writeHead(200, { "content-length": "100" }).write("{");
    setTimeout(() => response.destroy(), 20);
  },
};

test.each(Object.entries(breaks))("a connection that breaks %s may be tried again", async (_, handle) => {
  const server = await serve(handle);
  expect(await send(at(server.url))).toMatchObject({
    kind: "interrupted",
    reason: expect.stringContaining("connection failed"),
  });
});

test("waits for an answer no longer than it may", async () => {
  const server = await serve(() => undefined);
  expect(await send(at(server.url), { timeoutMs: 60 })).toMatchObject({
    kind: "interrupted",
    reason: expect.stringMatching(/no answer/),
  });
});

test("a host that nobody listens at may be tried again", async () => {
  const server = await serve(() => undefined);
  await server.close();
  expect(await send(at(server.url))).toEqual({ kind: "interrupted", reason: "the connection failed (ECONNREFUSED)" });
});

describe("a proxy", () => {
  async function startProxy(): Promise<{ readonly url: string; readonly connected: readonly string[] }> {
    const connected: string[] = [];
    const proxy = createServer();
    proxy.on("connect", (request, socket) => {
      connected.push(request.url ?? "");
      socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
    });
    await new Promise<void>((resolve) => {
      proxy.listen(0, "127.0.0.1", resolve);
    });
    closers.push(
      () =>
        new Promise((resolve) => {
          proxy.close(resolve);
          proxy.closeAllConnections();
        }),
    );
    const address = proxy.address();
    return { url: `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`, connected };
  }

  test("of HTTPS_PROXY carries what goes to Google", async () => {
    const proxy = await startProxy();
    const answer = await send({ HTTPS_PROXY: proxy.url });
    expect(answer).toEqual({ kind: "refused", reason: "the proxy of HTTPS_PROXY refuses to connect (502)" });
    expect(proxy.connected).toEqual(["iam.googleapis.com:443"]);
  });

  test("does not carry what stays on this machine", async () => {
    const proxy = await startProxy();
    const server = await serve((_, response) => response.end("{}"));
    expect(await send({ https_proxy: proxy.url, ...at(server.url) })).toMatchObject({ kind: "answer" });
    expect(proxy.connected).toEqual([]);
  });

  test("that is no URL is refused without its text", () => {
    expect(() => openConnections({ HTTPS_PROXY: "user:secret@" }, 1)).toThrow(
      /^HTTPS_PROXY is not the URL of a proxy$/,
    );
  });
});

describe("endpoints", () => {
  test.each([
    ["http://example.test/", /must start with https/],
    ["ftp://127.0.0.1/", /must start with https/],
    ["http://127.0.0.1.evil.test/", /must start with https/],
    ["http://127.0.0.1:80", /must end in \//],
    ["https://run.example.test/?x=/", /must end in \//],
    ["https://user:secret@run.example.test/", /must not hold a user/],
    ["nonsense", /is not a URL/],
  ])("%s is refused", (url, message) => {
    expect(() => resolveEndpoints({ CLOUDSDK_API_ENDPOINT_OVERRIDES_RUN: url })).toThrow(message);
  });

  test.each(["https://run.example.test/", "http://127.0.0.1:8080/", "http://localhost:1/", "http://[::1]:8080/x/"])(
    "%s is taken",
    (url) => {
      const endpoints = resolveEndpoints({ CLOUDSDK_API_ENDPOINT_OVERRIDES_RUN: url });
      expect(endpoints.overridden).toEqual({ run: url });
      expect(endpoints.base).toMatchObject({ run: url, iam: "https://iam.googleapis.com/" });
    },
  );
});
