import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openSession } from "../../src/gcp/open-session.ts";
import { SetupError } from "../../src/http/setup-error.ts";
import { virtualClock } from "./virtual-clock.ts";

const user = { type: "authorized_user", client_id: "c", client_secret: "s", refresh_token: "r" };
const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const key = privateKey.export({ type: "pkcs8", format: "pem" }).toString();

/** The library would send these through clients of its own; a proxy that refuses sees where everything goes. */
test.each([
  ["the key of a user", user, "oauth2.googleapis.com:443"],
  [
    "the key of an account",
    { type: "service_account", client_email: "a@b.test", private_key: key },
    "oauth2.googleapis.com:443",
  ],
  [
    "an account that a user impersonates",
    {
      type: "impersonated_service_account",
      source_credentials: user,
      service_account_impersonation_url:
        "https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/ci@acme.iam.gserviceaccount.com:generateAccessToken",
    },
    "oauth2.googleapis.com:443",
  ],
  [
    "a source that is a URL",
    {
      type: "external_account",
      audience: "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/q",
      subject_token_type: "urn:ietf:params:oauth:token-type:jwt",
      token_url: "https://sts.googleapis.com/v1/token",
      credential_source: { url: "https://tokens.example.test/subject" },
    },
    "tokens.example.test:443",
  ],
])("%s goes through the one transport", async (_, content, host) => {
  const folder = mkdtempSync(join(tmpdir(), "matrix-credentials-"));
  const file = join(folder, "credentials.json");
  writeFileSync(file, JSON.stringify(content));
  const connected: string[] = [];
  const proxy = createServer();
  proxy.on("connect", (request, socket) => {
    connected.push(request.url ?? "");
    socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
  });
  await new Promise<void>((resolve) => {
    proxy.listen(0, "127.0.0.1", resolve);
  });
  const address = proxy.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  try {
    const failure = await openSession(null, {
      env: { GOOGLE_APPLICATION_CREDENTIALS: file, HTTPS_PROXY: `http://127.0.0.1:${port}` },
      clock: virtualClock(),
      random: () => 0,
      progress: () => undefined,
      version: "1",
      limits: { attempts: 1, timeoutMs: 2000 },
    }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(SetupError);
    expect(String(failure)).toContain("the proxy of HTTPS_PROXY refuses to connect (502)");
    expect([...new Set(connected)]).toEqual([host]);
  } finally {
    rmSync(folder, { recursive: true });
    await new Promise((resolve) => {
      proxy.close(resolve);
      proxy.closeAllConnections();
    });
  }
});
