import { onTestFinished, expect, test } from "vitest";
import { createTransport } from "../../src/gcp/transport.ts";
import { resolveEndpoints } from "../../src/gcp/endpoints.ts";
import { type Front, type FrontAnswer, openFront } from "../../src/gcp/front.ts";
import { openMint } from "../../src/gcp/mint.ts";
import { openConnections } from "../../src/http/proxy.ts";
import { SetupError } from "../../src/http/setup-error.ts";
import { startTiny, type TinyServer } from "../gcp/tiny-server.ts";
import { virtualClock } from "../gcp/virtual-clock.ts";

// What leaves the machine, where to, and what of the answer is believed.

const TOKEN = "aaaa.bbbb.cccc";
const url = "https://billing-111111111111.europe-west1.run.app/healthz?a=b";

async function serve(handle: Parameters<typeof startTiny>[0]): Promise<TinyServer> {
  const server = await startTiny(handle);
  onTestFinished(server.close);
  return server;
}

function open(override: string | undefined, timeoutMs = 2000): Front {
  const env = override === undefined ? {} : { MATRIX_VERIFY_FRONT: override };
  const front = openFront(env, { version: "0", timeoutMs, connections: 4 });
  onTestFinished(front.close);
  return front;
}

async function ask(
  handle: Parameters<typeof startTiny>[0],
  { method = "GET", timeoutMs }: { readonly method?: "GET" | "HEAD"; readonly timeoutMs?: number } = {},
): Promise<FrontAnswer> {
  const server = await serve(handle);
  return open(server.url, timeoutMs).call({ method, url, token: TOKEN, header: "authorization" });
}

test("the call goes to the service that it names, with the token in its header and nowhere else", async () => {
  const server = await serve((_, response) => response.writeHead(204).end());
  const front = open(server.url);
  expect(await front.call({ method: "HEAD", url, token: TOKEN, header: "authorization" })).toEqual({
    kind: "answer",
    status: 204,
    proxy: false,
  });
  expect(await front.call({ method: "GET", url, token: null, header: "authorization" })).toEqual({
    kind: "answer",
    status: 204,
    proxy: false,
  });
  expect(server.seen).toEqual(["HEAD /healthz?a=b", "GET /healthz?a=b"]);
  expect(server.requests.map(({ headers }) => [headers.host, headers.authorization])).toEqual([
    ["billing-111111111111.europe-west1.run.app", `Bearer ${TOKEN}`],
    ["billing-111111111111.europe-west1.run.app", undefined],
  ]);
  expect(front.count()).toBe(2);
});

test("a path of two slashes stays a path, and a token for nobody goes where no app reads it", async () => {
  const server = await serve((_, response) => response.end());
  const odd = "https://billing-1.europe-west1.run.app//evil.example/x";
  await open(server.url).call({ method: "GET", url: odd, token: TOKEN, header: "x-serverless-authorization" });
  expect(server.seen).toEqual(["GET //evil.example/x"]);
  expect(server.requests[0]?.headers).toMatchObject({ "x-serverless-authorization": `Bearer ${TOKEN}` });
  expect(server.requests[0]?.headers["authorization"]).toBeUndefined();
});

test.each([
  "http://billing-1.europe-west1.run.app/",
  "https://evil.example/",
  "https://run.app/",
  "https://billing-1.europe-west1.run.app.evil.example/",
  "https://evilrun.app/",
  "https://billing-1.europe-west1.run.app:8443/",
  "https://user@billing-1.europe-west1.run.app/",
  "https://127.0.0.1/",
  "https://run.googleapis.com/",
])("no token and no call goes to %s", async (other) => {
  const server = await serve((_, response) => response.end());
  // Not even where the front is this machine.
  await expect(
    open(server.url).call({ method: "HEAD", url: other, token: TOKEN, header: "authorization" }),
  ).rejects.toThrow("only services under run.app");
  await expect(
    open(undefined).call({ method: "HEAD", url: other, token: TOKEN, header: "authorization" }),
  ).rejects.toThrow("only services under run.app");
  expect(server.seen).toEqual([]);
});

test.each([
  "https://evil.example/",
  "http://evil.example/",
  "http://127.0.0.1.evil.example/",
  "http://127.0.0.1/x",
  "x",
])("a front that is not this machine is refused: %s", (override) => {
  expect(() => open(override)).toThrow(SetupError);
});

test("a body of any length is not waited for, and what it says is not kept", async () => {
  const chunk = Buffer.alloc(256 * 1024, "x");
  const answer = await ask((_, response) => {
    response.writeHead(403);
    const more = (): void => {
      while (!response.destroyed && response.write(chunk)) void 0;
    };
    response.on("drain", more);
    more();
  });
  expect(answer).toEqual({ kind: "answer", status: 403, proxy: false });
});

test("redirects are answers: in a loop, to another host, to sign in", async () => {
  const at = (location: string) => ask((_, response) => response.writeHead(302, { location }).end());
  expect(await at("/healthz?a=b")).toEqual({ kind: "answer", status: 302, proxy: false });
  expect(await at("https://evil.example/")).toEqual({ kind: "answer", status: 302, proxy: false });
  expect(await at("https://accounts.google.com@evil.example/")).toEqual({ kind: "answer", status: 302, proxy: false });
  expect(await at("https://accounts.google.com/o/oauth2/v2/auth")).toEqual({
    kind: "answer",
    status: 302,
    proxy: false,
  });
  const marked = await ask((_, response) => response.writeHead(401, { "x-goog-iap-generated-response": "true" }).end());
  expect(marked).toEqual({ kind: "answer", status: 401, proxy: true });
});

test("silence, broken connections and nonsense are told without the token", async () => {
  const silent = await ask(() => {}, { timeoutMs: 60 });
  expect(silent).toEqual({ kind: "silent", reason: "no answer within 0.06 s" });
  const broken = await ask((request) => request.socket.destroy());
  expect(broken).toMatchObject({ kind: "silent", reason: expect.stringContaining("the connection failed") });
  const nonsense = await ask(({ socket, headers }) => socket.end(`nonsense ${headers.authorization}\r\n\r\n`));
  const long = await ask(({ socket }) => socket.end(`HTTP/1.1 200 OK\r\nx: ${"y".repeat(100_000)}\r\n\r\n`));
  for (const answer of [silent, broken, nonsense, long]) {
    expect(answer.kind).toBe("silent");
    expect(JSON.stringify(answer)).not.toContain("bbbb");
  }
  const gone = await serve(() => {});
  await gone.close();
  expect(await open(gone.url).call({ method: "HEAD", url, token: TOKEN, header: "authorization" })).toMatchObject({
    kind: "silent",
    reason: "the connection failed (ECONNREFUSED)",
  });
});

test("ID tokens are made for no other command, and what comes instead of one is not believed", async () => {
  let body = JSON.stringify({ token: TOKEN });
  let status = 200;
  const server = await serve((_, response) => response.writeHead(status).end(body));
  const env = { GOOGLE_OAUTH_ACCESS_TOKEN: "ya29.secret", CLOUDSDK_API_ENDPOINT_OVERRIDES_IAMCREDENTIALS: server.url };
  const mint = await openMint(null, { env, clock: virtualClock(), random: () => 0, progress: () => {}, version: "0" });
  onTestFinished(mint.close);
  const email = "a/b?c@acme-prod.iam.gserviceaccount.com";
  expect(await mint.idToken("a@acme-prod.iam.gserviceaccount.com", "https://x")).toEqual({ token: TOKEN });
  expect(server.seen).toEqual([
    "POST /v1/projects/-/serviceAccounts/a%40acme-prod.iam.gserviceaccount.com:generateIdToken",
  ]);
  expect(server.requests[0]?.body).toBe('{"audience":"https://x","includeEmail":true}');
  await expect(mint.idToken(email, "https://x")).rejects.toThrow("not on the lists");
  for (const bad of ["", "{}", "[]", '{"token":"a.b"}', '{"token":"a.b.c\\r\\nx: y"}', '{"token":1}']) {
    body = bad;
    expect(await mint.idToken("a@b", "x")).toEqual({ reason: "the answer holds no ID token" });
  }
  [status, body] = [403, JSON.stringify({ error: { message: "you sent ya29.secret" } })];
  expect(JSON.stringify(await mint.idToken("a@b", "x"))).not.toContain("ya29.secret");
  const connections = openConnections({}, 1);
  onTestFinished(connections.close);
  const reading = createTransport({
    endpoints: resolveEndpoints(env),
    connections,
    userAgent: "test",
    exchangeHosts: () => ({}),
  });
  const path = "v1/projects/-/serviceAccounts/a%40b:generateIdToken";
  const target = { list: "mint", method: "POST", host: "iamcredentials", path } as const;
  const rest = { query: "", headers: {}, body: null, timeoutMs: 100 };
  await expect(reading.send({ target, ...rest })).rejects.toThrow("not on the lists");
});
