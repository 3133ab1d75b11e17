import { planFederation } from "../federation/plan-federation.ts";
import type { World } from "../matrix/model/world.ts";
import type { ReadRequest } from "../gcp/read-snapshot.ts";

/** What must be read to judge an environment: its projects, its scope, and whatever the matrix names there. */
export function requestFor(world: World): Omit<ReadRequest, "groups" | "impersonate"> {
  const { environment, services, callers } = world;
  const standing = [...services.values()].filter(({ stage }) => stage !== "gone");
  const emails = [
    ...standing.flatMap(({ account, previousAccounts }) => [account, ...previousAccounts]),
    ...[...callers.values()].flatMap(({ account }) => account ?? []),
  ].map(({ email }) => email);
  return {
    environment: environment.name,
    projects: environment.projects.map(({ id }) => id),
    scope: environment.scope,
    accounts: [...new Set(emails)].sort(),
    actedAs: [...new Set(planFederation(world).impersonations.map(({ account }) => account.email))].sort(),
    services: standing
      .filter(({ stage }) => stage === "live")
      .flatMap(({ kind, name, project, regions }) =>
        regions.map((region) => ({ project: project.id, region, name, kind })),
      ),
  };
}
