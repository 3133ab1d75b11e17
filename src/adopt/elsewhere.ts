import type { Snapshot } from "../snapshot/snapshot.ts";
import { valueOf } from "../snapshot/value-of.ts";
import type { OwnedResource } from "../state/owned-resources.ts";
import { describeOwner, ownedElsewhere } from "../state/owned-elsewhere.ts";
import type { TerraformState } from "../state/read-terraform-state.ts";
import type { Keyed } from "./assign-keys.ts";

/** What other Terraform states manage, each in words: its address and state. */
export interface Elsewhere {
  /** What manages the members of a role on a service or job. */
  readonly rowOwners: (resource: string, role: string) => readonly string[];
  /** What manages a service account. */
  readonly accountOwners: (email: string) => readonly string[];
  /** All that manages something of these services. */
  readonly concerned: (found: readonly Keyed[]) => readonly OwnedResource[];
}

export const nothingElsewhere: Elsewhere = { rowOwners: () => [], accountOwners: () => [], concerned: () => [] };

/** What some states of others manage of the world that a snapshot shows. */
export function takenFrom(states: readonly TerraformState[], { containers }: Snapshot): Elsewhere {
  const ids = new Map<string, string>();
  for (const { resource, details } of containers) {
    const number = valueOf(details)?.number;
    if (number !== undefined && resource.startsWith("projects/")) ids.set(number, resource.slice("projects/".length));
  }
  const owned = ownedElsewhere(states, ids);
  const inWords = (owners: readonly OwnedResource[]): readonly string[] => owners.map(describeOwner);
  return {
    rowOwners: (resource, role) => inWords(owned.rowOwners(resource, role)),
    accountOwners: (email) => inWords(owned.accountOwners(email)),
    concerned: (found) => [
      ...new Set(
        found.flatMap(({ instances }) =>
          instances.flatMap(({ resource, role, account }) => [
            ...owned.rowOwners(resource, role),
            ...(account === undefined ? [] : owned.accountOwners(account)),
          ]),
        ),
      ),
    ],
  };
}
