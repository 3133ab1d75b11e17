import { calleeKinds } from "../callees/registry.ts";
import type { Service, World } from "../matrix/model/world.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import type { Instance } from "./instance.ts";

/**
 * What stays as the matrix has it, because the snapshot does not say everything of it: a row that was not read is not
 * known to be empty, and a service in a list that was not read is not known to be gone.
 * @param world the environment as the matrix declares it; undefined where it does not yet
 * @returns the keys of such services, and what else was found
 */
export function leaveUnread(
  instances: readonly Instance[],
  world: World | undefined,
  { projects }: Snapshot,
): { readonly left: ReadonlySet<string>; readonly known: readonly Instance[] } {
  const unlisted = new Set(
    projects.flatMap(({ project, services, jobs }) => [
      ...(services.status === "read" ? [] : [`${project} service`]),
      ...(jobs.status === "read" ? [] : [`${project} job`]),
    ]),
  );
  const asked = new Set(projects.map(({ project }) => project));
  const inDoubt = new Set(instances.filter(({ isWhole }) => !isWhole).map(nameOf));
  const services = [...(world?.services.values() ?? [])].filter(({ stage }) => stage !== "gone");
  const left = services.filter(
    ({ kind, project, name }) =>
      inDoubt.has(nameOf({ kind, project: project.id, name })) ||
      !asked.has(project.id) ||
      unlisted.has(`${project.id} ${sortOf(kind)}`),
  );
  const names = new Set(left.map(({ kind, project, name }) => nameOf({ kind, project: project.id, name })));
  return {
    left: new Set(left.map(({ key }) => key)),
    known: instances.filter((instance) => !names.has(nameOf(instance))),
  };
}

/** All regions of a thing are one here: those that were read say nothing of the others. */
function nameOf({ kind, project, name }: Pick<Instance, "kind" | "project" | "name">): string {
  return JSON.stringify([sortOf(kind), project, name]);
}

function sortOf(kind: Service["kind"]): "job" | "service" {
  return calleeKinds[kind].resource;
}
