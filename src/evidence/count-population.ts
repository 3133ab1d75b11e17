import { kindsIn } from "../callees/callee-of.ts";
import { findMentioned } from "../gcp/mentioned.ts";
import type { World } from "../matrix/model/world.ts";
import type { Policy, Reading, ServiceRecord, Snapshot } from "../snapshot/snapshot.ts";
import { callsFor } from "./calls-for.ts";
import type { Count } from "./statement.ts";
import { wholeLists } from "./whole-lists.ts";

/**
 * How many of each kind of thing were found, and by which requests. A count is complete where every reading of it is, and
 * every list that says what there was to read.
 */
export function countPopulation(snapshot: Snapshot, world: World): readonly Count[] {
  const facts = factsOf(snapshot, world);
  return [...countRunning(facts), ...countAbove(facts), ...countAccounts(facts), ...countNamed(facts)];
}

type Policies = readonly Reading<Policy>[];

/** What is counted, and which of the lists behind it are whole. */
interface Facts {
  readonly snapshot: Snapshot;
  readonly running: readonly ServiceRecord[];
  readonly policies: {
    readonly running: Policies;
    readonly above: Policies;
    readonly iap: Policies;
    readonly own: Policies;
  };
  readonly isWhole: Readonly<Record<"services" | "jobs" | "above" | "iap" | "accounts", boolean>>;
}

function factsOf(snapshot: Snapshot, world: World): Facts {
  const { projects, containers, accounts } = snapshot;
  const { projects: isListed, ...whole } = wholeLists(snapshot, world);
  const running = projects.flatMap(({ services, jobs }) => [...valuesOf(services), ...valuesOf(jobs)]);
  const services = isListed && isRead(projects.map((project) => project.services));
  const lists = [...projects.map((project) => project.accounts), ...accounts.map(({ details }) => details)];
  return {
    snapshot,
    running,
    policies: {
      running: running.map(({ policy }) => policy),
      above: containers.map(({ policy }) => policy),
      iap: [
        ...projects.flatMap((project) => project.iap.map(({ policy }) => policy)),
        ...running.flatMap((each) => (each.iap === null ? [] : [each.iap.policy])),
      ],
      own: accounts.flatMap(({ policy }) => policy ?? []),
    },
    isWhole: {
      services,
      jobs: isListed && isRead(projects.map((project) => project.jobs)),
      above: isListed && whole.levels,
      iap: services && whole.iap,
      accounts: isListed && whole.accounts && isRead(lists),
    },
  };
}

function countRunning({ snapshot, running, policies, isWhole }: Facts): readonly Count[] {
  const ofKind = (kind: ServiceRecord["kind"]): number => running.filter((each) => each.kind === kind).length;
  const list = callsFor("services in all regions");
  const jobs = callsFor("jobs in all regions");
  const calls = callsFor("policy of a service", "policy of a job");
  const isAll = isWhole.services && isWhole.jobs;
  const isRunning = isAll && isRead(policies.running);
  return [
    count("projects that were read", snapshot.projects.length, callsFor("the project, and where it lies"), isAll),
    ...kindsIn("services").map((kind) => count(`${kind}s`, ofKind(kind), list, isWhole.services)),
    ...kindsIn("jobs").map((kind) => count(`${kind}s`, ofKind(kind), jobs, isWhole.jobs)),
    count("bindings on services, functions and jobs", bindings(policies.running), calls, isRunning),
    count("members in them", members(policies.running), calls, isRunning),
  ];
}

function countAbove({ snapshot, policies: { above, iap }, isWhole }: Facts): readonly Count[] {
  const calls = callsFor("policy of the project", "policies of folders", "policy of the organization");
  const ofIap = callsFor("IAP of the project", "IAP of a region", "IAP of a service");
  const deny = snapshot.containers.map((container) => container.deny);
  const isAbove = isWhole.above && isRead(above);
  return [
    count("bindings on projects, folders and the organization", bindings(above), calls, isAbove),
    count("members in them, above services", members(above), calls, isAbove),
    count("bindings of IAP", bindings(iap), ofIap, isWhole.iap && isRead(iap)),
    count(
      "deny policies",
      sum(deny),
      callsFor("deny policies", "rules of a deny policy"),
      isWhole.above && isRead(deny),
    ),
  ];
}

function countAccounts({
  snapshot: { accounts },
  policies: { own },
  isWhole: { accounts: isWhole },
}: Facts): readonly Count[] {
  const keys = accounts.flatMap((account) => account.keys ?? []);
  return [
    count("service accounts", accounts.length, callsFor("service accounts", "one service account"), isWhole),
    count("keys that people manage", sum(keys), callsFor("keys of an account"), isWhole && isRead(keys)),
    count("bindings on service accounts", bindings(own), callsFor("policy of an account"), isWhole && isRead(own)),
  ];
}

function countNamed({ snapshot, policies, isWhole }: Facts): readonly Count[] {
  const { roles, groups, asked } = snapshot;
  const named = findMentioned(snapshot);
  const isEvery = Object.values(isWhole).every(Boolean) && isRead(Object.values(policies).flat());
  const isRoles = holds(new Set(roles.map(({ name }) => name)), named.roles);
  const isGroups = holds(new Set(groups.map(({ email }) => email)), named.groups);
  return [
    count(
      "roles that policies name",
      roles.length,
      callsFor("a predefined role", "a role of a project", "a role of an organization"),
      isEvery && isRoles && isRead(roles.map(({ permissions }) => permissions)),
    ),
    count(
      "groups that policies name",
      groups.length,
      asked.groups ? callsFor("a group", "its members") : [],
      isEvery && isGroups && isRead(groups.map((group) => group.members)),
    ),
  ];
}

function count(what: string, number: number, calls: readonly string[], complete: boolean): Count {
  return { what, count: number, calls, complete };
}

function isRead(readings: readonly Reading<unknown>[]): boolean {
  return readings.every(({ status }) => status === "read");
}

function holds(known: ReadonlySet<string>, named: readonly string[]): boolean {
  return named.every((name) => known.has(name));
}

function valuesOf<T>(reading: Reading<readonly T[]>): readonly T[] {
  return "value" in reading ? reading.value : [];
}

function sum(readings: readonly Reading<readonly unknown[]>[]): number {
  return readings.reduce((total, reading) => total + valuesOf(reading).length, 0);
}

function bindings(policies: Policies): number {
  return policies.reduce((total, policy) => total + ("value" in policy ? policy.value.bindings.length : 0), 0);
}

function members(policies: Policies): number {
  return policies.reduce(
    (total, policy) =>
      total + ("value" in policy ? policy.value.bindings.reduce((all, each) => all + each.members.length, 0) : 0),
    0,
  );
}
