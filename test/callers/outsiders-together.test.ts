import { describe, expect, test } from "vitest";
import { find } from "../matrix/find.ts";

describe("accounts and pools that callers from outside share", () => {
  test("whoever may act as an account in one environment may in all that have it", () => {
    const text = (staging: string): string => `callers:
  c:
    account: { email: c@acme-cicd.iam.gserviceaccount.com }
    github: { ownerId: "1", repository: a/b, branch: main }
    overrides: { staging: { github: ${staging} } }
environments:
  prod: { project: acme-prod, regions: [europe-west1] }
  staging: { project: acme-staging, regions: [europe-west1] }`;
    expect(find("shared-account", text("{ branch: null, environment: dev }"))).toEqual([
      expect.stringContaining(
        "error: c runs as c@acme-cicd.iam.gserviceaccount.com here, and in prod repository a/b (owner 1), branch main may act as that account",
      ),
      expect.stringContaining(
        "error: c runs as c@acme-cicd.iam.gserviceaccount.com here, and in staging repository a/b (owner 1), environment dev may act as that account",
      ),
    ]);
    expect(find("shared-account", text("{ branch: main }"))).toEqual([]);
  });

  test("two issuers of one pool make each other's subjects", () => {
    const guest = (issuer: string, subject: string, provider: string): string =>
      `{ oidc: { issuer: https://${issuer}.example, subject: ${subject}, pool: acme-pool, provider: prov-${provider} } }`;
    const callers = (...all: readonly string[]): readonly string[] =>
      find("shared-account", `callers:\n${all.map((each, at) => `  c${at}: ${each}\n`).join("")}`).map((each) =>
        each.replace(/^\S+ \[.*?\] /, ""),
      );
    expect(callers(guest("a", "s", "a"), guest("b", "s", "b"))).toEqual([
      expect.stringMatching(
        /^error: c0 and c1 come from two issuers to the pool acme-pool, and both are its subject s: https:\/\/b\.example can act as c0-sa\S* and https:\/\/a\.example as c1-sa/,
      ),
    ]);
    expect(callers(guest("a", "s", "a"), guest("b", "t", "b"))).toEqual([
      expect.stringMatching(/^warning: c0 and c1 come from two issuers to the pool acme-pool, and are known in it by/),
    ]);
    // The second caller of an issuer is looked at too, and a provider that two claim to come through.
    expect(callers(guest("a", "s", "a"), guest("b", "t", "b"), guest("b", "s", "b"))).toEqual([
      expect.stringMatching(/^error: c0 and c2 come from two issuers/),
    ]);
    expect(callers(guest("a", "s", "a"), guest("b", "t", "a"))).toEqual([
      expect.stringMatching(
        /^error: c0 and c1 come from https:\/\/a\.example and https:\/\/b\.example through the provider/,
      ),
    ]);
    expect(callers(guest("a", "s", "a"), guest("a", "t", "b"))).toEqual([]);
    // The member is the same, whatever audience or kind is written.
    const audience = guest("a", "s", "a").replace("subject", "audience: m, subject");
    expect(callers(guest("a", "s", "a"), audience)).toEqual([expect.stringMatching(/^warning: c1 and c0 are both/)]);
    const spiffe =
      "{ spiffe: { trustDomain: t, path: /p, issuer: https://a.example, pool: acme-pool, provider: prov-a } }";
    expect(callers(guest("a", "spiffe://t/p", "a"), spiffe)).toEqual([
      expect.stringMatching(/^warning: c1 and c0 are both/),
    ]);
  });

  test("one pool of two environments is one pool", () => {
    const text = (subject: string): string => `callers:
  a:
    oidc: { issuer: https://a.example, subject: s, pool: acme-pool, provider: prov-a }
    overrides:
      staging: { oidc: { issuer: https://b.example, subject: ${subject}, provider: prov-b }, account: { id: other } }
environments:
  prod: { project: acme-prod, number: "111111111111", regions: [europe-west1] }
  staging: { project: acme-prod, number: "111111111111", regions: [europe-west1] }`;
    const said = "a in prod and a in staging come from two issuers to the pool acme-pool";
    expect(find("shared-account", text("s"))).toEqual([expect.stringContaining(`error: ${said}`)]);
    expect(find("shared-account", text("t"))).toEqual([expect.stringContaining(`warning: ${said}`)]);
  });

  test("a trust domain is part of who somebody is", () => {
    const text = (domain: string): string => `callers:
  c:
    account: { email: c@acme-cicd.iam.gserviceaccount.com }
    spiffe: { trustDomain: prod, path: /a, issuer: https://spire.acme.example }
    overrides: { staging: { spiffe: { trustDomain: ${domain} } } }
environments:
  prod: { project: acme-prod, regions: [europe-west1] }
  staging: { project: acme-staging, regions: [europe-west1] }`;
    expect(find("shared-account", text("staging"))).toHaveLength(2);
    expect(find("shared-account", text("prod"))).toEqual([]);
  });

  test("a pool whose number another stack has to write needs it", () => {
    const text = (number: string): string => `callers:
  c:
    account: { email: c@acme-far.iam.gserviceaccount.com }
    oidc: { project: core, issuer: https://a.example, subject: s }
environments:
  prod:
    regions: [europe-west1]
    projects: { core: { id: acme-core${number} }, far: { id: acme-far, stack: far } }`;
    expect(find("missing-number", text(""))).toEqual([
      expect.stringMatching(
        /error: acme-core has no number, which names the pool matrix-prod-oidc-\S+ where another stack lets c act as c@acme-far/,
      ),
    ]);
    expect(find("missing-number", text(', number: "111111111111"'))).toEqual([]);
    expect(find("missing-number", text(", stack: far"))).toEqual([]);
  });

  test("so may whoever acts as a previous account, until its date", () => {
    const text = (until: string): string => `services:
  api:
    previousAccounts: [{ email: C@acme-cicd.iam.gserviceaccount.com, until: ${until} }]
callers:
  c:
    environments: [staging]
    account: { email: c@acme-cicd.iam.gserviceaccount.com }
    github: { ownerId: "1", repository: a/b, branch: main }
environments:
  prod: { project: acme-prod, regions: [europe-west1] }
  staging: { project: acme-staging, regions: [europe-west1] }`;
    expect(find("shared-account", text("2026-12-31")).filter((each) => each.includes(" error: "))).toEqual([
      expect.stringContaining(
        "error: api has the previous account c@acme-cicd.iam.gserviceaccount.com here, and in staging repository a/b",
      ),
    ]);
    expect(find("shared-account", text("2026-10-31"))).toEqual([]);
  });
});
