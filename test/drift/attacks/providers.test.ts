import { describe, expect, test } from "vitest";
import { readState } from "../../../src/drift/read-state.ts";
import type { PoolRecord, ProviderRecord, Snapshot } from "../../../src/snapshot/snapshot.ts";
import { read } from "../../access/tiny-world.ts";
import { appliedFederation, withProviders } from "../applied-federation.ts";
import { only, told } from "../findings-of.ts";
import { invoker, live, NUMBER, sa, world } from "../live-world.ts";
import { behind, github, inGithub, POOL } from "../outside-world.ts";

const applied = appliedFederation(github);
const changed = (change: Partial<ProviderRecord>): Snapshot =>
  inGithub(withProviders(applied, (provider) => [{ ...provider, ...change }]));

describe("a provider that somebody took over is not a change on its way", () => {
  const provider: Partial<ProviderRecord> = { condition: "assertion.repository_owner_id == '7'" };
  const stale = new Set(["prod"]);
  const stateOf = (condition: string): string => {
    const attributes = {
      name: `${POOL}/providers/github`,
      attribute_condition: condition,
      attribute_mapping: { "google.subject": "assertion.sub" },
      aws: [],
      oidc: [{ issuer_uri: "https://token.actions.githubusercontent.com", allowed_audiences: [], jwks_json: "" }],
    };
    const type = "google_iam_workload_identity_pool_provider";
    return JSON.stringify({ version: 4, outputs: {}, resources: [{ type, name: "p", instances: [{ attributes }] }] });
  };
  const pendingBy = (state: string | undefined): boolean => {
    const hasMember = state === undefined ? () => false : (readState(state)?.hasMember ?? (() => false));
    const snapshot = changed({ ...provider, mapping: { "google.subject": "assertion.sub" } });
    return only(github, snapshot, { applied: { stale, hasMember } }).pending;
  };
  test("without a state nothing of it is pending, with one what the state holds", () => {
    expect(pendingBy(undefined)).toBe(false);
    expect(pendingBy(stateOf("assertion.repository_owner_id == '7'"))).toBe(true);
    expect(pendingBy(stateOf("assertion.repository_owner_id == '8'"))).toBe(false);
  });

  test("one that is missing is, unless the state has it", () => {
    const gone = inGithub(withProviders(applied, () => []));
    const pending = (state: string) =>
      only(github, gone, {
        applied: { stale, hasMember: readState(state)?.hasMember ?? (() => false) },
      }).pending;
    expect(pending(JSON.stringify({ version: 4, outputs: {}, resources: [] }))).toBe(true);
    expect(pending(stateOf("true"))).toBe(false);
  });
});

describe("a pool that others of the matrix share", () => {
  const oidc = (name: string, issuer: string, provider: string, environment: string) =>
    `  ${name}: { owner: team-risk, environments: [${environment}], oidc: { issuer: "https://${issuer}.example", subject: ${name}-7, pool: shared, provider: ${provider} } }`;
  const text = (other: "prod" | "staging") => `version: 1
owners: { team-risk: {}, team-payments: {} }
environments:
  prod: { project: acme-prod, number: "${NUMBER}", regions: [europe-west1] }
  staging: { project: acme-prod, number: "${NUMBER}", regions: [europe-west4] }
services:
  billing: { owner: team-payments, ingress: internal-and-cloud-load-balancing, environments: [prod] }
  ledger: { owner: team-payments, ingress: internal-and-cloud-load-balancing, environments: [${other}] }
callers:
${oidc("batch", "issuer", "acme", "prod")}
${oidc("dev", "dev", "devs", other)}
trust:
  batch -> billing: Calls it
  dev -> ledger: Calls it
`;
  const at = (other: "prod" | "staging", change: Partial<ProviderRecord>) => {
    const [pool] = appliedFederation(text(other)).pools;
    const name = pool?.name ?? "";
    const provider = (id: string, issuer: string, subject: string): ProviderRecord => ({
      name: `${name}/providers/${id}`,
      active: true,
      issuer: `https://${issuer}.example`,
      condition: `has(assertion.sub) && assertion.sub == '${subject}'`,
      mapping: { "google.subject": "assertion.sub" },
      audiences: [],
      jwks: null,
    });
    const devs = { ...provider("devs", "dev", "dev-7"), ...change };
    const pools: readonly PoolRecord[] = [
      { name, active: true, providers: read([provider("acme", "issuer", "batch-7"), devs]) },
    ];
    const both = other === "prod" ? [live("ledger", [invoker(sa("dev"))], behind)] : [];
    const { accounts } = appliedFederation(text(other));
    const snapshot = world({ services: [live("billing", [invoker(sa("batch"))], behind), ...both], pools, accounts });
    return told(text(other), snapshot).filter((each) => each.includes("provider-beyond-matrix"));
  };
  test("with another environment: its provider has to be as that one says", () => {
    expect(at("staging", { issuer: "https://evil.example" })).toEqual([
      expect.stringMatching(/^error .*which staging has beside that of batch, takes tokens of https:\/\/evil/),
    ]);
    expect(at("staging", { condition: null })).toEqual([expect.stringContaining("has no condition")]);
    expect(at("staging", { mapping: { "google.subject": "'batch-7'" } })).toEqual([
      expect.stringContaining("maps google.subject to `'batch-7'`"),
    ]);
  });

  test("with an issuer that can mint the same subjects, in the other environment and in this one", () => {
    expect(at("staging", {})).toEqual([
      expect.stringMatching(/^warning .*for dev, maps google.subject, which batch of another issuer comes by: /),
    ]);
    expect(at("prod", {})).toHaveLength(2);
    expect(at("staging", { mapping: {} })).toEqual([expect.stringContaining("maps google.subject to ``")]);
  });
});

test("a provider that is accepted does not widen under its exception", () => {
  const vendor = (change: Partial<ProviderRecord>): Snapshot =>
    inGithub(
      withProviders(applied, (provider) => [
        provider,
        { ...provider, name: `${POOL}/providers/vendor`, condition: "assertion.repository_id == '1'", ...change },
      ]),
    );
  for (const [rule, at] of [
    ["provider-beyond-matrix", vendor],
    ["provider-differs", (change: Partial<ProviderRecord>) => changed({ condition: "assertion.ref != ''", ...change })],
  ] as const) {
    const { fingerprint } = only(github, at({}));
    const accepted = (change: Partial<ProviderRecord>) =>
      only(
        `${github}exceptions:\n  - { id: V1, rule: ${rule}, match: { fingerprint: "${fingerprint}" }, owner: team-risk, reason: For now, expires: 2026-12-31 }\n`,
        at(change),
      ).accepted;
    expect(accepted({})).toBe("V1");
    for (const change of [{ issuer: "https://evil.example" }, { condition: "true" }, { mapping: {} }, { jwks: "00" }])
      expect(accepted(change)).toBeNull();
    expect(accepted({ audiences: ["all"] })).toBeNull();
  }
});
