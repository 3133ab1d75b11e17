import type { Binding, GroupRecord } from "../../../src/snapshot/snapshot.ts";
import { accountSetOf, convenienceOf, emailIn, isPublicSet, normalizeMember, publicSetContains } from "./members.ts";
import { chainFrom, conditionStrength, valueOf, type World } from "./reading.ts";
import { strongest, type Strength } from "./strength.ts";

export function groupRecord({ snapshot }: World, member: string): GroupRecord | undefined {
  const email = emailIn("group", member);
  return snapshot.groups.find((group) => group.email.toLowerCase() === email);
}

/** The members of a group that were read, groups in it among them. */
export function allGroupMembers(world: World, member: string): readonly string[] {
  return valueOf(groupRecord(world, member)?.members) ?? [];
}

/** The members of a group that were read, without groups in it, whose members are there themselves. */
export function groupMembers(world: World, member: string): readonly string[] {
  return allGroupMembers(world, member).filter((each) => !each.startsWith("group:"));
}

/** A binding of the basic role in the project's own policy, with how sure its condition is. */
export interface Named {
  readonly member: string;
  readonly binding: Binding;
  readonly strength: Strength;
}

export function convenienceMembers(world: World, member: string): Named[] {
  const value = convenienceOf(member);
  if (value === undefined) return [];
  const container = world.snapshot.containers.find(({ resource }) => resource === `projects/${value.project}`);
  return (valueOf(container?.policy)?.bindings ?? [])
    .filter(({ role }) => role === value.role)
    .flatMap((binding) => {
      const strength = conditionStrength(world, binding);
      return strength === undefined ? [] : binding.members.map((each) => ({ member: each, binding, strength }));
    });
}

/** The ids of the projects under `projects/N`, `folders/N` or `organizations/N`, as far as the snapshot tells. */
export function projectsUnder(world: World, resource: string): string[] {
  const { containers, scopes } = world.snapshot;
  const below = containers.filter(({ resource: own, details }) => {
    if (!own.startsWith("projects/")) return false;
    if (resource.startsWith("projects/")) return `projects/${valueOf(details)?.number ?? ""}` === resource;
    return chainFrom(world, own).some((link) => link.resource === resource);
  });
  const scope = scopes.find((each) => each.resource === resource);
  const ids = [...below.map((each) => each.resource.slice("projects/".length)), ...(valueOf(scope?.projects) ?? [])];
  return [...new Set(ids)];
}

/** The emails of the accounts of all projects under the container of such a set. */
export function accountsInSet(world: World, set: string): string[] {
  const projects = projectsUnder(world, accountSetOf(set) ?? "");
  return world.snapshot.projects
    .filter(({ project }) => projects.includes(project))
    .flatMap(({ accounts }) => valueOf(accounts) ?? [])
    .map((email) => email.toLowerCase());
}

/** How surely a principal is the member or is contained in it. Undefined: not, as far as was read. */
export function strengthIn(world: World, principal: string, member: string): Strength | undefined {
  const email = emailIn("serviceAccount", principal);
  const named = (list: readonly string[]): boolean => list.some((each) => normalizeMember(each) === principal);
  if (named([member]) || named(allGroupMembers(world, member))) return "allowed";
  if (isPublicSet(member) && publicSetContains(member, principal)) return "allowed";
  if (accountSetOf(member) !== undefined && email !== undefined && accountsInSet(world, member).includes(email))
    return "allowed";
  return strongest(
    convenienceMembers(world, member)
      .filter((each) => named([each.member]) || named(allGroupMembers(world, each.member)))
      .map(({ strength }) => strength),
  );
}
