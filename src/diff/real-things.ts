import { parseMember } from "../access/member.ts";
import { serviceResource } from "../access/run-resource.ts";
import { selectorMatcher } from "../matrix/model/match-selector.ts";
import type { Matrix } from "../matrix/model/matrix.ts";
import { mayStillCall } from "../matrix/model/previous-accounts.ts";
import { principalOf } from "../matrix/model/principal-of.ts";
import type { Caller, Service, World } from "../matrix/model/world.ts";
import { groupBy } from "../words/group-by.ts";
import type { MatrixPair } from "./matrix-pair.ts";

/** A service or caller in one environment of one version. */
export interface Holder {
  readonly world: World;
  readonly name: Caller | Service;
}

/**
 * Who stands for what there really is, over all environments of one version. A Cloud Run resource and a principal are the same
 * thing in every environment and under every key: whoever writes the matrix chooses keys and environments.
 */
export class RealThings {
  readonly #matrix: Matrix;
  #byPrincipal: ReadonlyMap<string, readonly Held[]> | undefined;
  #byResource: ReadonlyMap<string, readonly Held[]> | undefined;

  constructor(matrix: Matrix) {
    this.#matrix = matrix;
  }

  /** Those that run as one of some principals, or still may: rows hold a previous account until its end. */
  actingAs(principals: Iterable<string>): readonly Holder[] {
    this.#byPrincipal ??= groupBy(
      this.#held(({ name }) => principalsOf(name, this.#matrix)),
      ({ thing }) => thing,
    );
    return holdersOf(this.#byPrincipal, principals);
  }

  /** The services whose rows sit on one of some Cloud Run resources. */
  at(resources: Iterable<string>): readonly Holder[] {
    this.#byResource ??= groupBy(
      this.#held(({ name }) => resourcesOf(name)),
      ({ thing }) => thing,
    );
    return holdersOf(this.#byResource, resources);
  }

  *#held(thingsOf: (holder: Holder) => readonly string[]): Iterable<Held> {
    for (const world of this.#matrix.worlds) {
      for (const names of [world.services, world.callers]) {
        for (const name of names.values()) {
          const holder = { world, name };
          for (const thing of thingsOf(holder)) yield { thing, holder };
        }
      }
    }
  }
}

interface Held {
  readonly thing: string;
  readonly holder: Holder;
}

function holdersOf(index: ReadonlyMap<string, readonly Held[]>, things: Iterable<string>): readonly Holder[] {
  const found = new Set<Holder>();
  for (const thing of things) for (const { holder } of index.get(thing) ?? []) found.add(holder);
  return [...found];
}

/** The members that the rows of whatever a name calls hold: itself, and the previous accounts that still may call. */
export function principalsOf(name: Caller | Service, { asOf }: Pick<Matrix, "asOf">): readonly string[] {
  const previous = "previousAccounts" in name ? name.previousAccounts : [];
  return [
    principalOf(name),
    ...previous
      .filter((each) => mayStillCall(each, asOf))
      .map(({ email }) => parseMember(`serviceAccount:${email}`).principal),
  ];
}

/** The resources that carry the rows of a service; a caller has none. */
export function resourcesOf(name: Caller | Service): readonly string[] {
  if (!("regions" in name)) return [];
  const { kind, project, regions, name: id } = name;
  return regions.map((region) => serviceResource(project.id, { kind, region, name: id }));
}

/** The resources on which a service is or was sensitive, in any environment of either version. */
export function sensitiveResources({ before, after, everywhere }: MatrixPair): ReadonlySet<string> {
  const versions = everywhere === undefined ? [before, after] : [everywhere.before, everywhere.after];
  return new Set(
    versions.flatMap(({ sensitive, worlds, expand }) =>
      sensitive === undefined
        ? []
        : worlds.flatMap((world) => {
            const isSensitive = selectorMatcher(sensitive, world, expand);
            return [...world.services.values()].filter(({ key }) => isSensitive(key)).flatMap(resourcesOf);
          }),
    ),
  );
}
