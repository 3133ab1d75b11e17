import { describe, expect, test } from "vitest";
import { causes } from "../../src/ask/explain/causes/registry.ts";
import { likelihoods } from "../../src/ask/explain/explain-report.ts";
import type { ServiceRecord } from "../../src/snapshot/snapshot.ts";
import { account, bind, denyRule, read } from "../access/tiny-world.ts";
import { email, invoker, live, NUMBER, sa, world } from "../drift/live-world.ts";
import { type Asking, explained, type Fixture, shop } from "./explained.ts";
import { outsideFixtures, pods, podsWell } from "./outside-fixtures.ts";

const web = live("web");
const other = live("other");
const pay = (bindings = [invoker(sa("web"))], fields: Parameters<typeof live>[2] = {}): ServiceRecord =>
  live("pay", bindings, { ingress: "all", ...fields });
const url = `https://pay-${NUMBER}.europe-west1.run.app`;

/** The shop as it runs, with another pay. */
function running(paying: ServiceRecord | undefined, rest: Partial<Parameters<typeof world>[0]> = {}): Asking {
  return { snapshot: world({ services: [web, other, ...(paying === undefined ? [] : [paying])], ...rest }) };
}

const good = running(pay(undefined, { urls: [url] }));
const refused: Asking = { ...good, status: 403 };

const fixtures: Readonly<Record<string, Fixture>> = {
  "callee-absent": {
    bad: running(undefined),
    likelihood: "certain",
    says: /no service of that name was found in europe-west1/,
    fix: /deploy it/,
  },
  "account-missing": {
    bad: { ...running(pay(), { accounts: [{ email: email("web-sa"), details: read(null) }] }), status: 401 },
    likelihood: "certain",
    says: /web-sa@acme-prod\S+ did not exist/,
    fix: /apply what matrix synth writes/,
    good: { ...good, status: 401 },
  },
  "account-disabled": {
    bad: { ...running(pay(), { accounts: [account(email("web-sa"), [], true)] }), status: 401 },
    likelihood: "certain",
    says: /was disabled/,
    fix: /gcloud iam service-accounts enable web-sa@/,
    good: { ...good, status: 401 },
  },
  "runs-as-another": {
    bad: {
      snapshot: world({
        services: [live("web", [], { account: `${NUMBER}-compute@developer.gserviceaccount.com` }), other, pay()],
      }),
    },
    likelihood: "certain",
    says: /in europe-west1 it runs as the default account 111111111111-compute@.*, not as web-sa@.*; that account may not call/,
    fix: /gcloud run services update web --service-account=web-sa@/,
    good: refused,
  },
  "deny-policy": {
    bad: running(pay(), {
      project: {
        deny: read([
          {
            name: "policies/deny",
            rules: [denyRule([`principal://iam.googleapis.com/projects/-/serviceAccounts/${email("web-sa")}`])],
          },
        ]),
      },
    }),
    likelihood: "certain",
    says: /a deny policy above projects\/acme-prod\/locations\/europe-west1\/services\/pay names serviceAccount:web-sa@/,
    fix: /correct the deny policy/,
    good: refused,
  },
  "deny-unread": {
    bad: {
      ...running(pay(), { project: { deny: { status: "denied", reason: "403" } } }),
      status: 403,
    },
    likelihood: "possible",
    says: /not every deny policy above .* was read/,
    fix: /roles\/iam.denyReviewer/,
    good: refused,
  },
  iap: {
    bad: { ...running(pay(undefined, { iapEnabled: true })), status: 403 },
    likelihood: "certain",
    says: /the proxy is on in europe-west1, and serviceAccount:web-sa@\S+ has no roles\/iap.httpsResourceAccessor/,
    fix: /grant roles\/iap.httpsResourceAccessor/,
    good: refused,
  },
  "edge-ended": {
    bad: {
      ...running(pay([])),
      matrix: shop.replace("ticket: SEC-1", "expires: 2026-10-31"),
    },
    likelihood: "certain",
    says: /the edge web -> pay expired on 2026-10-31 \(matrix.yaml:9\)/,
    fix: /new date/,
    good: { ...running(pay([])), status: 403 },
  },
  "not-declared": {
    bad: { ...running(pay()), caller: "other" },
    likelihood: "certain",
    says: /no edge of prod lets other call pay/,
    fix: /add `other -> pay: /,
    good: { ...running(pay([])), status: 403 },
  },
  "wrong-role": {
    bad: running(pay([bind("roles/run.viewer", sa("web"))]), {
      roles: [{ name: "roles/run.viewer", source: "live", permissions: read([]) }],
    }),
    likelihood: "certain",
    says: /has roles\/run.viewer on .*, and that role lacks run.routes.invoke/,
    fix: /grant roles\/run.invoker instead/,
    good: refused,
  },
  condition: {
    bad: running(pay([bind("roles/run.invoker", sa("web"), 'request.time < timestamp("2026-01-01T00:00:00Z")')])),
    likelihood: "likely",
    says: /holds only if request.time < timestamp\("2026-01-01T00:00:00Z"\), which does not hold at /,
    fix: /change the condition/,
    good: refused,
  },
  "binding-elsewhere": {
    bad: {
      snapshot: world({ services: [web, pay([]), live("pay-v2", [invoker(sa("web"))])] }),
    },
    likelihood: "likely",
    says: /holds a binding on projects\/acme-prod\/locations\/europe-west1\/services\/pay-v2/,
    fix: /each region has a policy of its own/,
    good: { ...running(pay([])), status: 403 },
  },
  "no-binding": {
    bad: running(pay([])),
    likelihood: "certain",
    says: /neither the policy of .* nor one above it grants serviceAccount:web-sa@/,
    fix: /gcloud run services add-iam-policy-binding pay/,
    good: refused,
  },
  "not-applied": {
    bad: { ...running(pay([])), matrix: shop.replace("Takes money", "Takes money, mode: observe") },
    likelihood: "certain",
    says: /pay is in mode observe/,
    fix: /set its mode to add/,
    good: refused,
  },
  "not-read": {
    bad: running({ ...pay([]), policy: { status: "denied", reason: "403" } }),
    likelihood: "likely",
    says: /what decides who may call it in europe-west1 was not read/,
    fix: /more rights/,
    good: refused,
  },
  "default-url-off": {
    bad: { ...running(pay(undefined, { defaultUrlDisabled: true })), status: 404 },
    likelihood: "likely",
    says: /its default URL is off in europe-west1/,
    fix: /load balancer or its own domain/,
    good: { ...good, status: 404 },
  },
  ingress: {
    bad: { ...running(pay(undefined, { ingress: "none" })), status: 404 },
    likelihood: "certain",
    says: /its ingress in europe-west1 is none/,
    fix: /open its ingress/,
    good: { ...good, status: 404 },
  },
  audience: {
    bad: { ...good, audience: "https://pay.acme.example" },
    likelihood: "certain",
    says: /https:\/\/pay.acme.example is none that it takes: https:\/\/pay-111111111111/,
    fix: /ask tokens for one of: https:\/\/pay-1/,
    good: { ...good, audience: url },
  },
  "wrong-token": {
    bad: { ...good, status: 401 },
    likelihood: "possible",
    says: /ID token, no access token/,
    fix: /matrix wiring web/,
    good: refused,
  },
  "no-token": {
    bad: refused,
    likelihood: "possible",
    says: /a call without a token gets 403/,
    fix: /matrix wiring web/,
    good: { ...good, status: 401 },
  },
  "own-answer": {
    bad: { ...running(pay(undefined, { invokerCheckDisabled: true })), status: 404 },
    likelihood: "likely",
    says: /its invoker check is off/,
    fix: /own log/,
    good: { ...running(pay([])), status: 403 },
  },
  "just-changed": {
    bad: refused,
    likelihood: "possible",
    says: /a policy does not say when it changed/,
    fix: /matrix changes/,
    good: { ...good, status: 404 },
  },
  perimeter: {
    bad: refused,
    likelihood: "possible",
    says: /perimeters of VPC Service Controls are not read/,
    fix: /audit log/,
    good: { ...good, status: 404 },
  },
  ...outsideFixtures,
};

test("every cause has a fixture", () => {
  expect(Object.keys(fixtures).sort()).toEqual(causes.map(({ id }) => id).sort());
});

describe.each(Object.entries(fixtures))("%s", (id, { bad, good: well = refused, likelihood, says, fix }) => {
  test("is found, with what shows it and what to do", () => {
    const { causes: found } = explained(bad);
    const cause = found.find((each) => each.id === id);
    expect(cause, JSON.stringify(found, undefined, 1)).toMatchObject({ likelihood });
    expect(cause?.evidence.join("\n")).toMatch(says);
    expect(cause?.fix).toMatch(fix);
    const ranks = found.map((each) => likelihoods.indexOf(each.likelihood));
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
    for (const each of found) expect(each.evidence.length).toBeGreaterThan(0);
    if (bad.status != null) for (const each of found) expect(each.statuses).toContain(bad.status);
  });

  test("is not found where it is not so", () => {
    expect(explained(well).causes.map((each) => each.id)).not.toContain(id);
  });
});

test("pods are told of the host that answers them, and of no provider", () => {
  const { answer, causes: found, outside } = explained(pods);
  expect([answer, outside?.answer, found[0]?.id]).toEqual(["denied", "no", "not-its-account"]);
  expect(found[0]?.evidence.join()).toMatch(/the metadata server of the pod hands on/);
  const ids = explained(podsWell).causes.map(({ id, evidence }) => [id, evidence.join()]);
  expect(ids).toContainEqual(["token-exchange", expect.stringMatching(/not annotated[^]*is not in the request log/)]);
});

test("what only callers from outside have is not said to be unlooked at of others", () => {
  const { unchecked } = explained({ status: 401 });
  expect(unchecked.map(({ id }) => id)).not.toContain("provider-other");
});
