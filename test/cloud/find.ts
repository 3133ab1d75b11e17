import type { CloudWorld, WorldAccount, WorldContainer, WorldProject, WorldRole } from "./world.ts";

/** The project by id or number: Google takes either. */
export function findProject(world: CloudWorld, idOrNumber: string): WorldProject | undefined {
  return world.projects.find(({ id, number }) => id === idOrNumber || number === idOrNumber);
}

/** The account by email or unique id, with its project. `-` stands for any project. */
export function findAccount(
  world: CloudWorld,
  projectName: string,
  name: string,
): { readonly project: WorldProject; readonly account: WorldAccount } | undefined {
  for (const project of world.projects) {
    const account = project.accounts.find(({ email, uniqueId }) => email === name.toLowerCase() || uniqueId === name);
    if (account !== undefined && [project.id, project.number, "-"].includes(projectName)) {
      return { project, account };
    }
  }
  return undefined;
}

/** The container with its name as the world spells it: `projects/ID`, also where it was asked for by number. */
export function findContainer(world: CloudWorld, resource: string): WorldContainer | undefined {
  const [kind, name = ""] = resource.split("/");
  switch (kind) {
    case "projects":
      return findProject(world, name);
    case "folders":
      return world.folders.find((folder) => folder.resource === resource);
    default:
      return world.organizations.find((organization) => organization.resource === resource);
  }
}

export function findCustomRoles(world: CloudWorld, parent: string): readonly WorldRole[] {
  return world.customRoles.filter(({ name }) => name.startsWith(`${parent}/roles/`));
}

/** The containers above a project or folder, nearest first. */
export function ancestorsOf(world: CloudWorld, parent: string | null): readonly string[] {
  const folder = world.folders.find(({ resource }) => resource === parent);
  return parent === null ? [] : [parent, ...ancestorsOf(world, folder?.parent ?? null)];
}

/** `projects/NUMBER` of a project, the name itself of anything else: deny policies are named by numbers. */
export function numberedName(world: CloudWorld, resource: string): string {
  const project = resource.startsWith("projects/") ? findProject(world, resource.slice("projects/".length)) : undefined;
  return project === undefined ? resource : `projects/${project.number}`;
}
