import type { Asked } from "./answers.ts";
import type { Grid } from "./grid.ts";

/**
 * Where and when a question was asked, with what was not read.
 * @param names the services that the answer is about; undefined where it is about all
 */
export function askedOf(grid: Grid, names: ReadonlySet<string> | undefined): Asked {
  const open = (grid.live?.unread ?? []).filter(({ accepted }) => accepted === null);
  const projects = new Set(
    grid.callees.filter(({ id }) => names?.has(id) !== false).map(({ project }) => `projects/${project}`),
  );
  const doubts = open.filter(
    ({ services, resource }) =>
      names === undefined ||
      services.some((service) => names.has(service)) ||
      // Where a list was not read, whatever was not found may be there.
      (services.length === 0 && projects.has(resource)),
  );
  return {
    environment: grid.environment,
    matrix: grid.matrix,
    asOf: grid.asOf,
    live: grid.live,
    doubts,
    besides: open.length - doubts.length,
  };
}
