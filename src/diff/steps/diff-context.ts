import { groupBy } from "../../words/group-by.ts";
import { laterName, type MatrixPair } from "../matrix-pair.ts";
import { pairWorlds } from "../pair-matrices.ts";
import { type Holder, RealThings, sensitiveResources } from "../real-things.ts";
import { type LostCoverage, lostCoverage } from "./lost-coverage.ts";
import type { Judged, Sides } from "./sides.ts";
import { WorldView } from "./world-view.ts";

/** Both versions, ready to be asked by every step. */
export class DiffContext {
  readonly pair: MatrixPair;
  /** Who stands for what there really is, in each version. */
  readonly things: { readonly before: RealThings; readonly after: RealThings };
  /** The environments that are compared, in order of name. */
  readonly sides: readonly Sides[];
  /** All that there are. */
  readonly #byEnvironment: ReadonlyMap<string, Sides>;
  readonly #earlier: ReadonlyMap<string, string>;
  readonly #facts: readonly Judged[];
  #lost: readonly LostCoverage[] | undefined;
  #lostByName: ReadonlyMap<string, readonly LostCoverage[]> | undefined;

  constructor(pair: MatrixPair, facts: readonly Judged[]) {
    this.pair = pair;
    this.#facts = facts;
    const { before, after } = pair.everywhere ?? pair;
    this.things = { before: new RealThings(before), after: new RealThings(after) };
    let resources: ReadonlySet<string> | undefined;
    const sensitiveAt = (): ReadonlySet<string> => (resources ??= sensitiveResources(pair));
    this.#byEnvironment = new Map(
      pairWorlds(before, after).map((worlds) => [
        worlds.environment,
        {
          environment: worlds.environment,
          before: new WorldView(pair.before, worlds.before, sensitiveAt),
          after: new WorldView(pair.after, worlds.after, sensitiveAt),
        },
      ]),
    );
    this.sides = pair.worlds.flatMap(({ environment }) => this.#byEnvironment.get(environment) ?? []);
    this.#earlier = new Map([...pair.renames].map(([earlier, later]) => [later, earlier]));
  }

  /** The key that a name of the later matrix had in the earlier one. */
  earlier(name: string): string {
    return this.#earlier.get(name) ?? name;
  }

  later(name: string): string {
    return laterName(this.pair, name);
  }

  /** The environment that a holder is in, in both versions, whether it is compared or not. */
  sidesAt({ world }: Pick<Holder, "world">): Sides {
    const sides = this.#byEnvironment.get(world.environment.name);
    if (sides === undefined) throw new Error("a holder is in an environment of either version");
    return sides;
  }

  /** The environments that a fact is about. */
  sidesOf({ environments }: Pick<Judged, "environments">): readonly Sides[] {
    return environments.flatMap((name) => this.#byEnvironment.get(name) ?? []);
  }

  /** Names that a rule, or `sensitive`, no longer takes in although the name and it stand. */
  get lost(): readonly LostCoverage[] {
    this.#lost ??= lostCoverage(this, this.#facts);
    return this.#lost;
  }

  /** What a change of a name takes it out of, in the change's environments. */
  lostBy({ subject, environments }: Pick<Judged, "environments" | "subject">): readonly LostCoverage[] {
    this.#lostByName ??= groupBy(this.lost, ({ name }) => name);
    return (this.#lostByName.get(subject ?? "") ?? []).filter(
      ({ environment }) => environments.length === 0 || environments.includes(environment),
    );
  }
}
