import { describe, expect, test } from "vitest";
import { validateMatrix } from "../../src/matrix/validate-matrix.ts";
import { find } from "../matrix/find.ts";
import { today, treeOf } from "../matrix/in-memory.ts";

const ISSUER = "https://issuer.partner.example";

describe("what is found", () => {
  const oidc = (details: string): string => `callers: { c: { oidc: { issuer: "${ISSUER}", ${details} } } }`;
  const issuer = (url: string, claims: string): string =>
    `callers: { c: { oidc: { issuer: "${url}", claims: ${claims} } } }`;
  const long = "x".repeat(128);
  /** By rule: a matrix, and a part of what is said, or nothing. */
  const cases: readonly (readonly [rule: string, text: string, said: string | undefined])[] = [
    ["admits-strangers", oidc("claims: { aud: x, iat: 5, admin: true }"), "so would let in everybody with a token of"],
    [
      "admits-strangers",
      oidc('claims: { team: "" }'),
      "says nothing under the claim team, which would let in every token of",
    ],
    ["admits-strangers", oidc('subject: "repo:*"'), "has a wildcard in subject"],
    ["admits-strangers", oidc("claims: { team: risk }"), undefined],
    ["admits-strangers", issuer("https://accounts.google.com", "{ hd: acme.com }"), "everybody with a Google account"],
    [
      "admits-strangers",
      issuer("https://GitLab.com/", "{ project_path: a/b }"),
      "every project of gitlab.com has tokens of",
    ],
    ["admits-strangers", issuer("https://gitlab.com", '{ project_id: "5" }'), "without what the kind gitlab asks for"],
    [
      "admits-strangers",
      issuer("https://app.terraform.io", "{ terraform_project_id: 5, run: x }"),
      "pins none of them for good",
    ],
    ["admits-strangers", issuer("https://oidc.codefresh.io", "{ pipeline_name: x }"), "every account of Codefresh"],
    ["admits-strangers", issuer("https://scalr.io", "{ scalr_account_id: acc-1 }"), undefined],
    ["admits-strangers", issuer("https://accounts.google.com", "{ azp: x }"), "everybody with a Google account"],
    ["admits-strangers", issuer("https://login.microsoftonline.com/common/v2.0", "{ app: x }"), "every tenant of"],
    ["admits-strangers", issuer("https://login.microsoftonline.com/6f1e/v2.0", "{ app: x }"), undefined],
    ["admits-strangers", issuer("https://oidc.circleci.com/org/5", "{ x: y }"), undefined],
    [
      "admits-strangers",
      issuer("https://token.actions.githubusercontent.com:443", "{ sub: 'repo:a/b' }"),
      "every repository of GitHub",
    ],
    [
      "admits-strangers",
      'callers: { c: { github: { ownerId: "1", repository: a/b, environment: "prod*" } } }',
      "has a wildcard in environment",
    ],
    [
      "admits-many",
      'callers: { c: { github: { ownerId: "1", repository: a/b } } }',
      "admits every workflow on any branch of a/b",
    ],
    [
      "admits-many",
      'callers: { c: { github: { ownerId: "1", repository: a/b, workflow: .github/workflows/x.yml } } }',
      "can change the file there",
    ],
    [
      "admits-many",
      'callers: { c: { github: { ownerId: "1", repository: a/b, tag: v1, workflow: .github/workflows/x.yml } } }',
      "admits whatever the tag v1 of a/b is put on: everybody who can push may, where GitHub does not protect it",
    ],
    [
      "admits-many",
      'callers: { c: { gitlab: { namespaceId: "1", project: a/b, environment: prod } } }',
      "admits whatever runs in the environment prod of a/b: every branch may, where GitLab does not protect it",
    ],
    [
      "admits-many",
      'callers: { c: { github: { ownerId: "1", repository: a/b, tag: v1, environment: prod } } }',
      undefined,
    ],
    [
      "admits-many",
      'callers: { c: { gitlab: { namespaceId: "1", project: a/b, branch: x, environment: prod } } }',
      undefined,
    ],
    [
      "admits-many",
      'callers: { c: { gitlab: { namespaceId: "1", project: a/b } } }',
      "admits every pipeline of any branch of a/b",
    ],
    ["federation-limit", oidc(`subject: ${long}`), "has a subject of 128 bytes"],
    ["federation-limit", oidc(`subject: ${long.slice(1)}`), undefined],
    ["federation-limit", oidc(`subject: ${long}, claims: { a: b }`), "has a subject of 128 bytes"],
    ["federation-limit", oidc('subject: "a\\nb"'), "has a line break or control character in subject"],
    ["federation-limit", oidc(`subject: s, audience: ${long}${long}x`), "has an audience of 257 characters"],
    ["federation-limit", issuer("https://Issuer.acme.com", "{ a: b }"), "an issuer that no token has"],
    ["federation-limit", issuer("https://issuer.acme.com:443/x", "{ a: b }"), "an issuer that no token has"],
    ["federation-limit", issuer("https://accounts.google.com/", '{ sub: "5" }'), "an issuer that no token has"],
    ["federation-limit", issuer("https://acme.auth0.example/Tenant/", "{ a: b }"), undefined],
    [
      "federation-limit",
      `callers: { c: { spiffe: { trustDomain: t, path: /a/../b, issuer: "${ISSUER}" } } }`,
      "has a path with the segment . or ..",
    ],
    [
      "federation-limit",
      `callers: { c: { spiffe: { trustDomain: t, path: /a/..b, issuer: "${ISSUER}" } } }`,
      undefined,
    ],
    [
      "federation-limit",
      'callers: { c: { gitlab: { issuer: "https://gitlab.com/", namespaceId: "1", project: a/b, branch: x } } }',
      "an issuer that no token has",
    ],
    [
      "federation-limit",
      'callers: { c: { github: { ownerId: "1", repository: a/b, branch: refs/heads/main } } }',
      "the branch refs/heads/main, and a branch is written without its folder",
    ],
    ["federation-limit", "callers: { c: { user: c@acme.iam.gserviceaccount.com } }", "is no person"],
    ["federation-limit", "callers: { c: { serviceAccount: c@acme.com } }", "is no service account"],
    [
      "admits-many",
      "callers: { c: { gke: { namespace: risk, serviceAccount: default } } }",
      "admits every pod of the namespace risk",
    ],
    ["federation-limit", oidc("subject: s, provider: acme-prov"), "not the pool that it is in"],
    ["federation-limit", oidc("claims: { n: 9007199254740994 }"), "a number in the claim n that cannot be compared"],
    ["federation-limit", oidc('claims: { a: ":|~", b: "^!;" }'), "none is left to keep them apart"],
    [
      "federation-limit",
      oidc(`claims: { ${["c", "d"].map((letter) => `${letter.repeat(700)}: x`).join(", ")} }`),
      "needs a mapping of",
    ],
    [
      "federation-limit",
      'callers: { c: { gitlab: { namespaceId: "1", project: a/b, branch: x, tag: y } } }',
      "has both a branch and a tag",
    ],
    [
      "federation-limit",
      `callers: { c: { spiffe: { trustDomain: t, path: /${long}, issuer: "${ISSUER}" } } }`,
      "has a subject of 128 bytes",
    ],
    [
      "missing-number",
      oidc("subject: s, pool: acme-pool"),
      "acme-prod has no number, which names the pool acme-pool that c uses",
    ],
    ["missing-number", oidc("subject: s"), undefined],
    [
      "shared-account",
      `callers: { a: { oidc: { issuer: "${ISSUER}", subject: s } }, b: { oidc: { issuer: "${ISSUER}", subject: s } } }`,
      "b and a are both tokens of",
    ],
    [
      "shared-account",
      `callers: { a: { oidc: { issuer: "${ISSUER}", subject: s } }, b: { oidc: { issuer: "${ISSUER}", subject: t } } }`,
      undefined,
    ],
  ];

  test.each(cases.map(([rule, text, said]) => [rule, text.slice(0, 120), text, said] as const))(
    "%s in %s",
    (rule, _, text, said) => {
      const found = find(rule, text);
      expect(found).toEqual(said === undefined ? [] : [expect.stringContaining(said)]);
    },
  );

  test("in the environment that it is of, where it is written", () => {
    const text = `callers:
  c:
    github: { ownerId: "1", repository: a/b, branch: main }
    overrides: { prod: { github: { branch: null, environment: "*" } } }
environments:
  prod: { project: acme-prod, regions: [europe-west1] }
  staging: { project: acme-staging, regions: [europe-west1] }`;
    expect(find("admits-strangers", text)).toEqual([
      "4:50 [environment] error: c has a wildcard in environment: read as a pattern it would let in every workflow of GitHub that fits it",
    ]);
  });
});

describe("the schema of each kind from outside", () => {
  const good: readonly string[] = [
    'aws: { account: "123456789012", role: "a+=,.@_-b" }',
    'github: { ownerId: "1", repository: A-b/c.d_e, workflow: .github/workflows/a b.yaml }'.replace("a b", "a@b"),
    'gitlab: { namespaceId: "1", project: a/b/c, issuer: "https://gitlab.acme.example/x" }',
    "oidc: { issuer: https://a.example, claims: { a: 1, b: true, c: d } }",
    "spiffe: { trustDomain: a_b.c, path: /a/b.c, issuer: https://a.example }",
  ];
  const bad: readonly string[] = [
    'aws: { account: "12345678901", role: r }',
    'aws: { account: "123456789012", role: team/r }',
    'aws: { account: "123456789012", role: "*" }',
    'aws: { account: "123456789012" }',
    "github: { repository: acme/shop, branch: main }",
    "github: { ownerId: acme, repository: acme/shop }",
    'github: { ownerId: "1", repository: acme }',
    'github: { ownerId: "1", repository: acme/* }',
    'github: { ownerId: "1", repository: a/b, branch: "release/*" }',
    'github: { ownerId: "1", repository: a/b, workflow: deploy.yml }',
    'github: { ownerId: "1", repository: a/b, workflow: .github/workflows/x/y.yml }',
    "gitlab: { project: a/b, branch: main }",
    'gitlab: { namespaceId: "1", project: "a/**" }',
    "oidc: { issuer: https://a.example }",
    "oidc: { issuer: http://a.example, subject: s }",
    'oidc: { issuer: https://a.example, subject: "  " }',
    "oidc: { issuer: https://a.example, claims: {} }",
    "oidc: { issuer: https://a.example, claims: { a: [b] } }",
    "oidc: { issuer: https://a.example, subject: s, jwks: keys/private.pem }",
    "spiffe: { trustDomain: Acme, path: /a, issuer: https://a.example }",
    "spiffe: { trustDomain: acme, path: a, issuer: https://a.example }",
    "spiffe: { trustDomain: acme, path: /a/, issuer: https://a.example }",
    "spiffe: { trustDomain: acme, path: //a, issuer: https://a.example }",
    "spiffe: { trustDomain: acme, path: /a }",
  ];
  const schemaErrors = (caller: string): readonly string[] => find("schema", `callers:\n  c: { ${caller} }`);

  test.each(good)("takes %s", (caller) => expect(schemaErrors(caller)).toEqual([]));
  test.each(bad)("refuses %s", (caller) => expect(schemaErrors(caller)).not.toEqual([]));
});

test("a caller from outside that nobody names keeps its pool, and is told so", () => {
  const text = `version: 1
environments: { prod: { project: acme-prod, regions: [europe-west1] } }
callers:
  a: { aws: { account: "123456789012", role: r } }
  b: { gke: { namespace: n, serviceAccount: s } }`;
  const result = validateMatrix(treeOf({ "matrix.yaml": text }), "matrix.yaml", today);
  const helps = "problem" in result ? [] : result.findings.map(({ rule, help }) => `${rule}: ${help}`);
  expect(helps).toEqual([
    "unused-caller: add the edge that is missing; as long as the entry stays, so does its pool, switched off where nobody else comes through it: the id of a deleted one is blocked for 30 days",
    "unused-caller: delete it, or add the edge that is missing",
  ]);
});

test("an edge to the proxy of a load balancer grants nothing, and says what does; one to a service's own proxy does", () => {
  const text = (iap: string): string => `services:
  desk: { iap: ${iap}, ingress: internal-and-cloud-load-balancing }
callers:
  ana: { user: ana@acme.example }
  sre: { group: sre@acme.example }
sets: { people: [ana, sre] }
trust:
  people -> desk: { reason: Desk, reviewed: 2026-10-01, through: iap }
environments:
  prod: { project: acme-prod, number: "111111111111", regions: [europe-west1] }`;
  expect(find("no-effect-yet", text("service"))).toEqual([]);
  expect(find("no-effect-yet", text("load-balancer"))).toEqual([
    "8:57 [through] info: the load balancer in front of desk has no name in a matrix, so its Identity-Aware Proxy is told nothing of ana and sre",
  ]);
});
