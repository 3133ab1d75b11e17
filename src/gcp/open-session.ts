import { type ApiClient, createApiClient } from "./api-client.ts";
import type { Clock } from "../http/clock.ts";
import { findCredentials } from "./credentials.ts";
import type { Environment } from "../http/environment.ts";
import { resolveEndpoints } from "./endpoints.ts";
import type { ExchangeHosts } from "./exchange.ts";
import { openConnections } from "../http/proxy.ts";
import { addPatience, type RetryLimits, standardLimits } from "./retry.ts";
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
  const { env, clock, random, version, concurrency = CONCURRENCY } = deps;
  const endpoints = resolveEndpoints(env);
  const connections = openConnections(env, concurrency);
  try {
    const hosts: ExchangeHosts = {};
    const userAgent = `trust-matrix/${version}`;
    const transport = createTransport({ endpoints, connections, userAgent, exchangeHosts: () => hosts });
    const patient = addPatience(transport, { clock, random, limits: { ...standardLimits, ...deps.limits } });
    const credentials = await findCredentials({ env, clock, transport, patient, hosts, impersonate });
    return {
      client: createApiClient(patient, credentials, concurrency),
      reader: credentials.reader,
      endpoints: endpoints.overridden,
      isTooLate: patient.isTooLate,
      counts: patient.counts,
      close: connections.close,
    };
  } catch (error) {
    await connections.close();
    throw error;
  }
}
