import { expect, test } from "vitest";
import { shop, startShop, urlOf } from "./live-shop.ts";
import { lines, reportIn } from "./report-in.ts";

// What the command does not call, does not follow and does not take.

test("behind Identity-Aware Proxy the proxy is looked for, and nothing is shown to it", async () => {
  const mark: Readonly<Record<string, string>> = { "x-goog-iap-generated-response": "true" };
  const proxied = shop.replace("ledger: { ingress: all }", "ledger: { ingress: all, iap: service }");
  const { verify } = await startShop({
    matrix: proxied,
    before: (front) => (request) =>
      request.host.startsWith("ledger-")
        ? { status: 302, body: "", headers: { location: "https://accounts.google.com/o/oauth2/v2/auth?x=y", ...mark } }
        : request.host.startsWith("checkout-")
          ? { status: 401, body: "", headers: { "x-goog-iap-generated-response": "true" } }
          : front(request),
  });
  const { stdout } = await verify("--as", "checkout", "--format", "json");
  const report = reportIn(stdout);
  expect(lines(report).slice(0, 2)).toEqual([
    "* -> checkout none unknown none 401",
    "checkout -> checkout wrong-audience unknown none 401",
  ]);
  expect(lines(report).filter((line) => line.includes("ledger"))).toEqual(["* -> ledger none ok status 302"]);
  expect(report.leftOut).toContainEqual({ service: "ledger", caller: "checkout", why: "proxy" });
  // An app can refuse, and send people to sign in, with nothing in front of it.
  for (const status of [302, 403]) {
    const bare = await startShop({
      matrix: proxied,
      before: () => () => ({ status, body: "", headers: { location: "https://accounts.google.com/o/oauth2/v2/auth" } }),
    });
    const { stdout: said } = await bare.verify("--service", "ledger", "--format", "json");
    expect(lines(reportIn(said))).toEqual([`* -> ledger none unknown none ${status}`]);
  }
});

test("redirects are not followed, and nothing else is called than hosts of the matrix", async () => {
  const { verify, server } = await startShop({
    before: (front) => (request) =>
      request.host.startsWith("storefront-")
        ? { status: 307, body: "", headers: { location: "http://127.0.0.1:1/steal" } }
        : front(request),
  });
  expect((await verify("--as", "storefront")).code).toBe(0);
  const hosts = new Set(server.requests.map(({ host }) => host));
  expect([...hosts].sort()).toEqual([
    "127.0.0.1",
    ...["checkout", "ledger", "storefront"].map((name) => new URL(urlOf(name)).hostname),
  ]);
  expect(server.requests.filter(({ path }) => path.includes("steal"))).toEqual([]);
});

test("a dry run sends nothing, and where nothing can be called nothing is clean", async () => {
  const { verify, server } = await startShop();
  const dry = await verify("--dry-run", "--as", "checkout", "--format", "json");
  expect([dry.code, server.requests.length]).toEqual([0, 0]);
  expect(new Set(reportIn(dry.stdout).calls.map(({ verdict }) => verdict))).toEqual(new Set(["not-sent"]));
  const nothing = await verify("--service", "billing");
  expect([nothing.code, nothing.stdout]).toEqual([
    3,
    expect.stringContaining("nothing was called, so nothing is known"),
  ]);
  expect((await verify("--service", "billing", "--format", "junit")).stdout).toContain('errors="1"');
});

test.each([
  [["--as", "ana"], /ana is a user, and only service accounts/],
  [["--as", "chekout"], /no service or caller is called "chekout"\n.*did you mean "checkout"/],
  [["--service", "ana"], /ana is no service in staging/],
  [["--path", "healthz"], /--path healthz is not a path/],
  [["--path", "checkout=//evil.example"], /is not a path/],
  [["--path", "/\\evil.example"], /is not a path/],
  [["--path", "checkout=/x\u0007"], /is not a path/],
  [["--impersonate-service-account", "a@b.example"], /is about tokens/],
  [["--rate", "0"], /whole number from 1 to 100/],
])("%j is a wrong command line", async (argv, message) => {
  const { verify, server } = await startShop();
  const { code, stderr } = await verify(...argv);
  expect([code, server.requests.length]).toEqual([2, 0]);
  expect(stderr).toMatch(message);
});
