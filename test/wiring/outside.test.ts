import { execFile } from "node:child_process";
import { chmodSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { AwsClient, ExternalAccountClient, IdentityPoolClient } from "google-auth-library";
import { expect, test } from "vitest";
import { callerKinds } from "../../src/callers/registry.ts";
import type { WiredCaller } from "../../src/wiring/wiring-report.ts";
import { runMatrix, temporaryFolder } from "../cli/test-io.ts";
import { matrix } from "../drift/cases/drift-case.ts";
import { wireCaller } from "../../src/wiring/wire-caller.ts";
import { ask, callTo, endpointOf, wired } from "./wired.ts";

const details: Readonly<Record<string, string>> = {
  gke: "{ namespace: risk, serviceAccount: scorer }",
  aws: '{ account: "123456789012", role: pricing }',
  github: '{ ownerId: "1342004", repository: acme/shop, branch: main }',
  gitlab: '{ namespaceId: "987", project: acme/shop, branch: main }',
  oidc: '{ issuer: "https://issuer.acme.example", audience: matrix, subject: batch-7 }',
  spiffe: '{ trustDomain: acme.internal, path: /ns/risk, issuer: "https://spire.acme.example" }',
};

function shopOf(kind: string, written = details[kind] ?? "{}"): string {
  return matrix(`
services: { ledger: { ingress: all }, settle: { kind: job } }
callers: { them: { ${kind}: ${written} } }
trust: { them -> ledger: Calls, them -> settle: Starts }
`);
}

function providerOf({ outside }: WiredCaller): NonNullable<NonNullable<WiredCaller["outside"]>["provider"]> {
  return outside?.provider ?? expect.fail("no provider");
}

const workloads = Object.values(callerKinds).filter(({ nature }) => nature === "workload");

test("every kind of workload says what is set on it, what it needs, and who acts as its account", () => {
  const told = workloads.map(({ kind }) => {
    const them = wired("them", ask(shopOf(kind)));
    const [service, job] = ["ledger", "settle"].map((callee) => endpointOf(callTo(callee, them)));
    const set = (settings: WiredCaller["settings"] | undefined): string =>
      (settings ?? []).map(({ command }) => command?.split(" ").slice(0, 4).join(" ") ?? "by hand").join(", ");
    const needs = them.needs.map(({ by, role }) => `${by} ${role.replace(/^roles\//, "")}`).join(", ");
    return [
      `${kind}:`,
      them.outside === null ? "itself" : them.outside.kind,
      `| ${set(them.settings)} | ${set(service?.settings)} | ${set(job?.settings)}${job?.notes.length === 0 ? "" : "never"}`,
      `| ${needs}`,
    ].join(" ");
  });
  expect(told).toMatchInlineSnapshot(`
    [
      "gke: known | kubectl annotate serviceaccount scorer |  |  | ",
      "aws: pooled |  |  |  | ",
      "github: pooled |  |  |  | ",
      "gitlab: pooled |  |  |  | ",
      "oidc: pooled |  |  |  | ",
      "spiffe: pooled |  |  |  | ",
      "scheduler: itself |  | gcloud scheduler jobs update | gcloud scheduler jobs update | hand iam.serviceAccountUser, hand cloudscheduler.serviceAgent",
      "tasks: itself |  | gcloud tasks create-http-task --queue | gcloud tasks create-http-task --queue | hand iam.serviceAccountUser, hand cloudtasks.serviceAgent",
      "pubsub: itself |  | gcloud pubsub subscriptions update | never | hand iam.serviceAccountUser, hand iam.serviceAccountTokenCreator",
      "eventarc: itself | gcloud eventarc triggers update |  | never | synth eventarc.eventReceiver, hand iam.serviceAccountUser, hand iam.serviceAccountTokenCreator, hand pubsub.publisher",
      "workflows: itself | gcloud workflows deploy WORKFLOW | by hand | by hand | hand iam.serviceAccountUser",
      "build: itself | gcloud builds triggers update |  |  | synth iam.serviceAccountOpenIdTokenCreator, hand iam.serviceAccountUser",
      "api-gateway: itself | gcloud api-gateway api-configs create | by hand | never | hand iam.serviceAccountUser",
      "compute: itself | gcloud compute instances set-service-account |  |  | hand iam.serviceAccountUser",
      "functions: itself | gcloud functions deploy FUNCTION |  |  | hand iam.serviceAccountUser",
      "appengine: itself | gcloud app deploy APP_YAML |  |  | hand iam.serviceAccountUser",
    ]
  `);
});

test("Google's library takes every credential configuration, and finds the token where it says", async () => {
  for (const kind of ["aws", "github", "gitlab", "oidc", "spiffe"]) {
    const { credentials, tokenFile } = providerOf(wired("them", ask(shopOf(kind))));
    const client = ExternalAccountClient.fromJSON(credentials as Parameters<typeof ExternalAccountClient.fromJSON>[0]);
    expect([kind, client]).toEqual([kind, expect.any(kind === "aws" ? AwsClient : IdentityPoolClient)]);
    expect([kind, tokenFile === null]).toEqual([kind, kind === "aws"]);
    expect(JSON.stringify(credentials)).not.toMatch(/impersonation|secret_|private|password|-sa@/);
  }
});

test("the lines for GitHub ask for the provider's audience and leave the token where the library reads it", async () => {
  const asked: unknown[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "", "http://localhost");
    asked.push(url.searchParams.get("audience"), request.headers.authorization);
    response.end(JSON.stringify({ value: "the-token" }));
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  try {
    const file = join(temporaryFolder(), "it's a token.json");
    const { name, fetch, credentials } = providerOf(wired("them", { ...ask(shopOf("github")), tokenFile: file }));
    const { port } = server.address() as AddressInfo;
    await promisify(execFile)("sh", ["-c", fetch.join("\n")], {
      env: {
        PATH: process.env["PATH"],
        ACTIONS_ID_TOKEN_REQUEST_TOKEN: "of-the-job",
        ACTIONS_ID_TOKEN_REQUEST_URL: `http://127.0.0.1:${port}/token?api-version=2.0`,
      },
    });
    expect(asked).toEqual([`https://iam.googleapis.com/${name}`, "Bearer of-the-job"]);
    const client = ExternalAccountClient.fromJSON(credentials as Parameters<typeof ExternalAccountClient.fromJSON>[0]);
    expect(await client?.retrieveSubjectToken()).toBe("the-token");
  } finally {
    server.close();
  }
});

test("the number of a project comes from the matrix, or else from the snapshot", () => {
  const unnumbered = shopOf("github").replace(', number: "111111111111"', "");
  const without = wired("them", ask(unnumbered));
  expect([without.outside?.member, providerOf(without)]).toEqual([
    null,
    expect.objectContaining({ name: null, credentials: null, audience: null, fetch: [] }),
  ]);
  // What names no URL is said without one; what is not known is not complete.
  for (const kind of ["gke", "compute", "eventarc"]) {
    const { settings } = wired("them", ask(shopOf(kind).replace(', number: "111111111111"', "")));
    expect([kind, settings]).toEqual([kind, wired("them", ask(shopOf(kind))).settings]);
  }
  const question = ask(unnumbered);
  expect(wireCaller(question.world.callers.get("them") ?? expect.fail(), question).complete).toBe(false);
  const seen = wired("them", { ...ask(unnumbered), numbers: new Map([["acme-prod", "111111111111"]]) });
  expect(seen.outside).toEqual(wired("them", ask(shopOf("github"))).outside);
});

test("a command line says exactly what a setting says, whatever things are called", async () => {
  const hostile = 'it\'s$(reboot)`id`;"x"';
  const { settings } = endpointOf(
    callTo("ledger", wired("them", ask(shopOf("scheduler", JSON.stringify({ job: hostile }))))),
  );
  const command = settings[0]?.command ?? expect.fail();
  const { stdout } = await promisify(execFile)("sh", ["-c", `printf '%s\\n' ${command}`]);
  expect(stdout.split("\n").slice(0, 8)).toEqual([
    "gcloud",
    "scheduler",
    "jobs",
    "update",
    "http",
    hostile,
    "--location",
    "LOCATION",
  ]);
  // Nothing that a matrix says is taken for an option.
  const option = wired("them", ask(shopOf("scheduler", '{ job: "--impersonate-service-account=a@b.c" }')));
  expect(endpointOf(callTo("ledger", option)).settings[0]?.command).toMatch(/ http JOB --location /);
});

test("a shell that sources --format env knows whom to act as, and where to", async () => {
  const cwd = temporaryFolder();
  const { stdout } = await runMatrix(["wiring", "them", "-", "--format", "env"], {
    cwd,
    stdin: Buffer.from(shopOf("aws")),
  });
  const printed = await promisify(execFile)("sh", [
    "-euc",
    `${stdout}\nprintf '%s %s' "$IMPERSONATE_SERVICE_ACCOUNT" "$SETTLE_URL"`,
  ]);
  expect(printed.stdout).toBe(
    `${wired("them", ask(shopOf("aws"))).account?.email} https://run.googleapis.com/v2/projects/acme-prod/locations/europe-west1/jobs/settle:run`,
  );
});

test("files are written whole, say where they are, and hold what the report holds", async () => {
  const cwd = temporaryFolder();
  const told = async (kind: string, ...argv: readonly string[]): Promise<readonly [number, string, string]> => {
    const ran = await runMatrix(["wiring", "them", "-", ...argv], { cwd, stdin: Buffer.from(shopOf(kind)) });
    return [ran.code, ran.stdout, ran.stderr];
  };
  expect(await told("oidc", "--credentials", "a.json")).toEqual([0, "", "wrote a.json\n"]);
  expect(JSON.parse(readFileSync(join(cwd, "a.json"), "utf8"))).toEqual(
    providerOf(wired("them", ask(shopOf("oidc")))).credentials,
  );
  expect(await told("gke", "--manifest", "a.yaml", "--quiet")).toEqual([0, "", ""]);
  expect(readFileSync(join(cwd, "a.yaml"), "utf8")).toContain("iam.gke.io/gcp-service-account: them-sa");
  for (const { kind } of workloads) {
    const [code] = await told(kind, "--credentials", "-");
    expect([kind, code]).toEqual([kind, callerKinds[kind].token.way === "federation" ? 0 : 2]);
  }
});

test("no file is replaced but one of the same sort, which keeps its mode", async () => {
  const cwd = temporaryFolder();
  const at = (name: string): string => join(cwd, name);
  const write = (kind: string, option: string, name: string) =>
    runMatrix(["wiring", "them", "-", option, name], { cwd, stdin: Buffer.from(shopOf(kind)) });
  const key = '{ "type": "service_account", "private_key": "x" }';
  for (const [name, text] of [
    ["matrix.yaml", shopOf("github")],
    ["key.json", key],
    ["empty", ""],
    ["two.yaml", `apiVersion: v1\nkind: ServiceAccount\niam.gke.io/gcp-service-account: x\n---\nkind: Secret\n`],
  ] as const) {
    writeFileSync(at(name), text);
    for (const [kind, option] of [
      ["github", "--credentials"],
      ["gke", "--manifest"],
    ] as const) {
      expect([name, await write(kind, option, name)]).toEqual([name, expect.objectContaining({ code: 2, stdout: "" })]);
      expect(readFileSync(at(name), "utf8")).toBe(text);
    }
  }
  expect((await write("github", "--credentials", "a.json")).code).toBe(0);
  chmodSync(at("a.json"), 0o640);
  symlinkSync(at("a.json"), at("link"));
  const linked = await write("oidc", "--credentials", "link");
  expect([linked.code, linked.stderr]).toEqual([2, expect.stringContaining("link is a link")]);
  expect((await write("oidc", "--credentials", "a.json")).code).toBe(0);
  expect(statSync(at("a.json")).mode & 0o777).toBe(0o640);
  expect(JSON.parse(readFileSync(at("a.json"), "utf8"))).toEqual(
    providerOf(wired("them", ask(shopOf("oidc")))).credentials,
  );
  for (const again of [0, 1]) expect([again, (await write("gke", "--manifest", "a.yaml")).code]).toEqual([again, 0]);
});

test("what signs in says all that the command line said, and a shell knows the provider and the file of the token", async () => {
  const cwd = temporaryFolder();
  writeFileSync(join(cwd, "other.yaml"), shopOf("github"));
  const argv = ["wiring", "them", "other.yaml", "--env", "prod", "--token-file", "/run/t o"];
  const { stdout } = await runMatrix(argv, { cwd });
  expect(stdout).toContain(
    "matrix wiring them other.yaml --env prod --token-file '/run/t o' --credentials FILE writes",
  );
  const { name } = providerOf(wired("them", ask(shopOf("github"))));
  const env = (await runMatrix([...argv, "--format", "env"], { cwd })).stdout;
  expect(env).toContain(`PROVIDER=//iam.googleapis.com/${name}\nTOKEN_FILE='/run/t o'\n`);
});
