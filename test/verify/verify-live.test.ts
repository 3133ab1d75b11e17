import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parseXml } from "../report/parse-xml.ts";
import { runMatrix } from "../cli/test-io.ts";
import { undescribed } from "../schema-shapes.ts";
import { accountOf, shop, startShop } from "./live-shop.ts";
import { lines, reportIn, schema } from "./report-in.ts";

// The whole command against a front and IAM Credentials of the tests' own, over real HTTP.

test("without a token: closed services refuse, public ones do not, sensitive ones are left alone", async () => {
  const { verify, front } = await startShop();
  const ran = await verify("--format", "json");
  const report = reportIn(ran.stdout);
  expect(ran.code).toBe(0);
  expect(lines(report)).toEqual([
    "* -> checkout none ok status 403",
    "* -> ledger none ok status 403",
    "* -> storefront none ok door 200",
  ]);
  expect(report.leftOut).toEqual([{ service: "billing", caller: null, why: "sensitive" }]);
  expect(front.calls.map(({ method, path }) => `${method} ${path}`)).toEqual(["HEAD /", "HEAD /", "HEAD /"]);
  expect(schema.description).toContain("matrix verify");
  expect(undescribed(schema)).toEqual([]);
});

test("no credentials are asked for where no token is shown", async () => {
  const { env, folder } = await startShop();
  const { GOOGLE_OAUTH_ACCESS_TOKEN: _, ...without } = env;
  const bare = await runMatrix(["verify"], { cwd: folder, env: { ...without, METADATA_SERVER_DETECTION: "none" } });
  expect([bare.code, bare.stdout]).toEqual([0, expect.stringContaining("no token was shown")]);
  const shown = await runMatrix(["verify", "--as", "checkout"], {
    cwd: folder,
    env: { ...without, METADATA_SERVER_DETECTION: "none" },
  });
  expect([shown.code, shown.stdout]).toEqual([3, ""]);
  expect(shown.stderr).toContain("there are no credentials");
});

test("as callers: edges pass, others are refused, and a wrong audience shows that it is the front door", async () => {
  const { verify, token, server } = await startShop();
  const ran = await verify("--as", "checkout", "--as", "storefront", "--include-sensitive", "--format", "json", "-v");
  expect(lines(reportIn(ran.stdout))).toEqual([
    "* -> billing none ok door 403",
    "checkout -> billing wrong-audience ok door 401",
    "checkout -> billing token ok door 200",
    "storefront -> billing token ok status 403",
    "* -> checkout none ok door 403",
    "storefront -> checkout wrong-audience ok door 401",
    "checkout -> checkout token ok status 403",
    "storefront -> checkout token ok door 200",
    "* -> ledger none ok door 403",
    "checkout -> ledger wrong-audience ok door 401",
    "checkout -> ledger token ok door 200",
    "storefront -> ledger token ok status 403",
    "* -> storefront none ok door 200",
  ]);
  expect(ran.code).toBe(0);
  const shown = server.requests.flatMap(({ headers }) => headers["authorization"] ?? []);
  expect(shown.length).toBeGreaterThan(9);
  // Neither the access token nor any ID token is told to anybody.
  for (const each of shown) expect(ran.stdout + ran.stderr).not.toContain(each.slice("Bearer ".length));
  expect(ran.stderr).not.toContain(token);
  expect(ran.stderr).toContain("(MATRIX_VERIFY_FRONT)");
  // The access token goes to IAM Credentials alone, and ID tokens to services alone.
  expect(
    server.requests.every(
      ({ host, headers }) => (headers["authorization"]?.[0] === `Bearer ${token}`) === (host === "127.0.0.1"),
    ),
  ).toBe(true);
});

test("findings: open, got in, refused, not public, audience not checked", async () => {
  const { verify, serve } = await startShop();
  serve("storefront", {});
  serve("checkout", { invokers: [] });
  serve("ledger", {
    invokers: [`serviceAccount:${accountOf("storefront")}`, `serviceAccount:${accountOf("checkout")}`],
  });
  serve("billing", { invokerCheck: false });
  const argv = ["--as", "storefront", "--include-sensitive", "--settle", "0"];
  const ran = await verify(...argv, "--format", "json");
  expect(ran.code).toBe(1);
  expect(lines(reportIn(ran.stdout))).toEqual([
    "* -> billing none open-without-token status 200",
    "storefront -> billing wrong-audience audience-not-checked status 200",
    "storefront -> billing token undeclared-got-in status 200",
    "* -> checkout none ok door 403",
    "storefront -> checkout wrong-audience ok door 401",
    "storefront -> checkout token edge-refused status 403",
    "* -> ledger none ok door 403",
    "storefront -> ledger wrong-audience ok door 401",
    "storefront -> ledger token undeclared-got-in status 200",
    "* -> storefront none public-refused status 403",
  ]);
  const xml = parseXml((await verify(...argv, "--format", "junit")).stdout);
  expect(JSON.stringify(xml)).toContain("undeclared-got-in");
  // The page shows what is written.
  const { stdout } = await verify("--as", "storefront", "--settle", "0", "--sample", "1");
  const page = readFileSync(new URL("../../docs/verify.md", import.meta.url), "utf8");
  expect(/```text\n([^]*?)```/.exec(page)?.[1]).toBe(stdout);
});

test("what propagation may change is repeated until it is over, and nothing else", async () => {
  let calls = 0;
  const { verify, serve } = await startShop({
    before: (front, serveAgain) => (request) => {
      // The grant arrives while the calls are repeated.
      if (request.host.startsWith("checkout-") && ++calls === 5)
        serveAgain("checkout", { invokers: [`serviceAccount:${accountOf("storefront")}`] });
      return front(request);
    },
  });
  serve("checkout", {});
  const late = reportIn((await verify("--as", "storefront", "--service", "checkout", "--format", "json")).stdout);
  expect(late.calls.map(({ verdict, attempts, after }) => [verdict, attempts, after])).toEqual([
    ["ok", 1, 0],
    ["ok", 1, 0],
    ["ok", 3, 15],
  ]);
  serve("ledger", { invokerCheck: false });
  const never = await verify("--service", "ledger", "--settle", "100", "--format", "json");
  expect(reportIn(never.stdout).calls).toEqual([
    expect.objectContaining({ finding: "open-without-token", attempts: 6, after: 100 }),
  ]);
  expect(never.code).toBe(1);
});

test("an app that says 403 itself behind an open door is not taken for the door", async () => {
  const { verify, serve } = await startShop();
  serve("ledger", { invokerCheck: false, answer: { status: 403, body: "who are you" } });
  const weak = await verify("--service", "ledger", "--format", "json");
  expect(lines(reportIn(weak.stdout))).toEqual(["* -> ledger none ok status 403"]);
  const { stdout, code } = await verify("--service", "ledger", "--as", "storefront", "--format", "json");
  expect(code).toBe(3);
  expect(reportIn(stdout).calls.map(({ verdict }) => verdict)).toEqual(["unknown", "unknown", "unknown"]);
  expect(stdout).toContain("the app itself may have said it");
});

test("404 is never fine: an app of its own, or a door that is not reached", async () => {
  const inside = shop.replace("ledger: { ingress: all }", "ledger: { ingress: internal }");
  const { verify, serve } = await startShop({ matrix: inside });
  serve("ledger", { reachable: false });
  serve("checkout", { invokers: [`serviceAccount:${accountOf("storefront")}`], answer: { status: 404, body: "" } });
  const { stdout, code } = await verify("--as", "storefront", "--sample", "1");
  expect(code).toBe(3);
  expect(stdout).toContain("unknown: ledger in europe-west1, without a token: not reachable from here (404)");
  expect(stdout).toContain("--path checkout=/healthz");
  const healthy = await startShop();
  healthy.serve("checkout", {
    invokers: [`serviceAccount:${accountOf("storefront")}`],
    answer: ({ path }) => ({ status: path === "/healthz" ? 204 : 404, body: "" }),
  });
  const argv = ["--as", "storefront", "--service", "checkout", "--path", "checkout=/healthz", "--path", "/x"];
  expect((await healthy.verify(...argv)).code).toBe(0);
});

test("trouble is repeated twice, and then it is unknown", async () => {
  let calls = 0;
  const { verify } = await startShop({
    before: (front) => (request) => {
      if (request.host.startsWith("checkout-")) return { status: 503, body: "" };
      if (request.host.startsWith("ledger-") && ++calls < 3) return { status: 429, body: "" };
      return front(request);
    },
  });
  const ran = await verify("--format", "json", "--settle", "0");
  expect(ran.code).toBe(3);
  expect(reportIn(ran.stdout).calls.map(({ verdict, attempts }) => [verdict, attempts])).toEqual([
    ["unknown", 3],
    ["ok", 3],
    ["ok", 1],
  ]);
});

test("an account that nobody may act as leaves its calls unknown, and says what it takes", async () => {
  const { verify, front } = await startShop();
  const { stdout, code } = await verify("--as", "billing", "--service", "ledger");
  expect(code).toBe(3);
  expect(stdout).toMatch(/there is no token of billing: 403 .*getOpenIdToken/);
  expect(front.calls.map(({ status }) => status)).toEqual([403]);
});

test("tokens are made as another account where told, and again before they are over", async () => {
  const { verify, serve, server } = await startShop();
  const asked = (): readonly string[] =>
    server.requests.flatMap(({ host, path }) => (host === "127.0.0.1" ? [path.slice(path.lastIndexOf("/") + 1)] : []));
  const as = ["--as", "storefront", "--service", "checkout", "--sample", "0"];
  expect((await verify(...as, "--impersonate-service-account", accountOf("ledger"))).code).toBe(0);
  expect(asked().map((path) => path.replace(/^[^:]*/, ""))).toEqual([
    ":generateAccessToken",
    ":generateIdToken",
    ":generateIdToken",
  ]);
  serve("checkout", {});
  // Two hours of repeating, and a token lives for one.
  const { code } = await verify(...as, "--settle", "7200");
  expect([code, asked().length]).toEqual([1, 3 + 4]);
});
