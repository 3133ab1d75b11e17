import { type ReadRequest, readSnapshot } from "../../src/gcp/read-snapshot.ts";
import type { Snapshot } from "../../src/snapshot/snapshot.ts";
import type { Cloud } from "./server.ts";

export const readAt = Date.parse("2026-11-22T08:00:00Z");

/** A clock on which waiting takes no time at all: only what is waited for moves it. */
function impatientClock(): { readonly now: () => number; readonly sleep: (milliseconds: number) => Promise<void> } {
  let now = readAt;
  return {
    now: () => now,
    sleep: (milliseconds) => {
      now += milliseconds;
      return Promise.resolve();
    },
  };
}

export interface ReadOptions {
  /** Of a single request, in real time. */
  readonly timeoutMs?: number;
  /** How often one request is sent at most. */
  readonly attempts?: number;
}

/** The snapshot that the reader makes of the cloud, by the way that the command goes. */
export async function readWorld(
  cloud: Cloud,
  request: Partial<ReadRequest>,
  { timeoutMs = 10_000, attempts = 4 }: ReadOptions = {},
): Promise<Snapshot> {
  const { snapshot } = await readSnapshot(
    { environment: "prod", projects: [], scope: [], groups: true, activity: true, accounts: [], ...request },
    {
      env: cloud.env,
      clock: impatientClock(),
      random: () => 0.5,
      progress: () => undefined,
      version: "0.0.0",
      limits: { timeoutMs, attempts },
    },
  );
  return snapshot;
}
