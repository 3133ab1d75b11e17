import { describe, expect, test } from "vitest";
import { find } from "./find.ts";

const regions = "regions: [europe-west1]";

/** By rule and title: a matrix and what the rule says of it. */
const cases: Readonly<Record<string, Readonly<Record<string, readonly [text: string, ...found: readonly string[]]>>>> =
  {
    "shared-account": {
      "one group or person twice": [
        `callers:
  oncall: { group: Oncall@acme.com }
  sre: { group: oncall@acme.com }
  ana: { user: ana@acme.com }
  anna: { user: ana@acme.com, overrides: { prod: { user: anna@acme.com } } }`,
        "3:17 [oncall@acme.com] warning: sre and oncall are both group:oncall@acme.com, so what one may call the other may too",
      ],
      "many on one account once; who accepts it for some accepts it for none": [
        `services:
  a: { account: { email: x@acme-shared.iam.gserviceaccount.com } }
  b: { account: { email: X@acme-shared.iam.gserviceaccount.com } }
  c: { account: { email: x@acme-shared.iam.gserviceaccount.com } }
  d: { account: { email: y@acme-shared.iam.gserviceaccount.com } }
  e: { account: { email: y@acme-shared.iam.gserviceaccount.com } }
callers:
  n: { serviceAccount: x@acme-shared.iam.gserviceaccount.com }
  f: { serviceAccount: y@acme-shared.iam.gserviceaccount.com }
  u1: { user: ana@acme.com }
  u2: { user: ana@acme.com }
  u3: { user: ana@acme.com }
exceptions:
  - { id: E1, rule: shared-account, match: { service: [a, b] }, owner: t, reason: x, expires: 2027-01-01 }
  - { id: E2, rule: shared-account, match: { caller: u1 }, owner: t, reason: x, expires: 2027-01-01 }
  - { id: E3, rule: shared-account, match: { service: [d, e], caller: f }, owner: t, reason: x, expires: 2027-01-01 }`,
        "3:26 [X@acme-shared.iam.gserviceaccount.com] warning: a, b, c and n all run as x@acme-shared.iam.gserviceaccount.com, so what one may call the others may too",
        "6:26 [y@acme-shared.iam.gserviceaccount.com] warning: d, e and f all run as y@acme-shared.iam.gserviceaccount.com, so what one may call the others may too (E3)",
        "11:15 [ana@acme.com] warning: u1, u2 and u3 are all user:ana@acme.com, so what one may call the others may too",
      ],
      "a service in two environments; a caller may be": [
        `services:
  a: { account: { email: a@acme-shared.iam.gserviceaccount.com } }
  b: { environments: [prod], account: { email: b@acme-shared.iam.gserviceaccount.com } }
  c: { environments: [staging], account: { email: b@acme-shared.iam.gserviceaccount.com } }
callers: { n: { serviceAccount: n@acme-batch.iam.gserviceaccount.com } }
environments:
  prod: { project: acme-prod, ${regions} }
  staging: { project: acme-staging, ${regions} }`,
        "2:26 [a@acme-shared.iam.gserviceaccount.com] warning: a runs as a@acme-shared.iam.gserviceaccount.com in prod and in staging, so either may call what the other may",
        "4:51 [b@acme-shared.iam.gserviceaccount.com] warning: c in staging and b in prod both run as b@acme-shared.iam.gserviceaccount.com, so what one may call the other may too",
      ],
      "a previous account with which another environment runs": [
        `services:
  a:
    account: { email: a@acme-prod.iam.gserviceaccount.com }
    overrides: { prod: { account: { email: new@acme-prod.iam.gserviceaccount.com } } }
    previousAccounts: [{ email: a@acme-prod.iam.gserviceaccount.com, until: 2027-01-31 }]
environments:
  prod: { project: acme-prod, ${regions} }
  staging: { project: acme-staging, ${regions} }`,
        "5:33 [a@acme-prod.iam.gserviceaccount.com] warning: the previous account a@acme-prod.iam.gserviceaccount.com of a is the account of a in staging, which may call as a may until 2027-01-31",
      ],
      "a previous account that somebody else runs as": [
        `services:
  a: { account: { id: alpha-run } }
  b: { previousAccounts: [{ email: Alpha-run@acme-prod.iam.gserviceaccount.com, until: 2027-01-31 }] }
  c: { previousAccounts: [{ email: alpha-run@acme-prod.iam.gserviceaccount.com, until: 2026-01-31 }] }
exceptions:
  - { id: E1, rule: shared-account, match: { service: a }, owner: t, reason: x, expires: 2027-01-01 }`,
        "3:36 [Alpha-run@acme-prod.iam.gserviceaccount.com] warning: the previous account Alpha-run@acme-prod.iam.gserviceaccount.com of b is the account of a, which may call as b may until 2027-01-31 (E1)",
      ],
    },
    "default-account": {
      "each kind, in any case; a previous one is a warning": [
        `services:
  b: { previousAccounts: [{ email: 1-Compute@developer.gserviceaccount.com, until: 2027-01-31 }] }
  c: { previousAccounts: [{ email: 1-compute@developer.gserviceaccount.com, until: 2026-01-31 }] }
callers:
  ci: { serviceAccount: 1@cloudbuild.gserviceaccount.com }
  api: { serviceAccount: 1@CloudServices.gserviceaccount.com }
  own: { serviceAccount: 1-compute@acme-prod.iam.gserviceaccount.com }
exceptions:
  - { id: E1, rule: default-account, match: { caller: ci }, owner: t, reason: x, expires: 2027-01-01 }`,
        "2:36 [1-Compute@developer.gserviceaccount.com] warning: until 2027-01-31, whatever runs as the default account 1-Compute@developer.gserviceaccount.com may call as b may",
        "5:25 [1@cloudbuild.gserviceaccount.com] error: ci runs as the Cloud Build account 1@cloudbuild.gserviceaccount.com, as may every build in that project (E1)",
        "6:26 [1@CloudServices.gserviceaccount.com] error: api runs as the Google APIs agent 1@cloudservices.gserviceaccount.com, with which Google's own services act in that project",
      ],
    },
    "shared-state": {
      "only where the state lies counts": [
        `environments:
  a1: { project: acme-a1, backend: { gcs: { bucket: b, prefix: matrix/ } } }
  a2: { project: acme-a2, backend: { gcs: { bucket: b, prefix: matrix, credentials: x } } }
  b1: { project: acme-b1, backend: { s3: { bucket: b, key: k, region: r, workspace_key_prefix: w } } }
  b2: { project: acme-b2, backend: { s3: { bucket: b, key: k, region: q } } }
  c1: { project: acme-c1, backend: { azurerm: { storage_account_name: s, container_name: c, key: k, use_oidc: true } } }
  c2: { project: acme-c2, backend: { azurerm: { storage_account_name: s, container_name: c, key: k } } }
  d1: { project: acme-d1, backend: { http: { address: "https://x/y", username: a } } }
  d2: { project: acme-d2, backend: { http: { address: "https://x/y" } } }
  e1: { project: acme-e1, backend: { local: { path: ../same.tfstate } } }
  e2: { project: acme-e2, backend: { local: { path: ./../x/../same.tfstate } } }
  f1: { project: acme-f1 }
  f2: { project: acme-f2, backend: { local: { path: ../../../terraform.f1.tfstate } } }
  # Each stack has a folder of its own.
  g1: { project: acme-g1, backend: { local: { path: terraform.tfstate } } }
  g2: { project: acme-g2, backend: { local: { path: terraform.tfstate } } }`,
        "3:27 [backend] error: the stacks a1 and a2 would keep their state in one place",
        "5:27 [backend] error: the stacks b1 and b2 would keep their state in one place",
        "7:27 [backend] error: the stacks c1 and c2 would keep their state in one place",
        "9:27 [backend] error: the stacks d1 and d2 would keep their state in one place",
        "11:27 [backend] error: the stacks e1 and e2 would keep their state in one place",
        "13:27 [backend] error: the stacks f1 and f2 would keep their state in one place",
      ],
      "of two environments the later one in the file, at the stack or backend": [
        `environments:
  staging: { projects: { core: { id: acme-staging, stack: one } } }
  prod:
    projects: { core: { id: acme-prod, stack: one }, pci: { id: acme-pci, stack: pci } }
    backend: { gcs: { bucket: x } }
  test:
    projects: { core: { id: acme-test }, pci: { id: acme-test-pci, backend: { gcs: { bucket: y } } } }`,
        "4:47 [one] error: the stack one would belong to staging and to prod",
        "7:68 [backend] error: the stack test has two backends",
      ],
    },
    "shared-target": {
      "a pair once, whatever its regions; guardrails that say nothing are none": [
        `services:
  a: { name: one }
  b: { name: one, regions: [europe-west1, us-central1], overrides: { staging: { mode: observe } } }
environments:
  prod: { project: acme-prod, ${regions}, guardrails: { x-note: 1, forbid-account-keys: false } }
  staging: { project: acme-prod, regions: [us-west1], guardrails: { forbid-account-keys: true } }
  test: { project: acme-prod, regions: [us-west2], guardrails: { forbid-account-keys: true } }
lint: { uncalled-service: off }`,
        "2:3 [a] error: a in staging and a in prod would both manage the account a-sa-ndkto1fp@acme-prod.iam.gserviceaccount.com",
        "2:3 [a] error: a in test and a in prod would both manage the account a-sa-ndkto1fp@acme-prod.iam.gserviceaccount.com",
        "3:3 [b] error: b in test and b in prod would both manage the account b-sa-jv6jm0u2@acme-prod.iam.gserviceaccount.com",
        "3:14 [one] error: b and a would both manage the service one of acme-prod",
        "3:14 [one] error: b in staging and a in prod are both the service one of acme-prod",
        "3:14 [one] error: b in staging and b in prod are both the service one of acme-prod",
        "3:14 [one] error: b in test and a in prod would both manage the service one of acme-prod",
        "3:14 [one] error: b in test and b in prod would both manage the service one of acme-prod",
        "7:52 [guardrails] error: test and staging would both manage the organization policies of acme-prod",
      ],
      "whatever their mode, in one environment or in two; a name that is gone is none": [
        `services:
  billing: { mode: observe }
  helper: { name: billing, project: extra, mode: observe, environments: [staging] }
  other: { name: billing, environments: [prod], mode: observe }
  job: { name: billing, kind: job, environments: [prod] }
  old: { name: billing, environments: [prod], retired: 2026-01-01, mode: observe }
environments:
  prod: { project: acme-prod, ${regions} }
  staging: { projects: { main: { id: acme-staging }, extra: { id: acme-prod } }, ${regions} }
lint: { uncalled-service: off }`,
        "3:19 [billing] error: helper in staging and billing in prod are both the service billing of acme-prod",
        "4:18 [billing] error: other and billing are both the service billing of acme-prod",
      ],
    },
    "project-identity": {
      "at the number or the alias": [
        `environments:
  prod: { number: "1", projects: { core: { id: acme-prod }, twin: { id: acme-prod } } }
  staging: { project: acme-staging, number: "5" }
  test: { projects: { core: { id: acme-test, number: "5" } } }`,
        "2:11 [number] error: prod has projects, and number is of none of them",
        "2:61 [twin] error: acme-prod has two aliases in prod: core and twin",
        '4:54 ["5"] error: the number 5 belongs to acme-staging and to acme-test',
      ],
    },
    "missing-number": {
      "once for a project": [
        `services: { a: { iap: service }, b: { iap: load-balancer } }
environments: { prod: { ${regions}, projects: { core: { id: acme-prod } } } }`,
        "2:74 [acme-prod] error: acme-prod has no number, which names the agent of the Identity-Aware Proxy in front of a and b",
      ],
    },
  };

describe.each(Object.entries(cases))("%s", (rule, byTitle) => {
  test.each(Object.entries(byTitle))("%s", (_title, [text, ...found]) => {
    expect(find(rule, text)).toEqual(found);
  });
});
