import type { ListAnswer } from "./answers.ts";
import { askedOf, withSets } from "./asked.ts";
import type { Grid } from "./grid.ts";
import { makeReach } from "./reach.ts";
import type { Step } from "./steps.ts";
import { isToList } from "./who-can-call.ts";

/** Ten thousand services that all come to each other are a hundred million pairs, which nobody reads. */
const MAX_PAIRS = 100_000;

/**
 * Every pair of which something is to be said.
 * @param steps of everybody, where pairs through others are asked for
 * @param all whether the agents of Google are listed
 */
export function listCells(grid: Grid, steps: readonly Step[] | undefined, all: boolean): ListAnswer {
  const cells = grid.cells.filter(({ state }) => all || state !== "managed");
  return {
    ...withSets(askedOf(grid, undefined), cells),
    grid,
    cells,
    managed: grid.cells.length - cells.length,
    through: steps === undefined ? null : makeReach(steps.filter(isToList)).pairs(MAX_PAIRS),
  };
}
