import { expect, test } from "vitest";
import type { PooledOutside } from "../../src/callers/outside.ts";
import { callerKinds } from "../../src/callers/registry.ts";
import { describeCaller, outsideOf } from "../../src/callers/caller-of.ts";
import { encodeCel } from "../../src/federation/encode-cel.ts";
import type { Caller } from "../../src/matrix/model/world.ts";
import { matrixOf } from "../matrix/in-memory.ts";

type Details = Readonly<Record<string, unknown>>;

function callerOf(details: Details): Caller {
  const matrix = matrixOf({
    version: 1,
    environments: { prod: { project: "acme-prod", number: "111111111111", regions: ["europe-west1"] } },
    callers: { c: details },
  });
  const caller = matrix.worlds[0]?.callers.get("c");
  if (caller === undefined) throw new Error("no caller");
  return caller;
}

function outsider(details: Details): PooledOutside {
  const outside = outsideOf(callerOf(details));
  if (outside?.kind !== "pooled") throw new Error("not pooled");
  return outside;
}

const ISSUER = "https://issuer.partner.example";
const shop = { ownerId: "1342004", repository: "acme/shop" };
const gitlabProject =
  "(has(assertion.pipeline_source) && (assertion.pipeline_source == 'merge_request_event' || assertion.pipeline_source == 'parent_pipeline') && !(has(assertion.ref_protected) && assertion.ref_protected == 'true') ? '' : assertion.project_path)";

/** By title: a caller, what its provider admits, and the attribute or subject that it alone has. */
const matches: Readonly<Record<string, readonly [Details, admits: string, match: string]>> = {
  "a role, with the slash behind its name": [
    { aws: { account: "123456789012", role: "a+b" } },
    "assertion.arn.startsWith('arn:aws:sts::123456789012:assumed-role/a+b/')",
    "aws_role=arn:aws:sts::123456789012:assumed-role/a+b",
  ],
  "a branch of a repository by id": [
    { github: { ...shop, repositoryId: "8", branch: "main" } },
    "assertion.repository_owner_id == '1342004'",
    "repository_id_ref=1342004:8:refs/heads/main <- assertion.repository_owner_id + ':' + assertion.repository_id + ':' + assertion.ref",
  ],
  "a tag with a workflow, whose whole reference counts": [
    { github: { ...shop, tag: "v1", workflow: ".github/workflows/r.yml" } },
    "assertion.repository_owner_id == '1342004'",
    "repository_ref_workflow=1342004:acme/shop:refs/tags/v1:acme/shop/.github/workflows/r.yml@refs/tags/v1 <- assertion.repository_owner_id + ':' + assertion.repository + ':' + assertion.ref + ':' + assertion.workflow_ref",
  ],
  "a workflow at whatever ref the run has": [
    { github: { ...shop, environment: "a:b", workflow: ".github/workflows/it's.yml" } },
    "assertion.repository_owner_id == '1342004'",
    "repository_environment_workflow_c1f6e4764fbee909_bar=1342004|acme/shop|a:b|yes <- assertion.repository_owner_id + '|' + assertion.repository + '|' + (has(assertion.environment) ? assertion.environment : '') + '|' + (assertion.workflow_ref == assertion.repository + '/.github/workflows/it\\'s.yml@' + assertion.ref ? 'yes' : 'no')",
  ],
  "a GitLab branch, not of a merge request": [
    { gitlab: { namespaceId: "9", project: "acme/shop", branch: "main" } },
    "assertion.namespace_id == '9'",
    `namespace_project_path_ref_type=9:acme/shop:main:branch <- assertion.namespace_id + ':' + ${gitlabProject} + ':' + assertion.ref + ':' + assertion.ref_type`,
  ],
  "a subject": [
    { oidc: { issuer: ISSUER, subject: "it's\n7" } },
    "has(assertion.sub) && assertion.sub == 'it\\'s\\n7'",
    "sub=it's\n7",
  ],
  "claims of every type, with names that are no identifiers": [
    { oidc: { issuer: ISSUER, claims: { "https://x/team": "é", admin: true, level: 3, in: "x" } } },
    "has(assertion.admin) && assertion.admin == true && 'https://x/team' in assertion && assertion['https://x/team'] == '\\u00e9' && 'in' in assertion && assertion['in'] == 'x' && has(assertion.level) && assertion.level == 3.0",
    "admin_https_x_team_in_level_3f1b2b9be3bd69c1=yes:é:x:yes <- (has(assertion.admin) && assertion.admin == true ? 'yes' : 'no') + ':' + ('https://x/team' in assertion && assertion['https://x/team'] == '\\u00e9' ? '\\u00e9' : '') + ':' + ('in' in assertion && assertion['in'] == 'x' ? 'x' : '') + ':' + (has(assertion.level) && assertion.level == 3.0 ? 'yes' : 'no')",
  ],
  "a subject in a pool of others": [
    { oidc: { issuer: ISSUER, subject: "s", pool: "acme-pool" } },
    "has(assertion.sub) && assertion.sub == 's'",
    "sub_a4529b1cb197f96d=s <- (has(assertion.sub) && assertion.sub == 's' ? 's' : '')",
  ],
  "a subject in a provider of others": [
    { oidc: { issuer: ISSUER, subject: "s", pool: "acme-pool", provider: "acme-provider" } },
    "has(assertion.sub) && assertion.sub == 's'",
    "sub=s",
  ],
  "a SPIFFE identity": [
    { spiffe: { trustDomain: "acme.internal", path: "/ns/risk", issuer: ISSUER } },
    "assertion.sub == 'spiffe://acme.internal/ns/risk'",
    "sub=ns/risk",
  ],
  "a SPIFFE identity in a provider of others, with its trust domain": [
    { spiffe: { trustDomain: "acme.internal", path: "/a", issuer: ISSUER, pool: "acme-pool", provider: "acme-prov" } },
    "assertion.sub == 'spiffe://acme.internal/a'",
    "sub=spiffe://acme.internal/a",
  ],
};

test.each(Object.entries(matches))("who is admitted: %s", (_title, [details, admits, expected]) => {
  const { match, ...outside } = outsider(details);
  expect(outside.admits).toBe(admits);
  const expression = match.by === "attribute" && match.name !== "aws_role" ? ` <- ${match.expression}` : "";
  expect(`${match.by === "subject" ? "sub" : match.name}=${match.value}${expression}`).toBe(expected);
});

test("what keeps pools apart, and what lets them be shared", () => {
  const poolOf = (details: Details): string => JSON.stringify(outsider(details).pool);
  expect(poolOf({ github: { ...shop, branch: "a" } })).toBe(poolOf({ github: { ...shop, ownerId: "2", tag: "b" } }));
  expect(poolOf({ aws: { account: "1".repeat(12), role: "a" } })).toBe(
    poolOf({ aws: { account: "1".repeat(12), role: "b" } }),
  );
  const oidc = { issuer: ISSUER, subject: "s" };
  const others = [
    { audience: "a" },
    { issuer: `${ISSUER}/` },
    { pool: "acme-pool" },
    { pool: "acme-pool", audience: "a" },
  ];
  const names = [oidc, ...others.map((other) => ({ ...oidc, ...other }))].map((each) => poolOf({ oidc: each }));
  expect(new Set(names).size).toBe(names.length);
});

test("a caller in a few words names what pins it", () => {
  expect(describeCaller(callerOf({ github: { ...shop, branch: "main", environment: "production" } }))).toBe(
    "repository acme/shop (owner 1342004), branch main, environment production",
  );
  expect(describeCaller(callerOf({ gitlab: { namespaceId: "9", project: "a/b", projectId: "4", tag: "v1" } }))).toBe(
    "GitLab project a/b (group 9, id 4), tag v1",
  );
  expect(describeCaller(callerOf({ oidc: { issuer: ISSUER, subject: "s", claims: { b: true } } }))).toBe(
    `tokens of ${ISSUER} with b true, subject s`,
  );
});

test("texts cannot leave their literal", () => {
  expect(encodeCel("a'b\\c\n\t\u0000é😀\ud800")).toBe("'a\\'b\\\\c\\n\\t\\u0000\\u00e9\\U0001f600\\ufffd'");
});

test("every kind from outside says who that is", () => {
  const federated = Object.values(callerKinds).filter(({ token }) => token.way === "federation");
  expect(federated.map(({ kind }) => kind)).toEqual(["aws", "github", "gitlab", "oidc", "spiffe"]);
  expect(federated.filter(({ outside }) => outside === undefined)).toEqual([]);
});
