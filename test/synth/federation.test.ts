import { describe, expect, test } from "vitest";
import { encodeValue } from "../../src/synth/cdktf/encode-value.ts";
import { findRemovals } from "../../src/synth/output/find-removals.ts";
import { readStackFile, type StackFile } from "../../src/synth/output/stack-file.ts";
import { planStacks } from "../../src/synth/plan/plan-stacks.ts";
import { canonicalJson } from "../../src/words/canonical-json.ts";
import { createHash } from "node:crypto";
import { matrix } from "./scenario-worlds.ts";
import { evaluateTemplate } from "./read-template.ts";
import { type Arguments, resourcesOf } from "./stack-json.ts";
import { type MatrixText, readMatrix, synthesize, synthesizeOne, validate } from "./synthesize.ts";

const github = (rest = "branch: main"): string => `github: { ownerId: "9919", repository: acme/shop, ${rest} }`;
const shop = (callers: string, { services = "api: { ingress: all }", trust = "" } = {}): string =>
  matrix({ services, callers, trust });

/** The arguments of what has a type in the only stack, by name. */
function named(text: MatrixText, type: string): Readonly<Record<string, Arguments>> {
  return Object.fromEntries(
    resourcesOf(synthesizeOne(text))
      .filter((each) => each.type === type)
      .map(({ name, args }) => [name, args]),
  );
}
const forgotten = (text: MatrixText): readonly string[] => (synthesizeOne(text).removed ?? []).map(({ from }) => from);
const stackOf = (text: MatrixText): StackFile => {
  const [[name, file] = ["", ""]] = synthesize(text);
  const stack = readStackFile(name, file);
  if (stack === undefined) throw new Error("not a stack of ours");
  return stack;
};
const removed = (before: string, after: string): readonly string[] =>
  findRemovals([stackOf(before)], [stackOf(after)]).map(({ what, name, fate }) => `${what} ${name} ${fate}`);

const BINDING = "google_service_account_iam_binding";
const MEMBER = "google_service_account_iam_member";

describe("who may act as an account", () => {
  test("two callers on one account that a service holds are one binding, named after the service", () => {
    const shared = "account: { id: api-sa, manage: reference }";
    const text = shop(
      `main: { ${github()}, ${shared} }\n    pod: { gke: { namespace: shop, serviceAccount: web }, ${shared} }`,
      { services: "api: { ingress: all, account: { id: api-sa } }" },
    );
    const all = named(text, BINDING);
    expect(Object.keys(all)).toEqual(["api_impersonators"]);
    expect(all["api_impersonators"]?.["members"]).toEqual([
      "principalSet://iam.googleapis.com/${google_iam_workload_identity_pool.acme-prod_matrix-prod-github.name}/attribute.repository_ref/9919:acme/shop:refs/heads/main",
      "serviceAccount:acme-prod.svc.id.goog[shop/web]",
    ]);
    expect(all["api_impersonators"]?.["service_account_id"]).toBe("${google_service_account.api.name}");
    expect(forgotten(text)).toEqual(
      expect.arrayContaining([`${MEMBER}.main_impersonators`, `${MEMBER}.pod_impersonators`]),
    );
  });

  test.each([
    [
      "{ email: lent@acme-hr.iam.gserviceaccount.com }",
      "projects/acme-hr/serviceAccounts/lent@acme-hr.iam.gserviceaccount.com",
    ],
    [
      "{ email: 1-compute@developer.gserviceaccount.com }",
      "projects/-/serviceAccounts/1-compute@developer.gserviceaccount.com",
    ],
    [
      "{ email: lent@hr.acme.com.iam.gserviceaccount.com }",
      "projects/-/serviceAccounts/lent@hr.acme.com.iam.gserviceaccount.com",
    ],
    [
      "{ id: lent-sa, manage: reference }",
      "projects/acme-prod/serviceAccounts/lent-sa@acme-prod.iam.gserviceaccount.com",
    ],
  ])("to an account that the stack does not hold they are added: %s", (account, id) => {
    const text = shop(`main: { ${github()}, account: ${account} }`);
    expect(named(text, BINDING)).toEqual({});
    expect(named(text, MEMBER)["main_impersonators"]).toMatchObject({
      service_account_id: id,
      member: "${each.value}",
    });
    expect(forgotten(text)).toContain(`${BINDING}.main_impersonators`);
  });

  test("two callers that are one identity on one account are one member", () => {
    const text = shop(
      `one: { ${github()}, account: { id: both-sa } }\n    two: { ${github()}, account: { id: both-sa, manage: reference } }`,
    );
    expect(Object.values(named(text, BINDING)).map(({ members }) => (members as readonly string[]).length)).toEqual([
      1,
    ]);
  });
});

describe("texts", () => {
  test("are the same after Terraform has read them", () => {
    const environment = 'it\'s ${prod} %{if} "x"';
    const text = shop(`main: { ${github(`environment: ${JSON.stringify(environment)}`)} }`);
    const [member = ""] = (named(text, BINDING)["main_impersonators"]?.["members"] ?? []) as readonly string[];
    expect(member.endsWith(`/9919:acme/shop:it's $\${prod} %%{if} "x"`)).toBe(true);
  });

  test("the condition of a provider too", () => {
    const subject = "a'${b}%{c}\\";
    const text = shop(`one: { oidc: { issuer: "https://id.example.com", subject: ${JSON.stringify(subject)} } }`);
    const [provider] = Object.values(named(text, "google_iam_workload_identity_pool_provider"));
    const condition = evaluateTemplate(String(provider?.["attribute_condition"]), () => "reference");
    expect(condition).toBe("has(assertion.sub) && assertion.sub == 'a\\'${b}%{c}\\\\'");
  });

  test("keys of an issuer that Google cannot reach are in the stack, whatever they hold", () => {
    const keys = { keys: [{ kty: "RSA", kid: "${a}%{b}", n: "AQAB", e: "AQAB" }] };
    const caller = `one: { oidc: { issuer: "https://id.example.com", subject: shop, jwks: keys.jwks.json } }`;
    const text = { "matrix.yaml": shop(caller), "keys.jwks.json": JSON.stringify(keys, null, 2) };
    const [provider] = Object.values(named(text, "google_iam_workload_identity_pool_provider"));
    const oidc = provider?.["oidc"] as { readonly jwks_json: string } | undefined;
    expect(JSON.parse(evaluateTemplate(oidc?.jwks_json ?? "", () => "reference"))).toEqual(keys);
  });

  test("a sign before a reference is not taken for its escape", () => {
    const parts = [{ text: "a$" }, { reference: "x.y.z" }, { text: "%" }, { reference: "x.y.z" }, { text: "$" }];
    expect(encodeValue({ parts })).toBe('a${"$"}${x.y.z}${"%"}${x.y.z}$');
  });
});

describe("what was announced to nobody", () => {
  const both = shop(`main: { ${github()} }\n    lambda: { aws: { account: "123456789012", role: shop } }`);
  const without = shop('lambda: { aws: { account: "123456789012", role: shop } }');

  test("a pool that goes is destroyed, with its provider", () => {
    expect(removed(both, without)).toEqual([
      "pool acme-prod_matrix-prod-github destroyed",
      "provider acme-prod_matrix-prod-github_github destroyed",
      "account main destroyed",
    ]);
    expect(removed(both, both)).toEqual([]);
  });

  test("a provider alone, where its AWS account is another one", () => {
    const other = both.replaceAll("123456789012", "210987654321");
    expect(removed(both, other)).toEqual(["provider acme-prod_matrix-prod-aws_aws-123456789012 destroyed"]);
  });

  test("another branch, another owner and an edge less destroy nothing", () => {
    expect(removed(both, both.replace("branch: main", "tag: v1").replace("9919", "1342004"))).toEqual([]);
    const calling = shop(`main: { ${github()} }`, { trust: "main -> api: Deploys" });
    expect(removed(calling, shop(`main: { ${github()} }`))).toEqual([]);
  });
});

describe("the hash", () => {
  const plans = (text: string) => planStacks(readMatrix(text));

  test("is what it was where there is nobody outside and no proxy", () => {
    const [plan] = plans(matrix({ services: "api: {}\n    web: { ingress: all }", trust: "web -> api: Asks" }));
    if (plan === undefined) throw new Error("no stack");
    const { rows, services, policies } = plan;
    const accounts = plan.accounts.map(({ key, email, disabled }) => ({ key, email, disabled }));
    const earlier = canonicalJson({ version: 1, accounts, rows, services, policies });
    expect(plan.outputs.hash).toBe(createHash("sha256").update(earlier).digest("hex"));
  });

  test("differs with who outside is admitted", () => {
    const texts = ["branch: main", "branch: dev", "tag: main"].map((rest) => shop(`main: { ${github(rest)} }`));
    const calling = shop(`main: { ${github()} }`, { trust: "main -> api: Deploys" });
    const hashes = [...texts, calling].map((text) => plans(text)[0]?.outputs.hash);
    expect(new Set(hashes).size).toBe(4);
  });
});

describe("one pool for two", () => {
  const idOf = (text: string): string =>
    Object.keys(named(text, "google_iam_workload_identity_pool"))[0]?.split("_")[1] ?? "";
  const one = `one: { oidc: { issuer: "https://id.one.example", subject: shop } }`;
  const guest = (pool: string): string =>
    shop(`${one}\n    two: { oidc: { issuer: "https://id.two.example", subject: shop, pool: ${pool} } }`);

  test("a pool that the matrix makes cannot be named as one that was there before", () => {
    const problems = validate(guest(idOf(shop(one)))).findings.filter(({ rule }) => rule === "shared-target");
    expect(problems.map(({ message }) => message)).toEqual([
      `two names the workload identity pool ${idOf(shop(one))} of acme-prod as if it were there before, and it is made for one`,
    ]);
    expect(validate(guest("partners")).findings.filter(({ rule }) => rule === "shared-target")).toEqual([]);
  });

  test("two environments that share a project have pools of their own, and may name the same one", () => {
    const text = guest("partners").replace(
      "environments: {",
      `environments: { canary: { project: acme-prod, number: "111111111111", regions: [europe-north1] },`,
    );
    const { findings } = validate(text);
    expect(findings.filter(({ rule, message }) => rule === "shared-target" && message.includes("pool"))).toEqual([]);
  });
});
