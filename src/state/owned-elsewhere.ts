import { hiddenCharacter, showCharacter } from "../report/hidden-characters.ts";
import { compareText } from "../words/compare-text.ts";
import { groupBy } from "../words/group-by.ts";
import type { TerraformState } from "./read-terraform-state.ts";
import { type OwnedResource, ownedResources } from "./owned-resources.ts";

/** What other Terraform states manage of the things that a matrix is about. Answers are in order of state and address. */
export interface OwnedElsewhere {
  /** Everything that the states hold and a matrix may be about. */
  readonly resources: readonly OwnedResource[];
  /**
   * Who manages the row of a role: bindings and members of that role, and policies, which own every role.
   * @param resource `projects/P/locations/R/services/S`, or `jobs/J`
   */
  rowOwners(resource: string, role: string): readonly OwnedResource[];
  /** Who manages a service account. */
  accountOwners(email: string): readonly OwnedResource[];
}

/**
 * An index over states of others; those that matrix itself wrote are left out.
 * @param projectIds ids of projects by number, where known: Terraform takes a number for a project's name
 */
export function ownedElsewhere(
  states: readonly TerraformState[],
  projectIds: ReadonlyMap<string, string> = new Map(),
): OwnedElsewhere {
  const byId = (resource: string): string =>
    resource.replace(/^projects\/(\d+)\//, (whole, number: string) => `projects/${projectIds.get(number) ?? number}/`);
  const resources = states
    .filter(({ isOurs }) => !isOurs)
    .flatMap(ownedResources)
    .map((owned) => ({ ...owned, resource: byId(owned.resource) }))
    .sort((a, b) => compareText(a.stateName, b.stateName) || compareText(a.address, b.address));
  const rows = groupBy(resources, ({ kind, resource }) => (kind.startsWith("row-") ? resource : undefined));
  const accounts = groupBy(resources, ({ email }) => email);
  return {
    resources,
    rowOwners: (resource, role) =>
      (rows.get(byId(resource)) ?? []).filter(
        ({ kind, grants }) => kind === "row-policy" || grants.some((grant) => grant.role === role),
      ),
    accountOwners: (email) => accounts.get(email.toLowerCase()) ?? [],
  };
}

/** An owner in few words, as a matrix keeps it: `ADDRESS in STATE`. */
export function describeOwner({ address, stateName }: Pick<OwnedResource, "address" | "stateName">): string {
  // The name of a file may hold what no matrix can.
  return `${address} in ${stateName.replace(hiddenCharacter, showCharacter)}`;
}
