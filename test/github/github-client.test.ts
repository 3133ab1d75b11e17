import { createServer } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import { openConnections } from "../../src/http/proxy.ts";
import { apiBase, apiPath } from "../../src/github/api-base.ts";
import { createGitHubClient, type GitHubClient } from "../../src/github/github-client.ts";
import { nextPage } from "../../src/github/next-page.ts";
import { rateLimitWait } from "../../src/github/rate-limit.ts";
import { type GitHubFacts, type GitHubOptions, startGitHub } from "./fake-github.ts";

const facts: GitHubFacts = {
  tokens: { secret: { login: "x", may: ["read", "comment", "teams"] } },
  reviews: Array.from({ length: 5 }, () => ({ user: "ada", state: "COMMENTED", commit: "c" })),
};
const reviews = "/repos/acme/shop/pulls/7/reviews";

async function reach(
  options: GitHubOptions = {},
  env: Readonly<Record<string, string>> = {},
  base?: string,
): Promise<{
  readonly client: GitHubClient;
  readonly sleeps: readonly number[];
  readonly asked: () => readonly string[];
}> {
  const github = await startGitHub(facts, options);
  const connections = openConnections(env, 2);
  onTestFinished(() => connections.close());
  const sleeps: number[] = [];
  let now = Date.parse("2026-11-22T00:00:00Z");
  const client = createGitHubClient({
    base: apiBase(base ?? github.url),
    token: "secret",
    connections,
    userAgent: "test",
    clock: {
      now: () => now,
      sleep: (milliseconds) => {
        sleeps.push(milliseconds);
        now += milliseconds;
        return Promise.resolve();
      },
    },
  });
  return { client, sleeps, asked: () => github.requests.map(({ method, path }) => `${method} ${path}`) };
}

test("a list is read over its pages, on GitHub Enterprise too", async () => {
  const { client, asked } = await reach({ pageSize: 2, prefix: "/api/v3" });
  const list = await client.list(reviews);
  expect(list.items?.map((item) => (item as { readonly id: number }).id)).toEqual([1, 2, 3, 4, 5]);
  expect(asked()).toEqual([1, 2, 3].map((page) => `GET ${reviews}?per_page=100${page > 1 ? `&page=${page}` : ""}`));
});

test.each([
  ["another host", '<https://evil.test/x>; rel="next"', "the next page is at another host"],
  ["another host that begins alike", '<BASE.evil.test/x>; rel="next"', "the next page is at another host"],
  ["itself", '<BASE/repos/acme/shop/pulls/7/reviews?per_page=100>; rel="next"', "the pages do not end"],
])("a next page at %s is not asked for", async (_, link, reason) => {
  let url = "";
  const github = createServer((__, response) => {
    response.setHeader("link", link.replace("BASE", url));
    response.end("[]");
  });
  await new Promise<void>((resolve) => {
    github.listen(0, "127.0.0.1", resolve);
  });
  onTestFinished(() => void github.close());
  const address = github.address();
  url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  const { client } = await reach({}, {}, url);
  expect(await client.list(reviews)).toEqual({ kind: "failed", reason });
});

test.each([
  ['<https://a.test/1>; rel="prev", <https://a.test/3>; rel="next"', "https://a.test/3"],
  ["<https://a.test/3>; rel=next", "https://a.test/3"],
  ['<https://a.test/3>; foo="x"; rel="next"', "https://a.test/3"],
  ['<https://a.test/?q=a,b>; rel="next"', "https://a.test/?q=a,b"],
  ['<https://a.test/3>; rel="last"', undefined],
  ['<https://a.test/3>; rel="nextish"', undefined],
  ["", undefined],
  [undefined, undefined],
])("the next page of %s", (link, next) => {
  expect(nextPage(link)).toBe(next);
});

test("reads and updates are tried again, with growing waits; a creation is not", async () => {
  const { client, sleeps, asked } = await reach({ faults: () => ({ when: "before", status: 503 }) });
  expect(await client.get("/x")).toEqual({ kind: "failed", reason: "GitHub is in trouble (503)" });
  expect(sleeps).toEqual([1000, 2000, 4000]);
  await client.post("/y", {});
  expect(asked().filter((request) => request === "POST /y").length).toBe(1);
  await client.patch("/z", {});
  expect(asked().filter((request) => request === "PATCH /z").length).toBe(4);
});

test("all requests together end in time", async () => {
  const limited = { when: "before", status: 429, headers: { "retry-after": "80" } } as const;
  const { client, sleeps } = await reach({ faults: () => limited });
  for (const path of ["/a", "/b", "/c"]) expect(await client.get(path)).toMatchObject({ kind: "failed" });
  expect(sleeps).toEqual([80_000, 80_000, 80_000]);
});

test.each([
  [403, {}, "Resource not accessible by integration", undefined],
  [403, {}, "You have exceeded a secondary rate limit", 60_000],
  [403, { "retry-after": "3" }, "", 3000],
  [429, {}, "", 60_000],
  [403, { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "1010" }, "", 10_000],
  [403, { "x-ratelimit-remaining": "0", "x-ratelimit-reset": "900" }, "", 0],
  [403, { "x-ratelimit-remaining": "12", "x-ratelimit-reset": "1010" }, "", undefined],
  [404, { "retry-after": "3" }, "", undefined],
  [200, {}, "", undefined],
])("%i with %j and %j asks to wait %s", (status, headers, text, wait) => {
  expect(rateLimitWait({ status, headers: new Map(Object.entries(headers)), text }, 1_000_000)).toBe(wait);
});

test("what GitHub refuses is told by its status and message, without the token", async () => {
  const { client } = await reach({ faults: () => ({ when: "before", status: 403, message: "No" }) });
  expect(await client.get("/x")).toEqual({ kind: "refused", status: 403, reason: "403: No" });
  const moved = await reach({ faults: () => ({ when: "before", status: 301, headers: { location: "/y" } }) });
  expect(await moved.client.get("/x")).toMatchObject({ kind: "failed", reason: expect.stringContaining("redirected") });
});

test("a proxy carries what leaves this machine, and is not asked for what stays", async () => {
  const connected: string[] = [];
  const proxy = createServer();
  proxy.on("connect", (request, socket) => {
    connected.push(request.url ?? "");
    socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
  });
  await new Promise<void>((resolve) => {
    proxy.listen(0, "127.0.0.1", resolve);
  });
  onTestFinished(() => void proxy.close());
  const address = proxy.address();
  const env = { HTTPS_PROXY: `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}` };
  const far = await reach({}, env, "https://github.test/api/v3");
  const answer = await far.client.post("/x", {});
  expect(answer).toEqual({ kind: "failed", reason: "the proxy of HTTPS_PROXY refuses to connect (502)" });
  expect(connected).toEqual(["github.test:443"]);
  const near = await reach({}, env);
  expect(await near.client.get(reviews)).toMatchObject({ kind: "done" });
  expect(connected.length).toBe(1);
});

test.each([
  [undefined, "https://api.github.com"],
  ["", "https://api.github.com"],
  ["https://github.acme.test/api/v3/", "https://github.acme.test/api/v3"],
  ["http://127.0.0.1:80/api/v3", "http://127.0.0.1/api/v3"],
])("the API of GITHUB_API_URL=%s", (given, base) => {
  expect(apiBase(given)).toBe(base);
});

test.each([
  "http://api.github.com",
  "http://127.0.0.1.evil.test",
  "https://u:p@x.test",
  "https://x.test/?a",
  "nonsense",
])("a token does not go to %s", (url) => {
  expect(() => apiBase(url)).toThrow(/^GITHUB_API_URL/);
});

test("parts of a path stay parts", () => {
  expect(apiPath("orgs", "a/../b", "x?y#z", 7)).toBe("/orgs/a%2F..%2Fb/x%3Fy%23z/7");
  for (const part of ["", ".", ".."]) expect(() => apiPath("orgs", part)).toThrow();
});
