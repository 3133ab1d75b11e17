import { createReadStream, existsSync } from "node:fs";
import { join } from "node:path";
import type { AuthClient, GoogleAuth } from "google-auth-library";
import type { TokenSource } from "./token-source.ts";
import type { Environment } from "../http/environment.ts";
import { allowSubjectUrl, type ExchangeHosts } from "./exchange.ts";
import { isObject } from "../words/json.ts";
import { SetupError } from "../http/setup-error.ts";

const SCOPE = "https://www.googleapis.com/auth/cloud-platform";

/** Where Application Default Credentials lie; undefined where there are none. docs: /docs/authentication/application-default-credentials */
export function findCredentialsFile(env: Environment): string | undefined {
  const named = env.GOOGLE_APPLICATION_CREDENTIALS;
  if (named !== undefined && named !== "") {
    if (!existsSync(named)) throw new SetupError(`GOOGLE_APPLICATION_CREDENTIALS names ${named}, which does not exist`);
    return named;
  }
  const folder =
    env.CLOUDSDK_CONFIG ||
    (env.APPDATA ? join(env.APPDATA, "gcloud") : env.HOME && join(env.HOME, ".config", "gcloud"));
  const file = folder ? join(folder, "application_default_credentials.json") : undefined;
  return file !== undefined && existsSync(file) ? file : undefined;
}

/**
 * The credentials of a file, through google-auth-library: keys of users and accounts, federation and impersonation. Its
 * clients are made to send everything through the given fetch.
 */
export async function readCredentialsFile(
  file: string,
  exchangeFetch: typeof fetch,
  hosts: ExchangeHosts,
): Promise<TokenSource & { readonly quotaProject: string | null }> {
  const library = await import("google-auth-library");
  const auth = confinedAuth(library, exchangeFetch, hosts);
  const client = await naming(file, () => auth.fromStream(createReadStream(file)));
  if (client.universeDomain !== "googleapis.com")
    throw new SetupError(`the credentials are of ${client.universeDomain}, and only googleapis.com is read`);
  return {
    reader: readerOf(library, client),
    quotaProject: client.quotaProjectId ?? null,
    async token() {
      const { token } = await naming(file, () => client.getAccessToken());
      if (typeof token !== "string" || token === "") throw new SetupError(`${file} gave no token`);
      return token;
    },
  };
}

type Library = typeof import("google-auth-library");

/** The library hands its transport options to some of its clients only: here all of them get ours. */
function confinedAuth(library: Library, exchangeFetch: typeof fetch, hosts: ExchangeHosts): GoogleAuth {
  const options = {
    // The transport repeats requests itself.
    transporterOptions: { fetchImplementation: exchangeFetch, retryConfig: { retry: 0, noResponseRetries: 0 } },
  };
  class ConfinedAuth extends library.GoogleAuth {
    override fromJSON(json: Parameters<GoogleAuth["fromJSON"]>[0]): ReturnType<GoogleAuth["fromJSON"]> {
      admitSource(json, hosts);
      const client = super.fromJSON({ ...json, ...options }, { ...options });
      // It makes the client of the token service without any options.
      if (client instanceof library.BaseExternalAccountClient)
        client["stsCredential"]["transporter"] = client.transporter;
      return client;
    }
  }
  // With an id given, the library does not start gcloud to ask for one.
  return new ConfinedAuth({ scopes: SCOPE, projectId: "-" });
}

/** Refuses kinds of credentials that the library sends past the given fetch, and notes the URL that others need. */
function admitSource(json: object, hosts: ExchangeHosts): void {
  const type = "type" in json && typeof json.type === "string" ? json.type : "";
  if (type === "gdch_service_account")
    throw new SetupError("credentials of Google Distributed Cloud are not supported");
  const source = "credential_source" in json && isObject(json.credential_source) ? json.credential_source : {};
  if (source.certificate !== undefined)
    throw new SetupError(
      "credentials that are sourced from a certificate are not supported",
      "set GOOGLE_OAUTH_ACCESS_TOKEN to a token that you made yourself",
    );
  if (typeof source.url === "string" && source.environment_id === undefined) allowSubjectUrl(hosts, source.url);
}

/** The identity, where the credentials name it without asking anybody. */
function readerOf(library: Library, client: AuthClient): string | null {
  if (client instanceof library.Impersonated) return client.getTargetPrincipal();
  if (client instanceof library.BaseExternalAccountClient) return client.getServiceAccountEmail();
  if (client instanceof library.JWT) return client.email ?? null;
  return null;
}

/** The library's errors with the file's name; none of them holds a secret, and they are cut. */
async function naming<T>(file: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof SetupError) throw error;
    const cause = findSetupError(error);
    if (cause !== undefined) throw cause;
    // Its message quotes the file.
    if (error instanceof SyntaxError) throw new SetupError(`${file} is not JSON`, signInAgain);
    const message = error instanceof Error ? error.message.replaceAll(/\s+/g, " ").slice(0, 300) : "";
    throw new SetupError(`the credentials of ${file} do not work: ${message}`, signInAgain);
  }
}

export const signInAgain =
  "run: gcloud auth application-default login; or set GOOGLE_OAUTH_ACCESS_TOKEN to the output of: gcloud auth print-access-token";

/** What our fetch threw comes back wrapped. */
function findSetupError(error: unknown): SetupError | undefined {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth += 1)
    if (cause instanceof SetupError) return cause;
  return undefined;
}
