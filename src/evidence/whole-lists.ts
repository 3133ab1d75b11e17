import type { World } from "../matrix/model/world.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import { valueOf } from "../snapshot/value-of.ts";

/** Which lists of a snapshot are whole. What nobody listed has no reading that could have failed: it must be missed. */
export interface WholeLists {
  /** Every project that was asked for, that the matrix names, or that a scope holds is here, and every scope was listed. */
  readonly projects: boolean;
  /** Every project has its level, and every level the one above it. */
  readonly levels: boolean;
  /** What runs behind IAP has the policies of all its levels. */
  readonly iap: boolean;
  /** Every account that a project lists is here, with its keys and its policy. */
  readonly accounts: boolean;
}

export function wholeLists(snapshot: Snapshot, { environment }: World): WholeLists {
  const { asked, scopes, projects, containers } = snapshot;
  const parts = [...asked.scope, ...environment.scope];
  const listed = new Map(scopes.map((scope) => [scope.resource, scope.projects]));
  const wanted = new Set([
    ...asked.projects,
    ...environment.projects.map(({ id }) => id),
    ...parts.flatMap((part) => (part.startsWith("projects/") ? [part.slice("projects/".length)] : [])),
    ...scopes.flatMap((scope) => valueOf(scope.projects) ?? []),
  ]);
  const known = new Set(projects.map(({ project }) => project));
  const levels = new Map(containers.map((container) => [container.resource, valueOf(container.details)]));
  return {
    projects:
      [...wanted].every((id) => known.has(id)) &&
      parts.every((part) => part.startsWith("projects/") || listed.get(part)?.status === "read") &&
      scopes.every((scope) => scope.projects.status === "read"),
    levels:
      projects.every(({ project }) => levels.has(`projects/${project}`)) &&
      containers.every(({ details }) => {
        const parent = details.status === "read" ? details.value.parent : undefined;
        return parent !== undefined && (parent === null || levels.has(parent));
      }),
    iap: projects.every((project) => hasIapLevels(project)),
    accounts: hasAccounts(snapshot),
  };
}

function hasIapLevels({ services, iap }: Snapshot["projects"][number]): boolean {
  const behind = (valueOf(services) ?? []).filter(({ iapEnabled }) => iapEnabled);
  const endings = behind.flatMap(({ region }) => ["/iap_web", `/iap_web/cloud_run-${region}`]);
  return (
    behind.every((service) => service.iap !== null) &&
    endings.every((ending) => iap.some(({ resource }) => resource.endsWith(ending)))
  );
}

function hasAccounts({ projects, accounts }: Snapshot): boolean {
  const records = new Map(accounts.map((account) => [account.email, account]));
  return projects
    .flatMap((project) => valueOf(project.accounts) ?? [])
    .every((email) => {
      const account = records.get(email.toLowerCase());
      if (account?.details.status !== "read") return false;
      return account.details.value === null || (account.keys !== undefined && account.policy !== undefined);
    });
}
