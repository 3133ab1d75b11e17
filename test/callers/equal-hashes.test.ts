import { Hash } from "node:crypto";
import { afterEach, expect, test, vi } from "vitest";
import { find } from "../matrix/find.ts";

const callers = (pool: string): string => `callers:
  a: { account: { id: runner-a }, oidc: { issuer: https://a.example, subject: s${pool} } }
  b: { account: { id: runner-b }, oidc: { issuer: https://b.example, subject: s${pool} } }
environments: { prod: { project: acme-prod, number: "111111111111", regions: [europe-west1] } }`;

afterEach(() => vi.restoreAllMocks());

test.each([
  ["", "the workload identity pool matrix-prod-oidc-0000000000 of acme-prod"],
  [", pool: acme-pool", "the provider matrix-prod-oidc-0000000000 of the pool acme-pool"],
])("two issuers never share a pool or provider because of its id%s", (pool, what) => {
  expect(find("shared-target", callers(pool))).toEqual([]);
  // As if somebody had found an issuer that has the hash of another.
  vi.spyOn(Hash.prototype, "digest").mockImplementation(((format?: string) =>
    format === undefined ? Buffer.alloc(32) : "0".repeat(64)) as Hash["digest"]);
  expect(find("shared-target", callers(pool))).toEqual([
    expect.stringContaining(`error: b and a come from different issuers, and ${what} would be made for both`),
  ]);
});
