import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Declared } from "../federation/read-stack.ts";
import type { RawFields } from "../synth/document.ts";
import { accountOf, claimsOf, credentialsOf, invokersOf, ownToken, synthesizeEveryKind } from "./every-kind.ts";
import { GCLOUD_CLIENT } from "./fake-front.ts";
import { type FakeGoogle, GITHUB_TOKENS, startGoogle } from "./fake-google.ts";
import { type Bench, makeBench, type Outcome } from "./run-snippet.ts";
import { page, snippets, type SnippetLanguage } from "./snippets.ts";
import { mintIdToken } from "./test-issuer.ts";

// The programs of docs/clients.md, as they stand there, against a Google that has applied what is synthesized of
// docs/examples/every-kind.yaml, each caller with the credential file that `matrix wiring` writes.

const api = "https://api-111111111111.europe-west1.run.app";
const orders = "https://orders-111111111111.europe-west1.run.app";
const ledger = "https://ledger-222222222222.europe-west1.run.app";
const settlement = "https://run.googleapis.com/v2/projects/acme-prod-data/locations/europe-west1/jobs/settlement:run";

let declared: Declared;
let google: FakeGoogle;
let bench: Bench;

beforeAll(async () => {
  declared = synthesizeEveryKind();
  google = await startGoogle(declared);
  bench = makeBench({ http: google.http.port, https: google.https.port, certificate: google.certificate });
  for (const url of [api, orders, ledger]) open(url);
});
afterAll(async () => {
  await google.close();
  bench.remove();
});

/** Puts a service behind the front with the row that Terraform gave it. */
function open(url: string, change: { readonly reachable?: boolean; readonly extra?: readonly string[] } = {}): void {
  const { extra = [], reachable = true } = change;
  google.front.serve({ url, invokers: [...invokersOf(declared, url), ...extra], reachable });
}

/** Runs the federation example as a caller whose token differs from its own in some claims. */
async function federate(
  caller: string,
  change: RawFields = {},
  target: { readonly language?: SnippetLanguage; readonly url?: string; readonly audience?: string } = {},
): Promise<Outcome> {
  const { file, provider, source } = await credentialsOf(bench.folder, caller);
  const token = ownToken(google, caller, provider, change);
  const field = source?.format.subject_token_field_name;
  writeFileSync(source?.file ?? "", field === undefined ? token : JSON.stringify({ count: 1, [field]: token }));
  return bench.run(target.language ?? "js", "federation", {
    GOOGLE_APPLICATION_CREDENTIALS: file,
    IMPERSONATE_SERVICE_ACCOUNT: accountOf(caller),
    PROVIDER: provider,
    SUBJECT_TOKEN: token,
    API_URL: target.url ?? api,
    API_AUDIENCE: target.audience ?? target.url ?? api,
  });
}

/** Runs an example as a workload beside a metadata server. */
function attached(language: SnippetLanguage, name: string, url: string, audience = url): Promise<Outcome> {
  return bench.run(language, name, { ORDERS_URL: url, ORDERS_AUDIENCE: audience, SETTLEMENT_URL: url });
}

function said(...lines: readonly string[]): Outcome {
  return { code: 0, stdout: lines, stderr: "" };
}

test("what has a metadata server calls as its account, and is told apart from all others", async () => {
  google.runAs(accountOf("erp"));
  const let_in = await Promise.all([
    attached("js", "metadata", orders),
    attached("js", "metadata-plain", orders),
    attached("sh", "metadata", orders),
  ]);
  expect(let_in).toEqual([said("200"), said("200"), said("200")]);
  expect(google.front.calls.map(({ email }) => email)).toEqual(Array(3).fill(accountOf("erp")));
  expect(await attached("sh", "metadata", ledger)).toEqual(said("403"));
  expect(await attached("sh", "metadata", orders, ledger)).toEqual(said("401"));
  google.runAs(accountOf("scorer", "acme-prod-data"));
  expect(await attached("sh", "metadata", ledger)).toEqual(said("200"));
});

test("whoever is outside shows its own token and calls as its account", async () => {
  const before = google.front.calls.length;
  const libraries = ["nightly-checks", "runner", "partner"];
  expect(await Promise.all(libraries.map((caller) => federate(caller)))).toEqual(Array(3).fill(said("200")));
  const curls = ["release", "pipeline", "mesh", "partner"];
  const called = curls.map((caller) => federate(caller, {}, { language: "sh" }));
  expect(await Promise.all(called)).toEqual(Array(4).fill(said("200")));
  const seen = google.front.calls.slice(before).map(({ email }) => email);
  expect(seen.sort()).toEqual([...libraries, ...curls].map((caller) => accountOf(caller)).sort());
});

test("AWS: keys of Lambda's variables, and keys that the SDK finds in a container", async () => {
  const { file, provider, source } = await credentialsOf(bench.folder, "pricing");
  expect(source).toBeUndefined();
  google.knowAwsKey("AKIAPRICING", awsOwner("123456789012", "pricing-lambda"));
  google.knowAwsKey("AKIALONGER", awsOwner("123456789012", "pricing-lambda-2"));
  const lambda = (key: string): Promise<Outcome> =>
    bench.run("js", "federation", {
      GOOGLE_APPLICATION_CREDENTIALS: file,
      IMPERSONATE_SERVICE_ACCOUNT: accountOf("pricing"),
      API_URL: api,
      API_AUDIENCE: api,
      AWS_REGION: "eu-central-1",
      AWS_ACCESS_KEY_ID: key,
      AWS_SECRET_ACCESS_KEY: "not-checked",
      AWS_SESSION_TOKEN: "not-checked",
    });
  const container = bench.run("js", "aws-containers", {
    PROVIDER: provider,
    IMPERSONATE_SERVICE_ACCOUNT: accountOf("pricing"),
    API_URL: api,
    API_AUDIENCE: api,
    AWS_REGION: "eu-central-1",
    FAKE_AWS_KEY: "AKIAPRICING",
  });
  expect(await Promise.all([lambda("AKIAPRICING"), container])).toEqual([said("200"), said("200")]);
  const longer = await lambda("AKIALONGER");
  expect(longer.code).toBe(1);
  expect(longer.stderr).toContain("unauthorized_client");
});

function awsOwner(account: string, role: string): { readonly account: string; readonly arn: string } {
  return { account, arn: `arn:aws:sts::${account}:assumed-role/${role}/session` };
}

test("GitHub: the step fetches the token, and Node reads it as the credential file says", async () => {
  const { file, provider, source } = await credentialsOf(bench.folder, "deploy");
  google.runWorkflow(claimsOf("deploy").claims);
  const env = {
    PROVIDER: provider,
    TOKEN_FILE: source?.file,
    GOOGLE_APPLICATION_CREDENTIALS: file,
    ACTIONS_ID_TOKEN_REQUEST_URL: GITHUB_TOKENS,
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: "of-the-job",
    IMPERSONATE_SERVICE_ACCOUNT: accountOf("deploy"),
    API_URL: api,
    API_AUDIENCE: api,
  };
  writeFileSync(source?.file ?? "", "");
  expect(await bench.run("sh", "github", env)).toEqual(said());
  expect(await bench.run("js", "federation", env)).toEqual(said("200"));
  // What stands in the workflow of the page is what is synthesized.
  expect(page.text).toContain(`workload_identity_provider: ${provider.replace("//iam.googleapis.com/", "")}\n`);
  expect(page.text).toContain(`service_account: ${accountOf("deploy")}\n`);
});

test("somebody who may impersonate calls as the account, and a person as himself", async () => {
  const env = {
    FAKE_ID_TOKEN: mintIdToken(google.google, "ana@acme.example", GCLOUD_CLIENT),
    FAKE_ACCESS_TOKEN: google.tokens.grant(["user:ana@acme.example"]),
    IMPERSONATE_SERVICE_ACCOUNT: "nightly@acme-batch.iam.gserviceaccount.com",
    LEDGER_URL: ledger,
    LEDGER_AUDIENCE: ledger,
    API_URL: api,
    SETTLEMENT_URL: settlement,
  };
  expect(await bench.run("sh", "impersonation", env)).toEqual(said("200"));
  expect(google.front.calls.at(-1)).toMatchObject({ email: "nightly@acme-batch.iam.gserviceaccount.com" });
  expect(await bench.run("js", "impersonation", { ...env, ...signedIn() })).toEqual(said("200"));
  expect(google.front.calls.at(-1)).toMatchObject({ email: "nightly@acme-batch.iam.gserviceaccount.com" });
  expect(await bench.run("sh", "person", env)).toEqual(said("403"));
  open(api, { extra: ["user:ana@acme.example"] });
  expect(await bench.run("sh", "person", env)).toEqual(said("200"));
  expect(await bench.run("js", "person", env)).toEqual(said("200"));
  open(api);
  expect(await bench.run("sh", "job", env)).toEqual(said("200"));
});

/** What `gcloud auth application-default login` leaves behind. */
function signedIn(): { readonly GOOGLE_APPLICATION_CREDENTIALS: string } {
  const file = join(bench.folder, "ana.json");
  const client = { client_id: GCLOUD_CLIENT, client_secret: "of-gcloud", refresh_token: "of-ana" };
  writeFileSync(file, JSON.stringify({ type: "authorized_user", ...client }));
  return { GOOGLE_APPLICATION_CREDENTIALS: file };
}

test("a job takes an access token of who stands in its row", async () => {
  google.runAs(accountOf("closing", "acme-prod-data"));
  expect(await attached("js", "job", settlement)).toEqual(said("200"));
  const FAKE_ACCESS_TOKEN = google.tokens.grant([`serviceAccount:${accountOf("erp")}`]);
  expect(await bench.run("sh", "job", { FAKE_ACCESS_TOKEN, SETTLEMENT_URL: settlement })).toEqual(said("403"));
});

test("a token is kept, sent beside the service's own key, and asked for anew after one 401", async () => {
  google.runAs(accountOf("erp"));
  const asked = (): number => google.http.requests.filter(({ path }) => path.endsWith("/identity")).length;
  const before = asked();
  expect(await attached("js", "many-calls", orders)).toEqual(said("200", "200", "200"));
  expect(asked() - before).toBe(1);
  // A wrong audience does not get better: one token to begin with, and one more for each call.
  expect(await attached("js", "many-calls", orders, ledger)).toEqual(said("401", "401", "401"));
  expect(asked() - before).toBe(1 + 4);
});

test("what is refused is refused as the table says", async () => {
  open(orders, { reachable: false });
  const [audience, undeclared, internal, branch, owner, expired] = await Promise.all([
    federate("partner", {}, { language: "sh", audience: orders }),
    federate("deploy", {}, { language: "sh", url: ledger }),
    federate("mesh", {}, { language: "sh", url: orders }),
    federate("release", { environment: "staging" }),
    federate("nightly-checks", { repository_owner_id: "1342005" }),
    federate("pipeline", { exp: 1 }),
  ]);
  expect(await fetch(google.http.url, { headers: { "x-fake-host": new URL(api).host } })).toMatchObject({
    status: 403,
  });
  expect([audience, undeclared, internal]).toEqual([said("401"), said("403"), said("404")]);
  expect([branch.code, owner.code, expired.code]).toEqual([1, 1, 1]);
  expect(branch.stderr).toContain("iam.serviceAccounts.getOpenIdToken");
  expect(owner.stderr).toContain("unauthorized_client");
  expect(expired.stderr).toContain("invalid_grant");
  open(orders);
  const rows = [...page.text.matchAll(/^\| (\d{3}[^|]*) \|/gm)].map(([, status]) => status);
  expect(rows).toEqual([
    "401",
    "403, with a token",
    "403, without a token",
    "404, not from the service",
    "400 of the Security Token Service",
    "403 of IAM Credentials",
  ]);
});

const hasPython = spawnSync("python3", ["-c", "import google.auth, requests"], { stdio: "ignore" }).status === 0;

test.skipIf(!hasPython)("Python with google-auth does the same", async () => {
  google.runAs(accountOf("erp"));
  expect(await attached("python", "metadata", orders)).toEqual(said("200"));
  expect(await federate("partner", {}, { language: "python" })).toEqual(said("200"));
  expect(google.front.calls.at(-1)).toMatchObject({ email: accountOf("partner") });
  expect((await federate("nightly-checks", { ref: "refs/heads/x" }, { language: "python" })).code).toBe(1);
});

test("every program of the page that says so was run", () => {
  const named = snippets.flatMap(({ language, name }) =>
    name === undefined || (language === "python" && !hasPython) ? [] : [`${language} ${name}`],
  );
  expect([...new Set(named)]).toEqual(named);
  expect([...bench.ran].sort()).toEqual(named.sort());
});
