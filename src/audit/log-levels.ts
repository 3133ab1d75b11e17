import type { World } from "../matrix/model/world.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import { valueOf } from "../snapshot/value-of.ts";
import type { Gap } from "./gap.ts";

/** The longest chain of folders that Google allows is ten; more is a circle in a foreign snapshot. */
const MAX_DEPTH = 32;

export interface LogLevels {
  /** Each has a log of its own. Projects first, then what is above. */
  readonly levels: readonly string[];
  readonly gaps: readonly Gap[];
}

/** An environment at one time. */
export interface LevelsOf {
  readonly world: Pick<World, "environment">;
  /** The projects in which the accounts of those live that may call. */
  readonly homes: ReadonlySet<string>;
  readonly projectIds: ReadonlyMap<string, string>;
}

/**
 * The levels whose logs tell of the access to an environment: its projects, those of its scope, those in which the
 * accounts of its callers live, and what is above, as far as the scope or a snapshot names it.
 * docs: /logging/docs/audit, each level keeps its own entries
 * @param times the environment as every version of the matrix has it that counts
 */
export function logLevels(times: readonly LevelsOf[], snapshots: readonly Snapshot[]): LogLevels {
  const containers = new Map(
    snapshots.flatMap(({ containers: all }) => all.map((each) => [each.resource, each] as const)),
  );
  const projects = new Set<string>();
  const scope = new Set<string>();
  for (const { world, homes, projectIds } of times) {
    for (const { id } of world.environment.projects) projects.add(`projects/${id}`);
    for (const home of homes) projects.add(`projects/${projectIds.get(home) ?? home}`);
    for (const each of world.environment.scope) scope.add(each);
  }
  const levels = new Set<string>([...projects, ...scope]);
  const open: string[] = [];
  for (const project of projects) {
    let at: string | null | undefined = project;
    for (let depth = 0; at != null && depth < MAX_DEPTH; depth++) {
      levels.add(at);
      at = valueOf(containers.get(at)?.details)?.parent;
    }
    // Null is the top; undefined is where nobody looked.
    if (at === undefined && ![...scope].some((each) => each.startsWith("organizations/"))) open.push(project);
  }
  const gaps = open.map((resource): Gap => ({
    kind: "above-unknown",
    resource,
    from: null,
    to: null,
    message: "which folders and which organization are above it is not known: what was granted there is not seen",
    help: "give a snapshot, or name the organization in the scope of the environment",
  }));
  return { levels: [...levels].sort(byHeight), gaps };
}

function byHeight(a: string, b: string): number {
  const height = (level: string): number => (level.startsWith("projects/") ? 0 : level.startsWith("folders/") ? 1 : 2);
  return height(a) - height(b) || (a < b ? -1 : a > b ? 1 : 0);
}
