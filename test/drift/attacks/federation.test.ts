import { describe, expect, test } from "vitest";
import { account, bind, read, roleOf } from "../../access/tiny-world.ts";
import { appliedFederation } from "../applied-federation.ts";
import { matrix } from "../cases/drift-case.ts";
import { driftOf } from "../drift-of.ts";
import { told } from "../findings-of.ts";
import { container, invoker, live, NUMBER, sa, world } from "../live-world.ts";
import * as outside from "../outside-world.ts";

const { accountOf, behind, DEPLOY, github, inGithub, MAIN, PODS, POOL, USER, withCallers } = outside;
const WHOLE_POOL = `principalSet://iam.googleapis.com/${POOL}/*`;
const CREATOR = "roles/iam.serviceAccountTokenCreator";
const eve = "user:eve@acme.example";

describe("every way to act as an account that outsiders act as", () => {
  const own = bind(USER, MAIN);
  const onProject = (...grants: readonly [string, string][]) =>
    told(github, inGithub({}, { bindings: grants.map(([role, member]) => bind(role, member)) }));
  const onAccount = (role: string, member: string, condition?: string) =>
    told(github, inGithub({ accounts: [accountOf("deploy", own, bind(role, member, condition))] }));

  test.each([
    ["all of the pool", USER, WHOLE_POOL],
    ["another attribute", USER, WHOLE_POOL.replace("*", "attribute.repository_owner_id/666")],
    ["pods", USER, PODS],
    ["a person who mints tokens", CREATOR, eve],
    ["one who sets the policies of accounts", "roles/iam.serviceAccountAdmin", eve],
    ["one who makes keys", "roles/iam.serviceAccountKeyAdmin", eve],
  ])("above it: %s", (_what, role, member) => {
    expect(onProject([role, member])).toEqual([
      expect.stringMatching(/^warning indirect-caller: .* on projects\/acme-prod$/),
    ]);
  });

  test("basic roles above it say nothing of their own, but for somebody outside", () => {
    expect(onProject(["roles/owner", eve]).filter((each) => each.includes("indirect-caller"))).toEqual([]);
    expect(onProject(["roles/editor", PODS]).join()).toContain("indirect-caller");
  });

  test("what is inherited as the matrix says is none", () => {
    const declared = `inherited:
  minters: { at: [projects/acme-prod], role: ${CREATOR}, principal: "${eve}", reason: They operate it }
`;
    const bindings = [bind(CREATOR, eve)];
    expect(told(github + declared, inGithub({}, { bindings }))).toEqual([]);
  });

  test.each([
    ["keys", "roles/iam.serviceAccountKeyAdmin", eve, "it may make keys of a caller"],
    ["its policy", "roles/iam.serviceAccountAdmin", eve, "it may change who may"],
    ["the agent of another project", CREATOR, "serviceAccount:999@cloudbuild.gserviceaccount.com", "it may act as"],
  ])("on it: %s", (_what, role, member, said) => {
    expect(onAccount(role, member)).toEqual([expect.stringContaining(said)]);
  });

  test("on it: the agents of this project do their work", () => {
    expect(onAccount(CREATOR, `serviceAccount:service-${NUMBER}@gcp-sa-pubsub.iam.gserviceaccount.com`)).toEqual([]);
  });

  test("on it: a grant that begins later, and one that ended", () => {
    const from = (moment: string) => `request.time > timestamp('${moment}')`;
    expect(onAccount(USER, WHOLE_POOL, from("2027-06-01T00:00:00Z"))).toEqual([
      expect.stringMatching(/^warning indirect-caller: .*under a condition \(request.time > /),
    ]);
    expect(onAccount(USER, WHOLE_POOL, "request.time < timestamp('2020-01-01T00:00:00Z')")).toEqual([]);
  });

  test("one grant of a role with several ways is one finding", () => {
    const roles = [
      roleOf("projects/acme-prod/roles/all", ["iam.serviceAccountKeys.create", "iam.serviceAccounts.signJwt"]),
    ];
    const accounts = [accountOf("deploy", own, bind("projects/acme-prod/roles/all", eve))];
    expect(told(github, inGithub({ accounts }, { roles }))).toHaveLength(1);
  });
});

test("whoever comes from outside as a service that is a declared caller is found, without any outsider in the matrix", () => {
  const text = matrix(`
services:
  checkout: { owner: team-checkout }
  billing: { owner: team-payments }
trust:
  checkout -> billing: Charges cards
`);
  const at = (...members: readonly string[]) =>
    told(
      text,
      world({
        services: [live("checkout"), live("billing", [invoker(sa("checkout"))])],
        accounts: [accountOf("checkout", bind(USER, members))],
      }),
    );
  expect(at(PODS, WHOLE_POOL)).toEqual([
    expect.stringContaining("matrix-prod-github/* can come to call billing"),
    expect.stringContaining("[risk/scorer] can come to call billing"),
  ]);
  expect(at(eve)).toEqual([]);
});

test("an account elsewhere: who may act as it by its project is read, or the result is not complete", () => {
  const risk = "risk@other-proj.iam.gserviceaccount.com";
  const text = withCallers(DEPLOY.replace("main }", `main }, account: { email: ${risk} }`));
  const { pools } = appliedFederation(text);
  const at = (home: readonly ReturnType<typeof container>[], keys = true) => {
    const { keys: held = read([]), ...record } = account(risk, [bind(USER, MAIN)]);
    const snapshot = world({
      services: [live("billing", [invoker(`serviceAccount:${risk}`)], behind), live("ledger", [], behind)],
      pools,
      accounts: [keys ? { ...record, keys: held } : record],
      above: home,
    });
    const { findings, unread } = driftOf(text, snapshot);
    return [...unread.map(({ what, resource }) => `${what} of ${resource}`), ...findings.map(({ rule }) => rule)];
  };
  const home = (...bindings: readonly ReturnType<typeof bind>[]) =>
    container("projects/other-proj", "999", { policy: read({ bindings }) });
  expect(at([home()])).toEqual([]);
  expect(at([home()], false)).toEqual([`keys of ${risk}`, "not-readable"]);
  expect(at([])).toContain("IAM policy of projects/other-proj");
  expect(at([home(bind(CREATOR, eve))])).toEqual(["indirect-caller"]);
});

test("a caller that may pass Identity-Aware Proxy under a condition only is told", () => {
  const text = matrix(`
services:
  back: { owner: team-web, ingress: all, iap: service }
callers:
  ana: { owner: team-web, user: ana@acme.example }
trust:
  ana -> back: { reason: Looks at it, through: iap, expires: 2027-01-01 }
`);
  const agent = `serviceAccount:service-${NUMBER}@gcp-sa-iap.iam.gserviceaccount.com`;
  const passing = (condition?: string) =>
    told(
      text,
      world({
        services: [
          live("back", [invoker(agent)], {
            ingress: "all",
            iapEnabled: true,
            iapBindings: [bind("roles/iap.httpsResourceAccessor", "user:ana@acme.example", condition)],
          }),
        ],
      }),
    );
  expect(passing()).toEqual([]);
  expect(passing("request.path.startsWith('/a')")).toEqual([
    expect.stringMatching(/^warning declared-caller-missing: .*under a condition only \(request.path/),
  ]);
});

test("a project whose number is not the one of the matrix is named, and nothing is clean", () => {
  const wrong = github.replace(NUMBER, "222222222222");
  const { complete, findings } = driftOf(wrong, inGithub(appliedFederation(wrong)));
  expect(complete).toBe(false);
  expect(findings).toMatchObject([{ rule: "not-readable", severity: "error", resource: "projects/acme-prod" }]);
  expect(findings[0]?.message).toContain(`gives it the number 222222222222, and its number is ${NUMBER}`);
});
