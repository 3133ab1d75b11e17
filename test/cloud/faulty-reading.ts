import { expect } from "vitest";
import { evaluateAccess } from "../../src/access/evaluate-access.ts";
import type { Instant } from "../../src/time/instant.ts";
import type { Snapshot } from "../../src/snapshot/snapshot.ts";
import { indistinguishable } from "./fault-tables.ts";
import type { Fault } from "./faults.ts";
import { findLies, findUnread } from "./honesty.ts";
import { type ReadOptions, readWorld } from "./read-world.ts";
import { type Cloud, type SeenRequest, startCloud } from "./server.ts";
import { tinyWorld } from "./tiny-world.ts";

/** The fault of a request by its name, and of its how manieth coming. */
export type NamedFaults = (name: string, nth: number) => Fault | undefined;

/** A small cloud that is read over and over, with faults in other places each time. */
export interface FaultyReading {
  readonly cloud: Cloud;
  /** What is read where nothing goes wrong. */
  readonly truth: Snapshot;
  /** The names of the requests that it takes. Sorted. */
  readonly requests: readonly string[];
  readonly read: (faults: NamedFaults, options?: ReadOptions) => Promise<Snapshot>;
}

export async function startFaultyReading(): Promise<FaultyReading> {
  let current: NamedFaults = () => undefined;
  const cloud = await startCloud(tinyWorld, {
    pageSize: 1,
    faults: (request, nth) => current(nameOf(request), nth),
  });
  async function read(faults: NamedFaults, options: ReadOptions = {}): Promise<Snapshot> {
    cloud.forget();
    current = faults;
    return readWorld(cloud, { projects: ["acme"], scope: ["organizations/111"] }, options);
  }
  const truth = await read(() => undefined);
  expect(cloud.violations).toStrictEqual([]);
  return { cloud, truth, requests: [...new Set(cloud.requests.map(nameOf))].sort(), read };
}

/** The request without what makes it long: its query, but for whether it asks for a second page. */
function nameOf({ method, api, path, query }: SeenRequest): string {
  const short = decodeURIComponent(path)
    .replace(/groups\/[0-9a-f]+/, "groups/OPS")
    .replace(/serviceAccounts\/(\w+)@[\w.-]+/, (_, name: string) => `serviceAccounts/${name.toUpperCase()}`);
  return `${method} ${api}${short}${/pageToken|continue/.test(query) ? " page 2" : ""}`;
}

/** The snapshot where one request goes wrong each time that it is made. Ends, and after few requests. */
export async function readWith(
  { read, cloud, requests }: FaultyReading,
  fault: Fault,
  request: string,
): Promise<Snapshot> {
  const seen = await read(
    (name) => (name === request ? fault : undefined),
    fault === "stall" ? { attempts: 1, timeoutMs: 200 } : { attempts: 2 },
  );
  expect(cloud.requests.length, `requests when ${request} is ${fault}`).toBeLessThan(2 * requests.length);
  return seen;
}

/**
 * Expects that the snapshot with the fault says nothing that is not so. Gives what it says that it could not read, or
 * undefined for a wrong answer that is a right one of another world: there the difference must be real.
 */
export async function expectHonest(
  reading: FaultyReading,
  fault: Fault,
  request: string,
): Promise<readonly string[] | undefined> {
  const seen = await readWith(reading, fault, request);
  const lies = findLies(reading.truth, seen);
  if (indistinguishable[fault]?.includes(request) === true) {
    expect(lies, request).not.toStrictEqual([]);
    return undefined;
  }
  expect(lies, request).toStrictEqual([]);
  const unread = findUnread(seen);
  expect(gapsIn(seen), `${request} is ${fault}: ${unread.join(", ")}`).toBe(unread.some(matters));
  return unread;
}

/** Activity decides nothing. A group whose members were not read is judged as one; accounts of projects that were not read are no part of the scope. */
function matters(name: string): boolean {
  return !/^members of |^activity of |@elsewhere/.test(name);
}

/** Whether drift would call its result incomplete: the evaluator names something in the scope that was not read. */
function gapsIn(snapshot: Snapshot): boolean {
  const asOf = Date.parse(snapshot.finishedAt) as Instant;
  return evaluateAccess(snapshot, { asOf, indirect: "none" }).unread.some(({ inScope }) => inScope);
}
