import { expect, test } from "vitest";
import { bind, denyRule, read } from "../access/tiny-world.ts";
import { matrix, oneEdge } from "./cases/drift-case.ts";
import { driftOf } from "./drift-of.ts";
import { only, told } from "./findings-of.ts";
import { NUMBER, invoker, live, sa, world } from "./live-world.ts";

// What is open to everybody, and what can be declared (cases/). Each was wrong once, or easily would be.

const row = invoker(sa("checkout"));
const dana = "user:dana@acme.example";

const shop = (rest: string): string =>
  matrix(`
services:
  shop: { owner: team-web, ingress: all, ${rest} }
`);

const openShop = shop("public: { reason: Customers browse }");

const uncheckedShop = shop("public: { reason: Customers browse, via: no-invoker-check }");

test("a service that is public as declared, in another way, is no error and not called closed", () => {
  const byGrant = world({ services: [live("shop", [invoker("allUsers")], { ingress: "all" })] });
  const unchecked = world({ services: [live("shop", [], { ingress: "all", invokerCheckDisabled: true })] });
  expect(told(openShop, byGrant)).toEqual([]);
  expect(told(uncheckedShop, unchecked)).toEqual([]);
  expect(told(uncheckedShop, byGrant)).toEqual([
    "warning public-undeclared: everybody may call shop through roles/run.invoker, and the matrix opens it in another way (public via no-invoker-check)",
  ]);
  expect(told(openShop, unchecked)).toEqual([
    "warning invoker-check-disabled: everybody may call shop in europe-west1: its invoker check is off, so its IAM policy does not matter, and the matrix opens it in another way (public via allUsers)",
  ]);
});

test("a public service that is open twice says that deleting its public would not close it", () => {
  const twice = world({
    services: [live("shop", [invoker("allUsers")], { ingress: "all", invokerCheckDisabled: true })],
  });
  const finding = only(openShop, twice);
  expect(finding.rule).toBe("access-beyond-matrix");
  expect(finding.message).toContain("deleting its public would not close it");
  expect(finding.fix).toBe(
    "gcloud run services update shop --invoker-iam-check --region europe-west1 --project acme-prod",
  );
});

test("a deny policy that closes a public service is named, and no apply is awaited", () => {
  const stopped = world({
    services: [live("shop", [invoker("allUsers")], { ingress: "all" })],
    project: { deny: read([{ name: "policies/stop", rules: [denyRule(["principalSet://goog/public:all"])] }]) },
  });
  const applied = { stale: new Set(["prod"]), hasMember: () => true };
  const finding = only(openShop, stopped, { applied });
  expect(finding.message).toBe("the matrix opens shop to everybody, and in europe-west1 a deny policy stops everybody");
  expect(finding.pending).toBe(false);
});

test("a retired service is open to nobody, whatever its public says", () => {
  const retiring = shop("retired: 2027-02-01, public: { reason: Customers browse, via: no-invoker-check }");
  const unchecked = world({
    services: [live("shop", [invoker(dana)], { ingress: "all", invokerCheckDisabled: true })],
  });
  const findings = driftOf(retiring, unchecked).findings;
  expect(findings.map(({ rule, severity }) => `${severity} ${rule}`)).toEqual([
    "error invoker-check-disabled",
    "error undeclared-caller",
  ]);
  expect(findings[1]?.message).toBe(`${dana} may call shop, which the matrix retires`);
  expect(findings[1]?.fix).toMatch(/^gcloud /);
});

test("what is offered as an edge is one that validate takes", () => {
  const self = world({ services: [live("checkout"), live("billing", [invoker(sa("checkout"), sa("billing"))])] });
  expect(only(oneEdge, self).message).toMatch(/ may call billing, which is itself$/);
  expect(only(oneEdge, self).fix).toMatch(/^gcloud /);
  const retiring = oneEdge.replace("trust:", "  old-shop: { owner: team-web, retired: 2027-02-01 }\ntrust:");
  const services = [live("checkout"), live("billing", [invoker(sa("checkout"), sa("old-shop"))]), live("old-shop")];
  expect(only(retiring, world({ services })).fix).toMatch(/^gcloud /);
  const past =
    "team-checkout, previousAccounts: [{ email: legacy-sa@acme-prod.iam.gserviceaccount.com, until: 2026-10-31 }]";
  const moved = oneEdge.replace("team-checkout", past).replace("checkout -> billing", "billing -> checkout");
  const legacy = [live("checkout", [invoker(sa("billing"))]), live("billing", [invoker(sa("legacy"))])];
  expect(only(moved, world({ services: legacy })).fix).toMatch(/^gcloud /);
  const domain = world({
    services: [live("checkout"), live("billing", [invoker(sa("checkout"), "domain:acme.example")])],
  });
  expect(only(oneEdge, domain).fix).toMatch(/^gcloud /);
  const known = world({ services: [live("checkout", [invoker(sa("billing"))]), live("billing", [row])] });
  expect(only(oneEdge, known).fix).toMatch(
    /^declare it under trust: "billing -> checkout: WHY"; or remove it: gcloud /,
  );
});

test("who may pass Identity-Aware Proxy is declared by an edge through it", () => {
  const behind = shop("iap: service");
  const agent = invoker(`serviceAccount:service-${NUMBER}@gcp-sa-iap.iam.gserviceaccount.com`);
  const iap = {
    ingress: "all",
    iapEnabled: true,
    iapBindings: [bind("roles/iap.httpsResourceAccessor", dana)],
  } as const;
  const finding = only(behind, world({ services: [live("shop", [agent], iap)] }));
  expect(finding.message).toBe(`${dana} may pass Identity-Aware Proxy to shop, and no edge says so`);
  expect(finding.fix).toContain('"NAME -> shop: { reason: WHY, through: iap, expires: DATE }"');
});

test("who is declared to come through Identity-Aware Proxy and may not pass it is missing", () => {
  const behind = matrix(`
services:
  backoffice: { owner: team-support, iap: service, ingress: all }
callers:
  support: { owner: team-support, group: support@acme.example }
trust:
  support -> backoffice: { reason: Support desk, through: iap, reviewed: 2026-10-01 }
`);
  const agent = invoker(`serviceAccount:service-${NUMBER}@gcp-sa-iap.iam.gserviceaccount.com`);
  const services = [live("backoffice", [agent], { ingress: "all", iapEnabled: true })];
  const finding = only(behind, world({ services }));
  expect(`${finding.severity} ${finding.message}`).toBe(
    "error support (group:support@acme.example) is declared to come to backoffice in europe-west1 through Identity-Aware Proxy, and may not pass it",
  );
  expect(finding.fix).toBe(
    "apply what matrix synth writes; or gcloud iap web add-iam-policy-binding --resource-type=cloud-run --service backoffice --region europe-west1 --project acme-prod --member=group:support@acme.example --role=roles/iap.httpsResourceAccessor",
  );
});
