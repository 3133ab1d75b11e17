import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Environment } from "../../src/http/environment.ts";
import { openSession } from "../../src/gcp/open-session.ts";
import { SetupError } from "../../src/http/setup-error.ts";
import { startTiny, type TinyServer } from "./tiny-server.ts";
import { virtualClock } from "./virtual-clock.ts";

const secret = "ya29.very-secret";
const closers: (() => Promise<unknown>)[] = [];
let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "matrix-credentials-"));
});
afterEach(async () => {
  await Promise.all(closers.splice(0).map((close) => close()));
  rmSync(folder, { recursive: true });
});

/** Google's hosts of token exchange and one API, all in one. */
async function startGoogle(own: (url: string) => object | undefined = () => undefined): Promise<TinyServer> {
  const server = await startTiny((request, response) => {
    const url = request.url ?? "";
    response.setHeader("metadata-flavor", "Google");
    const answer = own(url) ?? answers(url);
    response.statusCode = answer === undefined ? 404 : 200;
    response.setHeader("content-type", typeof answer === "string" ? "application/text" : "application/json");
    response.end(typeof answer === "string" ? answer : JSON.stringify(answer ?? {}));
  });
  closers.push(server.close);
  return server;
}

function answers(url: string): object | string | undefined {
  if (url === "/v1/token")
    return { access_token: secret, token_type: "Bearer", expires_in: 3600, issued_token_type: "x" };
  if (url.endsWith(":generateAccessToken"))
    return {
      accessToken: `${secret}-${decodeURIComponent(url).split("/").at(-1)}`,
      expireTime: "2099-01-01T00:00:00Z",
    };
  if (url.startsWith("/computeMetadata/v1/instance/service-accounts/default/token"))
    return { access_token: secret, expires_in: 3599 };
  if (url === "/computeMetadata/v1/instance/service-accounts/default/email") return "vm@acme.iam.gserviceaccount.com\n";
  if (url === "/subject") return { id_token: "subject" };
  if (url === "/v1/roles/x" || url === "/") return {};
  return undefined;
}

function endpoints({ url }: TinyServer): Environment {
  return Object.fromEntries(
    ["IAM", "STS", "IAMCREDENTIALS"].map((api) => [`CLOUDSDK_API_ENDPOINT_OVERRIDES_${api}`, url]),
  );
}

async function open(env: Environment, impersonate: string | null = null) {
  const session = await openSession(impersonate, {
    env: { METADATA_SERVER_DETECTION: "none", ...env },
    clock: virtualClock(),
    random: () => 0,
    progress: () => undefined,
    version: "1",
    limits: { attempts: 1, timeoutMs: 2000 },
  });
  closers.push(session.close);
  return session;
}

/** The authorization header that an API gets to see. */
async function authorizationOf(server: TinyServer, env: Environment, impersonate: string | null = null) {
  const session = await open({ ...endpoints(server), ...env }, impersonate);
  await session.client.call({ api: "iam", path: "v1/roles/x" });
  const headers = server.requests.at(-1)?.headers;
  return { reader: session.reader, authorization: headers?.authorization, quota: headers?.["x-goog-user-project"] };
}

function file(content: object): Environment {
  const path = join(folder, "credentials.json");
  writeFileSync(path, JSON.stringify(content));
  return { GOOGLE_APPLICATION_CREDENTIALS: path };
}

const federated = {
  type: "external_account",
  audience: "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/q",
  subject_token_type: "urn:ietf:params:oauth:token-type:jwt",
  token_url: "https://sts.googleapis.com/v1/token",
};
const impersonationUrl =
  "https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/ci@acme.iam.gserviceaccount.com:generateAccessToken";

test("GOOGLE_OAUTH_ACCESS_TOKEN wins over every file, and asks nobody", async () => {
  const server = await startGoogle();
  const env = { ...file(federated), GOOGLE_OAUTH_ACCESS_TOKEN: " fake\n", GOOGLE_CLOUD_QUOTA_PROJECT: "payer" };
  expect(await authorizationOf(server, env)).toEqual({ reader: null, authorization: "Bearer fake", quota: "payer" });
  expect(server.seen).toEqual(["GET /v1/roles/x"]);
});

describe("federation", () => {
  test("from a file goes through the token service of the endpoint", async () => {
    const server = await startGoogle();
    writeFileSync(join(folder, "subject"), "subject");
    const env = file({ ...federated, credential_source: { file: join(folder, "subject") } });
    expect(await authorizationOf(server, env)).toMatchObject({ reader: null, authorization: `Bearer ${secret}` });
    expect(server.seen).toEqual(["POST /v1/token", "GET /v1/roles/x"]);
    expect(server.requests[0]?.body).toContain("subject_token=subject");
  });

  test("with impersonation names the account", async () => {
    const server = await startGoogle();
    const { url } = server;
    const env = file({
      ...federated,
      service_account_impersonation_url: impersonationUrl,
      credential_source: { url: `${url}subject`, format: { type: "json", subject_token_field_name: "id_token" } },
    });
    const found = await authorizationOf(server, env);
    expect(found.reader).toBe("ci@acme.iam.gserviceaccount.com");
    expect(found.authorization).toBe(`Bearer ${secret}-ci@acme.iam.gserviceaccount.com:generateAccessToken`);
    expect(server.seen[0]).toBe("GET /subject");
    expect(server.seen).toHaveLength(4);
  });

  test.each([
    [
      "a token service elsewhere",
      { token_url: "https://evil.test/v1/token", credential_source: { file: "subject" } },
      "https://evil.test, which is not on the list",
    ],
    [
      "a source without TLS",
      { credential_source: { url: "http://example.test/token" } },
      "without TLS: http://example.test",
    ],
    ["a certificate", { credential_source: { certificate: {} } }, "sourced from a certificate are not supported"],
    [
      "another universe",
      { universe_domain: "example.test", credential_source: { file: "subject" } },
      "credentials are of example.test",
    ],
  ])("with %s is refused", async (_, part, message) => {
    const server = await startGoogle();
    writeFileSync(join(folder, "subject"), "subject");
    const source = "file" in part.credential_source ? { file: join(folder, "subject") } : part.credential_source;
    const env = { ...endpoints(server), ...file({ ...federated, ...part, credential_source: source }) };
    await expect(open(env)).rejects.toThrow(SetupError);
    await expect(open(env)).rejects.toThrow(message);
    expect(server.seen).toEqual([]);
  });
});

describe("the machine's own account", () => {
  test("is used where there is no file", async () => {
    const server = await startGoogle();
    const env = { METADATA_SERVER_DETECTION: "", GCE_METADATA_HOST: new URL(server.url).host };
    expect(await authorizationOf(server, env)).toMatchObject({
      reader: "vm@acme.iam.gserviceaccount.com",
      authorization: `Bearer ${secret}`,
    });
    expect(server.requests[0]?.headers["metadata-flavor"]).toBe("Google");
  });

  test("is not asked for at a host of any name", async () => {
    const env = { METADATA_SERVER_DETECTION: "", GCE_METADATA_HOST: "metadata.evil.test" };
    await expect(open(env)).rejects.toThrow("GCE_METADATA_HOST is not a metadata server");
  });
});

describe("impersonation", () => {
  const target = "reader@acme.iam.gserviceaccount.com";

  test("reads as the account that is named", async () => {
    const server = await startGoogle();
    const found = await authorizationOf(server, { GOOGLE_OAUTH_ACCESS_TOKEN: "mine" }, `hop@acme.test, ${target}`);
    expect(found).toMatchObject({ reader: target, authorization: `Bearer ${secret}-${target}:generateAccessToken` });
    expect(server.requests[0]?.headers.authorization).toBe("Bearer mine");
    expect(JSON.parse(server.requests[0]?.body ?? "")).toMatchObject({
      delegates: ["projects/-/serviceAccounts/hop@acme.test"],
    });
    expect(server.seen.filter((line) => line.startsWith("POST"))).toHaveLength(1);
  });

  test("that is refused says so, without the token", async () => {
    const server = await startGoogle((url) => (url.endsWith("Token") ? { echo: "mine" } : undefined));
    const failure = await open({ ...endpoints(server), GOOGLE_OAUTH_ACCESS_TOKEN: "mine" }, target).catch(
      (error: unknown) => error,
    );
    expect(String(failure)).toContain(`${target} cannot be impersonated (200`);
    expect(String(failure)).not.toContain("mine");
  });

  test.each(["reader", "a/b@c", "", "a@b,"])("of %j is refused", async (name) => {
    await expect(open({ GOOGLE_OAUTH_ACCESS_TOKEN: "mine" }, name)).rejects.toThrow("is not the email");
  });
});

describe("without credentials", () => {
  test("the error says what to do", async () => {
    await expect(open({ HOME: folder })).rejects.toMatchObject({
      message: "there are no credentials to read Google Cloud with",
      help: expect.stringContaining("gcloud auth application-default login"),
    });
  });

  test("a file that is not there is named", async () => {
    await expect(open({ GOOGLE_APPLICATION_CREDENTIALS: "/nowhere.json" })).rejects.toThrow(
      "names /nowhere.json, which does not exist",
    );
  });

  test.each(["hidden-thing", '{"refresh_token": "hidden-thing"'])(
    "a file that holds %s is named, without its content",
    async (text) => {
      const path = join(folder, "broken.json");
      writeFileSync(path, text);
      const failure = await open({ GOOGLE_APPLICATION_CREDENTIALS: path }).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(SetupError);
      expect(String(failure)).toContain(`${path} is not JSON`);
      expect(String(failure)).not.toContain("hidden-thing");
    },
  );

  test("a token with a line break in it is refused", async () => {
    await expect(open({ GOOGLE_OAUTH_ACCESS_TOKEN: "a\nb" })).rejects.toThrow(
      "GOOGLE_OAUTH_ACCESS_TOKEN is not a token",
    );
  });
});
