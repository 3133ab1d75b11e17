import { expect, test } from "vitest";
import { text } from "../../src/report/wiring/text.ts";
import { wireCaller, wireMoves } from "../../src/wiring/wire-caller.ts";
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

test("ready names the account where the caller cannot call as it yet, loud and quiet", () => {
  const billing = live("billing", [invoker(sa("checkout"))]);
  const one = matrix(`
services: { checkout: {}, billing: {} }
trust: { checkout -> billing: Charges cards }
`);
  const told = (checkout: Parameters<typeof live>[2], state?: "missing" | "disabled"): string => {
    const own = account(email("checkout-sa"));
    const value = "value" in own.details ? own.details.value : null;
    const details = read(state === "missing" || value === null ? null : { ...value, disabled: state === "disabled" });
    const question = ask(
      one,
      world({ services: [billing, live("checkout", [], checkout)], accounts: [{ ...own, details }] }),
    );
    const report = wireCaller(question.world.services.get("checkout") ?? expect.fail(), question);
    const lines = [true, false].map((quiet) => text(report, { color: false, quiet, version: "" }));
    const [quiet, loud] = lines.map((each) => /^ +ready +(.*)$/m.exec(each)?.[1]);
    expect(quiet).toBe(loud);
    return loud ?? "";
  };
  const whom = `the one place that it calls lets ${email("checkout-sa")} in`;
  expect(told({})).toBe("the one place that it calls lets it in");
  expect(told({}, "disabled")).toBe(`${whom}; that account is disabled`);
  expect(told({}, "missing")).toBe(`${whom}; that account does not exist yet`);
  expect(told({ account: OLD })).toBe(`${whom}; the service still runs as another one`);
});

test("what synth does not grant is not promised: a row that is observed, a proxy", () => {
  const services = [
    live("checkout"),
    live("seen"),
    live("billing"),
    live("desk", [], { ingress: "all", iapEnabled: true }),
  ];
  const say = (key: string, iap = "service"): string => {
    const question = ask(shop.replace("iap: service", `iap: ${iap}`), world({ services }));
    const caller = question.world.services.get(key) ?? question.world.callers.get(key) ?? expect.fail();
    return text(wireCaller(caller, question), { color: false, quiet: true, version: "" });
  };
  expect(say("checkout")).toMatch(/seen in .*: no, and its row is only observed \(mode: observe\)/);
  expect(say("checkout")).toMatch(/billing in .*: not yet: apply what matrix synth writes/);
  expect(say("oncall")).toMatch(/desk in .*: not yet: apply what matrix synth writes/);
  expect(say("oncall", "load-balancer")).toMatch(/desk in .*: not yet: .* grants nothing on a load balancer/);
});

test("a proxy on a load balancer is not known, and never a no", () => {
  const balanced = shop.replace("iap: service", "iap: load-balancer");
  const question = ask(balanced, world({ services: [live("desk", [], { ingress: "all" })] }));
  const report = wireCaller(question.world.callers.get("oncall") ?? expect.fail(), question);
  expect(report.callers[0]?.calls?.[0]?.endpoints[0]?.letsIn).toMatchObject([{ verdict: "unknown" }]);
  expect(report.complete).toBe(false);
  expect(text(report, { color: false, quiet: true, version: "" })).toContain(
    "ready  whether the one place that it calls lets it in is not known",
  );
});

test("a default account of a project whose number was not read is not read, and not another one", () => {
  const seen = world({
    services: [live("checkout", [], { account: null })],
    project: { details: denied },
  });
  const report = wireMoves(ask(shop, seen));
  expect(report.callers.find(({ key }) => key === "checkout")?.runs).toEqual([
    { region: "europe-west1", account: null, standing: "unread", until: null },
  ]);
  expect(report.complete).toBe(false);
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
