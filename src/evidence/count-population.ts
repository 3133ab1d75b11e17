import type { Policy, Reading, ServiceRecord, Snapshot } from "../snapshot/snapshot.ts";
import { callsFor } from "./calls-for.ts";
import type { Count } from "./statement.ts";

/** How many of each kind of thing were found, and by which requests. */
export function countPopulation(snapshot: Snapshot): readonly Count[] {
  const { projects, containers, accounts, roles, groups } = snapshot;
  const services = projects.map((project) => project.services);
  const jobs = projects.map((project) => project.jobs);
  const running = [...services, ...jobs].flatMap(valuesOf);
  const ofKind = (kind: ServiceRecord["kind"]): number => running.filter((each) => each.kind === kind).length;
  const policies = running.map(({ policy }) => policy);
  const iap = [
    ...projects.flatMap((project) => project.iap.map(({ policy }) => policy)),
    ...running.flatMap((each) => (each.iap === null ? [] : [each.iap.policy])),
  ];
  const above = containers.map(({ policy }) => policy);
  const own = accounts.flatMap(({ policy }) => policy ?? []);
  const keys = accounts.flatMap((account) => account.keys ?? []);
  const deny = containers.map((container) => container.deny);
  const list = "services in all regions";
  const ofPolicies = [...callsFor("policy of a service", "policy of a job")];
  const ofAbove = callsFor("policy of the project", "policies of folders", "policy of the organization");
  const ofIap = callsFor("IAP of the project", "IAP of a region", "IAP of a service");
  return [
    count("projects that were read", projects.length, callsFor("the project, and where it lies"), [
      ...services,
      ...jobs,
    ]),
    count("services", ofKind("service"), callsFor(list), services),
    count("functions", ofKind("function"), callsFor(list), services),
    count("jobs", ofKind("job"), callsFor("jobs in all regions"), jobs),
    count("bindings on services, functions and jobs", bindings(policies), ofPolicies, policies),
    count("members in them", members(policies), ofPolicies, policies),
    count("bindings on projects, folders and the organization", bindings(above), ofAbove, above),
    count("members in them, above services", members(above), ofAbove, above),
    count("bindings of IAP", bindings(iap), ofIap, iap),
    count("deny policies", sum(deny), callsFor("deny policies", "rules of a deny policy"), deny),
    count("service accounts", accounts.length, callsFor("service accounts", "one service account"), [
      ...projects.map((project) => project.accounts),
      ...accounts.map(({ details }) => details),
    ]),
    count("keys that people manage", sum(keys), callsFor("keys of an account"), keys),
    count("bindings on service accounts", bindings(own), callsFor("policy of an account"), own),
    count(
      "roles that policies name",
      roles.length,
      callsFor("a predefined role", "a role of a project", "a role of an organization"),
      roles.map(({ permissions }) => permissions),
    ),
    count(
      "groups that policies name",
      groups.length,
      snapshot.asked.groups ? callsFor("a group", "its members") : [],
      groups.map((group) => group.members),
    ),
  ];
}

function count(what: string, number: number, calls: readonly string[], readings: readonly Reading<unknown>[]): Count {
  return { what, count: number, calls, complete: readings.every(({ status }) => status === "read") };
}

function valuesOf<T>(reading: Reading<readonly T[]>): readonly T[] {
  return "value" in reading ? reading.value : [];
}

function sum(readings: readonly Reading<readonly unknown[]>[]): number {
  return readings.reduce((total, reading) => total + valuesOf(reading).length, 0);
}

function bindings(policies: readonly Reading<Policy>[]): number {
  return policies.reduce((total, policy) => total + ("value" in policy ? policy.value.bindings.length : 0), 0);
}

function members(policies: readonly Reading<Policy>[]): number {
  return policies.reduce(
    (total, policy) =>
      total + ("value" in policy ? policy.value.bindings.reduce((all, each) => all + each.members.length, 0) : 0),
    0,
  );
}
