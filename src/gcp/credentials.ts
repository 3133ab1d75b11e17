import type { Clock } from "../http/clock.ts";
import { findCredentialsFile, readCredentialsFile, signInAgain } from "./default-credentials.ts";
import type { Environment } from "../http/environment.ts";
import { createExchangeFetch, type ExchangeHosts } from "./exchange.ts";
import { impersonate } from "./impersonation.ts";
import { findMachineAccount } from "./metadata-server.ts";
import type { PatientTransport } from "./retry.ts";
import { SetupError } from "../http/setup-error.ts";
import type { TokenSource } from "./token-source.ts";
import type { Transport } from "./transport.ts";

export interface Credentials {
  readonly reader: string | null;
  /** The headers of a request, and the secret in them. */
  readonly headers: () => Promise<{ readonly headers: Readonly<Record<string, string>>; readonly secret: string }>;
}

export interface CredentialsOptions {
  readonly env: Environment;
  readonly clock: Clock;
  /** For probing the metadata server, which must fail fast. */
  readonly transport: Transport;
  readonly patient: PatientTransport;
  readonly hosts: ExchangeHosts;
  /** The value of `--impersonate-service-account`. */
  readonly impersonate: string | null;
}

/**
 * The credentials to read with: GOOGLE_OAUTH_ACCESS_TOKEN, else Application Default Credentials, else the account of the
 * machine. Throws a SetupError that says what to do where there are none, or where they do not work.
 */
export async function findCredentials(options: CredentialsOptions): Promise<Credentials> {
  const { env, patient, clock } = options;
  const own = await findSource(options);
  const source = options.impersonate === null ? own : impersonate(own, options.impersonate, patient, clock);
  const quotaProject = env.GOOGLE_CLOUD_QUOTA_PROJECT || own.quotaProject;
  const quota = quotaProject ? { "x-goog-user-project": quotaProject } : {};
  // Fails here, once, rather than at every request.
  await source.token();
  return {
    reader: source.reader,
    async headers() {
      const secret = await source.token();
      return { headers: { authorization: `Bearer ${secret}`, ...quota }, secret };
    },
  };
}

async function findSource(
  options: CredentialsOptions,
): Promise<TokenSource & { readonly quotaProject: string | null }> {
  const { env, transport, patient, hosts, clock } = options;
  const given = env.GOOGLE_OAUTH_ACCESS_TOKEN?.trim();
  if (given !== undefined && given !== "") {
    if (!/^[\u0021-\u007e]+$/.test(given)) throw new SetupError("GOOGLE_OAUTH_ACCESS_TOKEN is not a token");
    return { reader: null, quotaProject: null, token: () => Promise.resolve(given) };
  }
  const file = findCredentialsFile(env);
  if (file !== undefined) return readCredentialsFile(file, createExchangeFetch(patient, hosts), hosts);
  const machine = await findMachineAccount(env, transport, hosts, clock);
  if (machine !== undefined) return { ...machine, quotaProject: null };
  throw new SetupError("there are no credentials to read Google Cloud with", signInAgain);
}
