import { type ApiClient, createApiClient } from "./api-client.ts";
import type { Clock } from "../http/clock.ts";
import { type Credentials, findCredentials } from "./credentials.ts";
import type { Environment } from "../http/environment.ts";
import { resolveEndpoints } from "./endpoints.ts";
import type { ExchangeHosts } from "./exchange.ts";
import { openConnections } from "../http/proxy.ts";
import { addPatience, type PatientTransport, type RetryLimits, standardLimits } from "./retry.ts";
import { createTransport } from "./transport.ts";

/** Everything that comes from outside. */
export interface ReadDeps {
  readonly env: Environment;
  readonly clock: Clock;
  /** Between 0 and 1: spreads repeated requests. */
  readonly random: () => number;
  /** Takes one line about how far it is. */
  readonly progress: (message: string) => void;
  /** Of the tool. */
  readonly version: string;
  /** Requests at a time, for each API. */
  readonly concurrency?: number;
  readonly limits?: Partial<RetryLimits>;
}

export interface Session {
  readonly client: ApiClient;
  readonly reader: string | null;
  /** APIs whose host is overridden. */
  readonly endpoints: Readonly<Record<string, string>>;
  readonly isTooLate: (waitMs: number) => boolean;
  readonly counts: () => Readonly<Record<string, number>>;
  readonly close: () => Promise<void>;
}

const CONCURRENCY = 64;

/** Connections and credentials, ready to read with. Throws a SetupError. */
export async function openSession(impersonate: string | null, deps: ReadDeps): Promise<Session> {
  const { patient, credentials, endpoints, close } = await openChannel(impersonate, deps, { mayMint: false });
  return {
    client: createApiClient(patient, credentials, deps.concurrency ?? CONCURRENCY),
    reader: credentials.reader,
    endpoints,
    isTooLate: patient.isTooLate,
    counts: patient.counts,
    close,
  };
}

/** What requests to Google go through, and as whom. */
export interface Channel {
  readonly patient: PatientTransport;
  readonly credentials: Credentials;
  /** APIs whose host is overridden. */
  readonly endpoints: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
}

/** Opens connections and finds credentials. Throws a SetupError. */
export async function openChannel(
  impersonate: string | null,
  deps: ReadDeps,
  { mayMint }: { readonly mayMint: boolean },
): Promise<Channel> {
  const { env, clock, random, version, concurrency = CONCURRENCY } = deps;
  const endpoints = resolveEndpoints(env);
  const connections = openConnections(env, concurrency);
  try {
    const hosts: ExchangeHosts = {};
    const userAgent = `trust-matrix/${version}`;
    const transport = createTransport({ endpoints, connections, userAgent, exchangeHosts: () => hosts, mayMint });
    const patient = addPatience(transport, { clock, random, limits: { ...standardLimits, ...deps.limits } });
    const credentials = await findCredentials({ env, clock, transport, patient, hosts, impersonate });
    return { patient, credentials, endpoints: endpoints.overridden, close: connections.close };
  } catch (error) {
    await connections.close();
    throw error;
  }
}
