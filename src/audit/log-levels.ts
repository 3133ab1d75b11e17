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

/**
 * The levels whose logs tell of the access to an environment: its projects, those of its scope, and what is above, as
 * far as the scope or a snapshot names it. docs: /logging/docs/audit, each level keeps its own entries
 */
export function logLevels({ environment }: World, snapshots: readonly Snapshot[]): LogLevels {
  const containers = new Map(
    snapshots.flatMap(({ containers: all }) => all.map((each) => [each.resource, each] as const)),
  );
  const projects = environment.projects.map(({ id }) => `projects/${id}`);
  const levels = new Set<string>([...projects, ...environment.scope]);
  const open: string[] = [];
  for (const project of projects) {
    let at: string | null | undefined = project;
    for (let depth = 0; at != null && depth < MAX_DEPTH; depth++) {
      levels.add(at);
      at = valueOf(containers.get(at)?.details)?.parent;
    }
    // Null is the top; undefined is where nobody looked.
    if (at === undefined && !environment.scope.some((each) => each.startsWith("organizations/"))) open.push(project);
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
