import { expect, test } from "vitest";
import { wireMoves } from "../../src/wiring/wire-caller.ts";
import { account, denied, read } from "../access/tiny-world.ts";
import { matrix } from "../drift/cases/drift-case.ts";
import { email, invoker, live, sa, world } from "../drift/live-world.ts";
import { OLD, shop } from "./shop.ts";
import { ask, callTo, endpointOf, wired } from "./wired.ts";

test("a move is followed region by region: what runs as what, who lets whom in, who else shares the old account", () => {
  const moving = matrix(`
services:
  checkout:
    regions: [europe-west1, us-central1, asia-east1, europe-north1]
    previousAccounts: [{ email: ${OLD}, until: 2027-01-31 }, { email: ${email("ancient")}, until: 2026-01-31 }]
  billing: {}
  batch: { account: { email: ${OLD} } }
trust:
  checkout -> billing: Charges cards
`);
  const at = (region: string, as: string): ReturnType<typeof live> => live("checkout", [], { region, account: as });
  const services = [
    live("batch", [], { account: OLD }),
    live("billing", [invoker(`serviceAccount:${OLD}`)]),
    at("asia-east1", email("ancient")),
    at("europe-west1", OLD),
    at("us-central1", email("checkout-sa")),
    live("unknown", [], { account: OLD }),
  ];
  const checkout = wired(
    "checkout",
    ask(moving, world({ services, accounts: [{ ...account(email("checkout-sa")), details: read(null) }] })),
  );
  expect(checkout.account?.live).toBe("missing");
  expect(checkout.runs.map(({ region, standing, until }) => [region, standing, until])).toEqual([
    ["europe-west1", "previous", "2027-01-31"],
    ["us-central1", "declared", null],
    ["asia-east1", "over", "2026-01-31"],
    ["europe-north1", "absent", null],
  ]);
  expect(checkout.previousAccounts.map(({ isOver, sharedWith }) => [isOver, sharedWith])).toEqual([
    [false, ["batch", "projects/acme-prod/locations/europe-west1/services/unknown"]],
    [true, []],
  ]);
  expect(endpointOf(callTo("billing", checkout)).letsIn).toEqual([
    { principal: sa("checkout"), previous: false, verdict: "no" },
    { principal: `serviceAccount:${OLD}`, previous: true, verdict: "allowed" },
  ]);
});

test("the overview holds who is moving and who runs as an account that is none of its own, and nobody else", () => {
  const services = [
    live("checkout", [], { account: OLD }),
    live("billing", [], { account: email("other") }),
    live("desk", [], { ingress: "all" }),
  ];
  const { callers, complete } = wireMoves(ask(shop, world({ services })));
  expect(complete).toBe(true);
  expect(callers.map(({ key, runs, calls }) => [key, runs.map(({ standing }) => standing), calls])).toEqual([
    ["billing", ["other"], null],
    ["checkout", ["previous"], null],
  ]);
  expect(wireMoves(ask(shop)).callers.map(({ key }) => key)).toEqual(["checkout"]);
});

test("what was not read is not known, and makes the answer incomplete", () => {
  const blind = world({ services: [live("checkout"), live("billing", [], { bindings: denied })] });
  const doubted = { ...blind, projects: blind.projects.map((each) => ({ ...each, jobs: denied })) };
  const unread = ask(shop, { ...doubted, projects: doubted.projects.map((each) => ({ ...each, services: denied })) });
  expect(wired("checkout", unread).runs).toEqual([
    { region: "europe-west1", account: null, standing: "unread", until: null },
  ]);
  expect(endpointOf(callTo("settle", wired("checkout", ask(shop, doubted)))).live).toBe("unread");
  expect(wireMoves(unread).complete).toBe(false);
});
