import { isDeepStrictEqual } from "node:util";
import type { IapRecord, Reading, ServiceRecord, Snapshot } from "../../src/snapshot/snapshot.ts";

/** How each thing in a snapshot was read, by a name that says what it is, with its own content alone. */
export type Readings = ReadonlyMap<string, Reading<unknown>>;

/** Takes a snapshot apart, so that a policy that was not read does not make its service differ. */
export function readingsOf(snapshot: Snapshot): Readings {
  const found = new Map<string, Reading<unknown>>();
  for (const { resource, projects } of snapshot.scopes) {
    found.set(`projects below ${resource}`, projects);
  }
  for (const { resource, details, policy, deny } of snapshot.containers) {
    found.set(`details of ${resource}`, details);
    found.set(`policy of ${resource}`, policy);
    found.set(`deny policies of ${resource}`, deny);
  }
  for (const { project, services, jobs, accounts, pools, iap } of snapshot.projects) {
    addServices(found, `services of ${project}`, services);
    addServices(found, `jobs of ${project}`, jobs);
    found.set(`accounts of ${project}`, accounts);
    addParts(found, `pools of ${project}`, pools, ({ providers, ...pool }) => {
      found.set(`providers of ${pool.name}`, providers);
      return pool;
    });
    addIap(found, iap);
  }
  for (const { email, details, keys, policy, lastAuthenticated } of snapshot.accounts) {
    found.set(`account ${email}`, details);
    if (keys !== undefined && policy !== undefined) {
      found.set(`keys of ${email}`, keys);
      found.set(`policy of ${email}`, policy);
    }
    if (lastAuthenticated !== undefined) found.set(`activity of ${email}`, lastAuthenticated);
  }
  for (const { name, permissions } of snapshot.roles) {
    found.set(`permissions of ${name}`, permissions);
  }
  for (const { email, members } of snapshot.groups) {
    found.set(`members of ${email}`, members);
  }
  return found;
}

function addServices(
  found: Map<string, Reading<unknown>>,
  name: string,
  services: Reading<readonly ServiceRecord[]>,
): void {
  addParts(found, name, services, ({ policy, iap, ...settings }) => {
    found.set(`policy of ${settings.region}/${settings.kind}/${settings.name}`, policy);
    addIap(found, iap === null ? [] : [iap]);
    return settings;
  });
}

function addIap(found: Map<string, Reading<unknown>>, records: readonly IapRecord[]): void {
  for (const { resource, policy } of records) {
    found.set(`policy of ${resource}`, policy);
  }
}

/** Adds the list with what `part` leaves of each of its records. */
function addParts<T>(
  found: Map<string, Reading<unknown>>,
  name: string,
  reading: Reading<readonly T[]>,
  part: (record: T) => unknown,
): void {
  const hasValue = reading.status === "read" || reading.status === "partial";
  found.set(name, hasValue ? { ...reading, value: reading.value.map(part) } : reading);
}

/**
 * Where a snapshot claims what is not so, given the true one: something is `read` and is not as it is, or something
 * differs and nothing says that it could not be read.
 */
export function findLies(truth: Snapshot, claim: Snapshot): readonly string[] {
  const real = readingsOf(truth);
  const claimed = readingsOf(claim);
  const lies = [...claimed].flatMap(([name, reading]) => {
    const so = real.get(name);
    return reading.status !== "read" || (so?.status === "read" && isDeepStrictEqual(so.value, reading.value))
      ? []
      : [name];
  });
  const missing = [...real.keys()].filter((name) => !claimed.has(name));
  const admits = [...claimed.values()].some(({ status }) => status !== "read");
  return [...lies, ...(missing.length > 0 && !admits ? missing.map((name) => `${name}: silently missing`) : [])];
}

/** The names of everything that was not read, or not wholly. Sorted. */
export function findUnread(snapshot: Snapshot): readonly string[] {
  return [...readingsOf(snapshot)].flatMap(([name, { status }]) => (status === "read" ? [] : [name])).sort();
}
