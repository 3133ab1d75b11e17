import type { AccountRecord, Container, IapRecord, Policy, ProjectRecord, Reading } from "../snapshot/snapshot.ts";
import { compareText } from "../words/compare-text.ts";
import { accountsIn } from "./account-emails.ts";
import { hasValue } from "./reading.ts";

/** What has been read so far, as far as it holds policies. */
export interface PolicyHolders {
  readonly containers: readonly Pick<Container, "policy">[];
  readonly projects: readonly ProjectRecord[];
  readonly accounts: readonly AccountRecord[];
}

/** Names that policies and services mention, each in order and once. */
export interface Mentioned {
  readonly roles: readonly string[];
  /** Emails of service accounts. */
  readonly accounts: readonly string[];
  /** Emails of groups. */
  readonly groups: readonly string[];
}

/** Everything that the policies name, and the accounts that services run as. */
export function findMentioned(holders: PolicyHolders): Mentioned {
  const bindings = policiesOf(holders).flatMap((policy) => (hasValue(policy) ? policy.value.bindings : []));
  const members = bindings.flatMap((binding) => binding.members);
  const runtime = holders.projects.flatMap(servicesOf).flatMap(({ account }) => (account === null ? [] : [account]));
  return {
    roles: inOrder(bindings.map(({ role }) => role)),
    accounts: inOrder([...accountsIn(members), ...runtime]),
    groups: inOrder(
      members.flatMap((member) => (member.startsWith("group:") ? [member.slice("group:".length).toLowerCase()] : [])),
    ),
  };
}

/** The groups that deny policies name. docs: iam v2, principal identifiers of deny policies */
export function findDenyGroups(containers: readonly Container[]): readonly string[] {
  const rules = containers.flatMap(({ deny }) => (hasValue(deny) ? deny.value.flatMap((policy) => policy.rules) : []));
  const principals = rules.flatMap((rule) => [...rule.deniedPrincipals, ...rule.exceptionPrincipals]);
  const prefix = "principalSet://goog/group/";
  return inOrder(
    principals.flatMap((text) => (text.startsWith(prefix) ? [text.slice(prefix.length).toLowerCase()] : [])),
  );
}

function policiesOf({ containers, projects, accounts }: PolicyHolders): readonly Reading<Policy>[] {
  const iap: readonly IapRecord[] = projects.flatMap((project) => [
    ...project.iap,
    ...servicesOf(project).flatMap((service) => (service.iap === null ? [] : [service.iap])),
  ]);
  return [
    ...containers.map(({ policy }) => policy),
    ...projects.flatMap(servicesOf).map(({ policy }) => policy),
    ...iap.map(({ policy }) => policy),
    ...accounts.flatMap(({ policy }) => (policy === undefined ? [] : [policy])),
  ];
}

function servicesOf({ services, jobs }: ProjectRecord) {
  return [...(hasValue(services) ? services.value : []), ...(hasValue(jobs) ? jobs.value : [])];
}

function inOrder(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort(compareText);
}
