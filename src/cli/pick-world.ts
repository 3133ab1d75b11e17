import type { Matrix } from "../matrix/model/matrix.ts";
import type { World } from "../matrix/model/world.ts";
import { enumerateWords } from "../words/enumerate-words.ts";
import { nearestName } from "../words/nearest-name.ts";
import { UsageError } from "./usage-error.ts";

/**
 * What the matrix declares for the environment that a command line names, or for its only one.
 * @throws UsageError where there is none of that name, or several to choose from
 */
export function pickWorld({ worlds }: Matrix, name: string | undefined): World {
  const names = worlds.map(({ environment }) => environment.name);
  const [only] = worlds;
  if (name === undefined) {
    if (only === undefined) throw new UsageError("the matrix has no environment", "add one under environments");
    if (worlds.length === 1) return only;
    throw new UsageError(
      `the matrix has several environments`,
      `name one: ${enumerateWords(
        names.map((each) => `--env ${each}`),
        "or",
      )}`,
    );
  }
  const world = worlds.find(({ environment }) => environment.name === name);
  if (world !== undefined) return world;
  const near = nearestName(name, names);
  throw new UsageError(
    `no environment is called "${name}"`,
    near === undefined ? `there are ${enumerateWords(names, "and")}` : `did you mean "${near}"?`,
  );
}
