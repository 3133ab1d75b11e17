import { expect, test } from "vitest";
import { accountsOf, exchange, targetsOf } from "./admit.ts";
import { evaluateCel, extract } from "./cel.ts";
import { readStacks } from "./read-stack.ts";
import { awsToken } from "./tokens.ts";

// The oracle itself, by what Google's pages say.

test.each([
  ["arn:aws:sts::1:assumed-role/r/s", "assumed-role/{role}/", "r"],
  ["arn:aws:sts::1:assumed-role/r/s", "{all}assumed-role/", "arn:aws:sts::1:"],
  ["arn:aws:sts::1:assumed-role/r/s", "assumed-role/{rest}", "r/s"],
  ["arn:aws:sts::1:assumed-role/r", "assumed-role/{role}/", ""],
  ["spiffe://other/a", "spiffe://acme/{path}", ""],
])("extract: %s with %s is %j", (text, template, found) => {
  expect(extract(text, template)).toBe(found);
});

test("a claim that is not there is an error, unless has() asks for it", () => {
  expect(() => evaluateCel("assertion.environment == 'x'", { assertion: {} })).toThrow();
  expect(evaluateCel("has(assertion.environment) ? assertion.environment : ''", { assertion: {} })).toBe("");
  expect(
    evaluateCel("google.subject == 'google.subject'", { assertion: {}, google: { subject: "google.subject" } }),
  ).toBe(true);
});

/** A stack by hand: one AWS role may be one account, which may call one service. */
const stack = (provider: Readonly<Record<string, unknown>>): string =>
  JSON.stringify({
    resource: {
      google_service_account: { a: { project: "acme-prod", account_id: "a-sa" } },
      google_iam_workload_identity_pool: { p: { project: "acme-prod", workload_identity_pool_id: "pool-a" } },
      google_iam_workload_identity_pool_provider: {
        v: {
          project: "acme-prod",
          workload_identity_pool_id: "${google_iam_workload_identity_pool.p.workload_identity_pool_id}",
          workload_identity_pool_provider_id: "aws-1",
          attribute_mapping: { "google.subject": "assertion.arn.extract('assumed-role/{role}/')" },
          attribute_condition: "assertion.arn.startsWith('arn:aws:sts::111111111111:assumed-role/r/')",
          aws: { account_id: "111111111111" },
          ...provider,
        },
      },
      google_service_account_iam_binding: {
        a: {
          service_account_id: "${google_service_account.a.name}",
          role: "roles/iam.workloadIdentityUser",
          members: ["principal://iam.googleapis.com/${google_iam_workload_identity_pool.p.name}/subject/r"],
        },
      },
      google_cloud_run_v2_service_iam_binding: {
        s: {
          project: "acme-prod",
          location: "europe-west1",
          name: "api",
          role: "roles/run.invoker",
          members: ["${google_service_account.a.member}"],
        },
      },
    },
  });
const read = (provider = {}) => readStacks([stack(provider)], { "acme-prod": "1" });
const EMAIL = "a-sa@acme-prod.iam.gserviceaccount.com";

test("a stack by hand is read as Google would", () => {
  expect(accountsOf(read(), awsToken("111111111111", "r"))).toEqual([EMAIL]);
  expect(targetsOf(read(), `serviceAccount:${EMAIL}`)).toEqual(["service acme-prod/europe-west1/api"]);
  for (const other of [awsToken("111111111111", "r2"), awsToken("211111111111", "r")])
    expect(accountsOf(read(), other)).toEqual([]);
});

test("a provider that is off, refuses, or maps too much takes nobody", () => {
  const token = awsToken("111111111111", "r");
  for (const provider of [
    { disabled: true },
    { attribute_condition: "assertion.missing == 'x'" },
    { attribute_mapping: { "google.subject": "''" } },
    { attribute_mapping: { "google.subject": `'${"x".repeat(128)}'` } },
  ])
    expect(exchange(read(provider), token)).toEqual([]);
  // Without a condition, the account's other roles get a token; the binding keeps them from being somebody.
  const open = read({ attribute_condition: undefined });
  expect(exchange(open, awsToken("111111111111", "r2"))).toHaveLength(1);
  expect(accountsOf(open, awsToken("111111111111", "r2"))).toEqual([]);
});
