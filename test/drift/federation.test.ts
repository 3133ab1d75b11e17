import { describe, expect, test } from "vitest";
import { bind } from "../access/tiny-world.ts";
import { type AppliedFederation, appliedFederation, withProviders } from "./applied-federation.ts";
import { driftOf } from "./drift-of.ts";
import { only, told } from "./findings-of.ts";
import { email, invoker, live, NUMBER, sa, world } from "./live-world.ts";
import { type ProviderRecord } from "../../src/snapshot/snapshot.ts";
import { jwksDigest } from "../../src/snapshot/jwks-digest.ts";
import {
  USER,
  POOL,
  MAIN,
  PODS,
  withCallers,
  DEPLOY,
  github,
  gke,
  aws,
  behind,
  services,
  accountOf,
  inGithub,
} from "./outside-world.ts";

describe("what the matrix declares of outsiders is no finding", () => {
  test.each([
    ["github", github, "deploy"],
    ["gke", gke, "scorer"],
    ["aws", aws, "pricing"],
  ])("%s", (_kind, text, key) => {
    const snapshot = world({ services: services(key), ...appliedFederation(text) });
    for (const indirect of [false, true]) {
      const { findings, complete, access } = driftOf(text, snapshot, { indirect });
      expect(findings).toEqual([]);
      expect(complete).toBe(true);
      // The way is in the table all the same, as declared.
      const ways = access.filter(({ ring }) => ring === "indirect");
      expect(ways.map(({ declared, name }) => [declared, name])).toEqual(indirect ? [[true, "billing"]] : []);
    }
  });

  test("a Kubernetes account in its other spelling is the same one", () => {
    const other = `principal://iam.googleapis.com/projects/${NUMBER}/locations/global/workloadIdentityPools/acme-prod.svc.id.goog/subject/ns/risk/sa/scorer`;
    const at = (member: string) =>
      told(gke, world({ services: services("scorer"), accounts: [accountOf("scorer", bind(USER, member))] }));
    expect(at(other)).toEqual([]);
    expect(at(other.replace(NUMBER, "999"))).toHaveLength(2);
  });
});

describe("everybody else on the account is found, however little the service matters", () => {
  const set = (path: string): string => `principalSet://iam.googleapis.com/${POOL}/${path}`;
  test.each([
    ["all of the pool", USER, set("*")],
    ["another branch", USER, set("attribute.repository_ref/1342004:acme/shop:refs/heads/dev")],
    ["another attribute", USER, set("attribute.repository/acme/shop")],
    ["a subject", USER, `principal://iam.googleapis.com/${POOL}/subject/1342004:8675309`],
    ["the same in another pool", USER, MAIN.replace("matrix-prod-github", "old")],
    ["a person by another role", "roles/iam.serviceAccountTokenCreator", "user:dana@acme.example"],
    ["the same caller by another role", "roles/iam.serviceAccountTokenCreator", MAIN],
    ["a cluster's account", USER, PODS],
  ])("%s", (_what, role, member) => {
    const snapshot = inGithub({ accounts: [accountOf("deploy", bind(USER, MAIN), bind(role, member))] });
    const finding = only(github, snapshot);
    expect(finding).toMatchObject({ rule: "indirect-caller", severity: "warning", principal: member, role });
    expect(finding.services).toEqual(["billing"]);
    expect(finding.fix).toContain(`remove-iam-policy-binding ${email("deploy-sa")}`);
  });

  test("a declared outsider on an account of somebody else, beside its own", () => {
    const text = withCallers(DEPLOY, "  ledger -> billing: Books\n");
    const row = live("billing", [invoker(sa("deploy"), sa("ledger"))], behind);
    const other = inGithub(
      { accounts: [accountOf("deploy", bind(USER, MAIN)), accountOf("ledger", bind(USER, MAIN))] },
      { services: [row, live("ledger", [], behind)] },
    );
    const { findings } = driftOf(text, other, { indirect: true });
    expect(findings.map(({ rule, resource }) => [rule, resource])).toEqual([
      ["indirect-caller", `projects/acme-prod/serviceAccounts/${email("ledger-sa")}`],
    ]);
    expect(told(text, other)).toHaveLength(1);
  });

  test("a declared outsider that mints tokens in the whole project", () => {
    const bindings = [bind("roles/iam.serviceAccountTokenCreator", MAIN)];
    expect(only(github, inGithub({}, { bindings }))).toMatchObject({
      rule: "indirect-caller",
      resource: "projects/acme-prod",
    });
  });
});

describe("outsider-missing", () => {
  const lacks = (parts: Partial<AppliedFederation>): string => only(github, inGithub(parts)).message;
  const { pools } = appliedFederation(github);
  test("says what is not there", () => {
    expect(lacks({ accounts: [accountOf("deploy")] })).toBe(
      `deploy cannot act as ${email("deploy-sa")}: ${MAIN} does not hold ${USER} on it`,
    );
    expect(lacks({ accounts: [accountOf("deploy", bind(USER, MAIN, "resource.matchTag('a/b', 'c')"))] })).toContain(
      "under a condition only",
    );
    expect(lacks({ pools: [] })).toContain(`its pool ${POOL} does not exist`);
    expect(lacks({ pools: pools.map((pool) => ({ ...pool, active: false })) })).toContain(`its pool ${POOL} is off`);
    expect(lacks(withProviders(appliedFederation(github), () => []))).toContain("/providers/github does not exist");
    expect(lacks(withProviders(appliedFederation(github), (provider) => [{ ...provider, active: false }]))).toContain(
      "/providers/github is off",
    );
  });

  test("says nothing of a caller that may call nothing at the moment", () => {
    const idle = github.replace("Calls it", '{ reason: Calls it, expires: "2026-01-01" }');
    const snapshot = world({
      services: [live("billing", [], behind), live("ledger", [], behind)],
      ...withProviders(appliedFederation(github), (provider) => [{ ...provider, active: false }]),
    });
    expect(driftOf(idle, snapshot).findings).toEqual([]);
  });

  test("is on its way while its stack is not applied, unless it was applied once", () => {
    const snapshot = inGithub({ accounts: [accountOf("deploy")] });
    const stale = new Set(["prod"]);
    const pending = (had: boolean) => only(github, snapshot, { applied: { stale, hasMember: () => had } }).pending;
    expect([pending(false), pending(true)]).toEqual([true, false]);
  });
});

describe("provider-differs", () => {
  const changed = (change: Partial<ProviderRecord>) =>
    inGithub(withProviders(appliedFederation(github), (provider) => [{ ...provider, ...change }]));
  test.each<[string, Partial<ProviderRecord>, string]>([
    ["no condition", { condition: null }, "has no condition, so that it takes every token of https://token.actions"],
    ["a wider condition", { condition: "true" }, "has the condition `true` where the matrix has `assertion.repository"],
    [
      "another issuer",
      { issuer: "https://evil.example" },
      "takes tokens of https://evil.example where the matrix says",
    ],
    ["audiences", { audiences: ["all"] }, "made out to all where the matrix says the provider's own name"],
    ["keys", { jwks: jwksDigest("{}") }, "has keys of its own, where the matrix has it ask the issuer"],
    ["a mapping", { mapping: { "google.subject": "'x'" } }, "does not map attribute.repository_ref"],
  ])("%s", (_what, change, said) => {
    const finding = only(github, changed(change));
    expect(finding).toMatchObject({ rule: "provider-differs", severity: "error" });
    expect(finding.message).toContain(said);
  });

  test("one that is off differs in nothing that matters", () => {
    const found = told(github, changed({ condition: "true", active: false }));
    expect(found.filter((each) => each.includes("provider-differs"))).toEqual([]);
  });
});

describe("pools and providers that were there before", () => {
  const named = withCallers(
    "  batch: { owner: team-risk, oidc: { issuer: https://issuer.acme.example, subject: batch-7, pool: shared, provider: acme } }",
  );
  const applied = appliedFederation(named);
  const at = (change: Partial<ProviderRecord>, others: readonly ProviderRecord[] = []) =>
    world({
      services: services("batch"),
      ...withProviders(applied, (provider) => [
        {
          ...provider,
          condition: "has(assertion.sub) && assertion.sub == 'batch-7'",
          mapping: { "google.subject": "assertion.sub" },
          ...change,
        },
        ...others.map((each) => ({ ...each, name: provider.name.replace(/[^/]+$/, each.name) })),
      ]),
    });

  test("are judged by what is known of them", () => {
    expect(told(named, at({}))).toEqual([]);
    expect(told(named, at({ condition: "assertion.sub != ''" }))).toEqual([
      expect.stringMatching(/^info provider-differs: .* by its own condition `assertion.sub != ''`, and maps/),
    ]);
    expect(told(named, at({ condition: null }))).toEqual([
      expect.stringMatching(/^error provider-beyond-matrix: .* has no condition: every token/),
    ]);
    expect(told(named, at({ issuer: "https://other.example" }))).toEqual([
      expect.stringMatching(/^error provider-differs: .* takes tokens of https:\/\/other.example/),
    ]);
    expect(told(named, at({ mapping: { "google.subject": "assertion.aud" } }))).toEqual([
      expect.stringMatching(/^error provider-differs: .* maps google.subject to `assertion.aud`/),
    ]);
  });

  test("another provider of the pool is found, and an exception for it accepts it", () => {
    const other = { name: "vendor", active: true, issuer: "https://vendor.example", condition: "true" };
    const covering = { ...other, mapping: { "google.subject": "assertion.sub" }, audiences: [], jwks: null };
    const finding = only(named, at({}, [covering]));
    expect(finding).toMatchObject({ rule: "provider-beyond-matrix", severity: "error", confidence: "certain" });
    expect(only(named, at({}, [{ ...covering, mapping: {} }])).confidence).toBe("possible");
    expect(told(named, at({}, [{ ...covering, active: false }]))).toEqual([]);
    const exception = `exceptions:
  - id: VENDOR
    rule: provider-beyond-matrix
    match: { resource: ${finding.resource} }
    owner: team-risk
    reason: The vendor moves out by the end of the year
    expires: 2026-12-31
`;
    expect(only(`${named}${exception}`, at({}, [covering])).accepted).toBe("VENDOR");
  });
});
