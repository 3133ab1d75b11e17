import type { Matrix } from "../matrix/model/matrix.ts";
import type { Caller, Service, World } from "../matrix/model/world.ts";
import { type Holder, principalsOf, type RealThings, resourcesOf } from "./real-things.ts";

/** What something was in the earlier version. */
export interface Guise {
  readonly world: World;
  /** As the earlier version has it. */
  readonly key: string;
  /** name: the same name in the same environment. resource, principal: another name of the same thing. */
  readonly by: "name" | "principal" | "resource";
}

/** The earlier version, ready to be asked who was what. */
export interface Earlier {
  readonly matrix: Matrix;
  readonly things: RealThings;
}

/**
 * What a name was in the earlier version: the same name, and whoever had its Cloud Run resource or its principal.
 * @param own what stood under its name in its environment
 */
export function guisesOf(
  name: Caller | Service,
  own: Holder | undefined,
  { matrix, things }: Earlier,
): readonly Guise[] {
  return guises(name, own, { matrix, things }, () => true);
}

/** Of these, without those whose thing the name had itself before: with them it shared, and the change is not in that. */
export function newGuisesOf(name: Caller | Service, own: Holder | undefined, earlier: Earlier): readonly Guise[] {
  const had = new Set(own === undefined ? [] : [...resourcesOf(own.name), ...principalsOf(own.name, earlier.matrix)]);
  return guises(name, own, earlier, (thing) => !had.has(thing));
}

function guises(
  name: Caller | Service,
  own: Holder | undefined,
  { matrix, things }: Earlier,
  isAsked: (thing: string) => boolean,
): readonly Guise[] {
  const guise =
    (by: Guise["by"]) =>
    ({ world, name: { key } }: Holder): Guise => ({ world, key, by });
  return [
    ...(own === undefined ? [] : [guise("name")(own)]),
    ...things.at(resourcesOf(name).filter(isAsked)).map(guise("resource")),
    // Both versions are judged at one moment.
    ...things.actingAs(principalsOf(name, matrix).filter(isAsked)).map(guise("principal")),
  ];
}
