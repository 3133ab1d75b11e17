import { expect, test } from "vitest";
import { createFront } from "../clients/fake-front.ts";
import type { FakeHost } from "../clients/fake-http.ts";
import { accountOf, google, startShop, urlOf } from "./live-shop.ts";
import { lines, reportIn } from "./report-in.ts";

// What looks like the door, and what does not last.

test("an app that judges tokens itself behind an open door is told from the door by the header that only the door reads", async () => {
  const { verify, serve } = await startShop();
  // Everybody gets to an app that does as Cloud Run does, with tokens in Authorization.
  const closed = createFront(google);
  closed.serve({ url: urlOf("ledger"), invokers: [`serviceAccount:${accountOf("checkout")}`] });
  const answer: FakeHost = (request) =>
    closed.host({ ...request, headers: { ...request.headers, "x-serverless-authorization": undefined } });
  serve("ledger", { invokerCheck: false, answer });
  const report = reportIn((await verify("--service", "ledger", "--as", "storefront", "--format", "json")).stdout);
  expect(lines(report)).toEqual([
    "* -> ledger none unknown none 403",
    "storefront -> ledger wrong-audience unknown none 403",
    "storefront -> ledger token unknown none 403",
  ]);
});

test("who got in once is not forgotten: it takes three refusals, and what comes and goes is a finding", async () => {
  const open = { invokers: [`serviceAccount:${accountOf("storefront")}`] };
  const told = async (statuses: readonly (number | undefined)[]) => {
    let calls = 0;
    const { verify, serve } = await startShop({
      before: (front) => (request) => {
        const isPair = request.host.startsWith("ledger-") && request.headers["authorization"] !== undefined;
        const status = isPair ? statuses[Math.min(calls++, statuses.length - 1)] : undefined;
        return status === undefined ? front(request) : { status, body: "" };
      },
    });
    serve("ledger", open);
    const argv = ["--service", "ledger", "--as", "storefront", "--sample", "9", "--settle", "60"];
    const { calls: made } = reportIn((await verify(...argv, "--format", "json")).stdout);
    return made
      .filter(({ credential }) => credential === "token")
      .map((each) => [each.finding ?? each.verdict, each.status, each.attempts, each.message])[0];
  };
  expect(await told([200, 403])).toEqual([
    "ok",
    403,
    4,
    expect.stringMatching(/refused.*, and still got in 35 s before$/),
  ]);
  expect(await told([200, 403, 403, 200, 403])).toEqual(["ok", 403, 7, expect.any(String)]);
  expect(await told([200, 403, 200, 403, 200, 403, 200])).toEqual(["undeclared-got-in", 200, 5, expect.any(String)]);
  expect(await told([200, 503])).toEqual([
    "undeclared-got-in",
    200,
    expect.any(Number),
    expect.stringMatching(/; 60 s later it answered 503$/),
  ]);
});
