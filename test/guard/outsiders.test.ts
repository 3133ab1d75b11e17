import { expect, test } from "vitest";
import { planFederation } from "../../src/federation/plan-federation.ts";
import { validate } from "../synth/synthesize.ts";
import { change, guarded, planOf, told } from "./guarded.ts";

const SHOP = `version: 1
environments:
  prod: { project: acme-prod, number: "111111111111", regions: [europe-west1] }
services:
  billing: { owner: team-payments, ingress: all }
callers:
  deploy: { owner: team-web, github: { ownerId: "1342004", repository: acme/shop, branch: main } }
  scorer: { owner: team-risk, gke: { namespace: risk, serviceAccount: scorer } }
trust:
  deploy -> billing: Warms it up
  scorer -> billing: Scores
`;
const world = validate(SHOP).matrix?.worlds[0];
const [pool] = world === undefined ? [] : planFederation(world).pools;
const [provider] = pool?.providers ?? [];
const POOL = `projects/111111111111/locations/global/workloadIdentityPools/${pool?.id ?? ""}`;
const MAIN = `principalSet://iam.googleapis.com/${POOL}/attribute.repository_ref/1342004:acme/shop:refs/heads/main`;
const PODS = "serviceAccount:acme-prod.svc.id.goog[risk/scorer]";
const ours = { output_changes: { matrix_hash: { actions: ["create"], before: null, after: "x" } } };

const bound = (caller: string, members: readonly string[] | undefined, more: object = {}): object =>
  change({
    type: "google_service_account_iam_binding",
    name: `${caller}_impersonators`,
    after: {
      service_account_id: `projects/acme-prod/serviceAccounts/${caller}-sa@acme-prod.iam.gserviceaccount.com`,
      role: "roles/iam.workloadIdentityUser",
      ...(members === undefined ? {} : { members }),
      condition: [],
    },
    ...(members === undefined ? { unknown: { members: true } } : {}),
    ...more,
  });
const provided = (id: string, more: object = {}): object =>
  change({
    type: "google_iam_workload_identity_pool_provider",
    name: `acme-prod_${pool?.id ?? ""}_${id}`,
    after: {
      project: "acme-prod",
      workload_identity_pool_id: pool?.id,
      workload_identity_pool_provider_id: id,
      attribute_condition: provider?.condition,
      attribute_mapping: Object.fromEntries(provider?.mapping ?? []),
      disabled: false,
      oidc: [{ issuer_uri: "https://token.actions.githubusercontent.com", allowed_audiences: null, jwks_json: null }],
      aws: [],
      ...more,
    },
  });
const findings = (...changes: readonly object[]): readonly string[] => told(guarded(planOf(changes, ours), SHOP));

test("what the matrix declares of outsiders raises nothing", () => {
  expect(findings(bound("deploy", [MAIN]), bound("scorer", [PODS]), provided("github"))).toEqual([]);
  // Before the pool is there, nobody knows its project's number: taken for what it refers to, but with --strict.
  expect(findings(bound("deploy", undefined))).toEqual([]);
  expect(guarded(planOf([bound("deploy", undefined)], ours), SHOP, true).complete).toBe(false);
});

test("somebody else on an account of the matrix is found", () => {
  for (const member of [MAIN.replace("main", "dev"), `principalSet://iam.googleapis.com/${POOL}/*`, PODS])
    expect(findings(bound("deploy", [MAIN, member]))).toEqual([
      `plan-impersonates google_service_account_iam_binding.deploy_impersonators ${member}`,
    ]);
  expect(findings(bound("deploy", undefined, { name: "mine" }))).not.toEqual([]);
});

test("a provider that others come through is found", () => {
  const address = `google_iam_workload_identity_pool_provider.acme-prod_${pool?.id ?? ""}_`;
  expect(findings(provided("vendor"))).toEqual([`plan-impersonates ${address}vendor`]);
  expect(findings(provided("vendor", { disabled: true }))).toEqual([]);
  expect(findings(provided("vendor", { workload_identity_pool_id: "other" }))).toEqual([]);
  for (const loose of [
    { attribute_condition: "true" },
    { attribute_condition: null },
    { attribute_mapping: { "google.subject": "'x'" } },
    { oidc: [{ issuer_uri: "https://evil.example" }] },
  ])
    expect(findings(provided("github", loose))).toEqual([`plan-impersonates ${address}github`]);
});

test("a provider of which a part is known only after the apply is found", () => {
  const unknown = (marks: object, after: object = {}): readonly string[] =>
    findings({
      ...provided("github", after),
      change: { ...changeOf(provided("github", after)), after_unknown: marks },
    });
  const github = [expect.stringMatching(/^plan-unknown-grant unknown .*_github$/)];
  expect(unknown({ oidc: [{ jwks_json: true }] })).toEqual(github);
  expect(unknown({ oidc: [{ allowed_audiences: true }] })).toEqual(github);
  expect(unknown({ attribute_mapping: { "attribute.repository_ref": true } })).toEqual(github);
  expect(unknown({ attribute_condition: true }, { attribute_condition: undefined })).toEqual(github);
  expect(
    unknown({ workload_identity_pool_provider_id: true }, { workload_identity_pool_provider_id: undefined }),
  ).toEqual(github);
  // What is known and is not the matrix's is told as that.
  expect(unknown({ oidc: [{ jwks_json: true }] }, { attribute_condition: "true" })).toEqual([
    expect.stringMatching(/^plan-impersonates .*_github$/),
  ]);
  // Wherever it comes to be: what is in it is what the matrix says.
  expect(unknown({ workload_identity_pool_id: true }, { workload_identity_pool_id: undefined })).toEqual([]);
  for (const place of ["project", "workload_identity_pool_id"]) {
    const vendor = provided("vendor", { [place]: undefined });
    expect(findings({ ...vendor, change: { ...changeOf(vendor), after_unknown: { [place]: true } } })).toEqual([
      expect.stringMatching(/^plan-unknown-grant unknown .*_vendor$/),
    ]);
  }
  expect(findings(provided("vendor", { project: undefined, workload_identity_pool_id: POOL }))).toEqual([
    expect.stringMatching(/^plan-impersonates .*_vendor$/),
  ]);
});

test("whoever may change a pool that others come through is found", () => {
  const admin = (type: string, more: object, role = "roles/iam.workloadIdentityPoolAdmin"): readonly string[] =>
    findings(change({ type, after: { project: "acme-prod", role, member: "user:dana@acme.example", ...more } }));
  const POOL_MEMBER = "google_iam_workload_identity_pool_iam_member";
  const found = (type: string): readonly string[] => [`plan-writes-policy ${type}.x user:dana@acme.example`];
  expect(admin("google_project_iam_member", {})).toEqual(found("google_project_iam_member"));
  for (const id of [pool?.id, POOL, `acme-prod/${pool?.id ?? ""}`])
    expect(admin(POOL_MEMBER, { workload_identity_pool_id: id })).toEqual(found(POOL_MEMBER));
  expect(admin(POOL_MEMBER, { workload_identity_pool_id: "other" })).toEqual([]);
  expect(admin(POOL_MEMBER, { workload_identity_pool_id: pool?.id }, "roles/iam.workloadIdentityPoolViewer")).toEqual(
    [],
  );
  // Without callers from outside it is nobody's business.
  const grant = change({
    type: "google_project_iam_member",
    after: { project: "acme-prod", role: "roles/iam.workloadIdentityPoolAdmin", member: "user:dana@acme.example" },
  });
  expect(told(guarded(planOf([grant])))).toEqual([]);
});

test("a second manager of who acts as an account, or passes the proxy, is a clash", () => {
  const account = "projects/acme-prod/serviceAccounts/deploy-sa@acme-prod.iam.gserviceaccount.com";
  const role = "roles/iam.workloadIdentityUser";
  const type = "google_service_account_iam";
  const clash = (kind: string, after: object): readonly string[] =>
    findings(change({ type: `${type}_${kind}`, after: { service_account_id: account, ...after } }));
  expect(clash("binding", { role, members: [MAIN] })).toEqual([`plan-clashes ${type}_binding.x`]);
  expect(clash("member", { role, member: MAIN })).toEqual([`plan-clashes ${type}_member.x`]);
  expect(clash("policy", { policy_data: JSON.stringify({ bindings: [] }) })).toEqual([`plan-clashes ${type}_policy.x`]);
  expect(clash("binding", { role: "roles/iam.serviceAccountViewer", members: [MAIN] })).toEqual([]);
  expect(findings(bound("deploy", [MAIN]))).toEqual([]);
  // Either spelling of a Kubernetes account is the declared one.
  const pods =
    "principal://iam.googleapis.com/projects/111111111111/locations/global/workloadIdentityPools/acme-prod.svc.id.goog/subject/ns/risk/sa/scorer";
  expect(findings(bound("scorer", [pods]))).toEqual([]);

  const proxy = (kind: string, member: object): readonly string[] =>
    told(
      guarded(
        planOf([
          change({
            type: `google_iap_web_cloud_run_service_iam_${kind}`,
            after: {
              project: "acme-prod",
              location: "europe-west1",
              cloud_run_service_name: "admin",
              role: "roles/iap.httpsResourceAccessor",
              ...member,
            },
          }),
        ]),
      ),
    );
  const OPS = "group:ops@acme.example";
  const iap = "google_iap_web_cloud_run_service_iam";
  expect(proxy("member", { member: OPS })).toEqual([`plan-clashes ${iap}_member.x`]);
  expect(proxy("binding", { members: [OPS] })).toEqual([`plan-clashes ${iap}_binding.x`]);
});

test("a change to a provider that the matrix names is found, and its rest is not", () => {
  const named = SHOP.replace(
    'github: { ownerId: "1342004", repository: acme/shop, branch: main }',
    "oidc: { issuer: https://ci.acme.example, subject: s, pool: acme-pool, provider: acme-ci }",
  );
  const as = (condition: string, issuer: string): object => ({
    project: "acme-prod",
    workload_identity_pool_id: "acme-pool",
    workload_identity_pool_provider_id: "acme-ci",
    attribute_condition: condition,
    attribute_mapping: { "google.subject": "assertion.sub" },
    oidc: [{ issuer_uri: issuer }],
  });
  const changed = (condition: string, issuer: string): readonly string[] =>
    told(
      guarded(
        planOf([
          change({
            type: "google_iam_workload_identity_pool_provider",
            name: "ci",
            actions: ["update"],
            before: as("assertion.sub == 's'", "https://ci.acme.example"),
            after: as(condition, issuer),
          }),
        ]),
        named,
      ),
    );
  expect(changed("assertion.sub == 's'", "https://ci.acme.example")).toEqual([]);
  expect(changed("true", "https://ci.acme.example")).toHaveLength(1);
  expect(changed("assertion.sub == 's'", "https://evil.example")).toHaveLength(1);
  expect(changed("", "https://ci.acme.example")).toHaveLength(1);
});

function changeOf(resource: object): object {
  return "change" in resource && typeof resource.change === "object" && resource.change !== null ? resource.change : {};
}
