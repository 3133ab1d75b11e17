import { calleeKinds } from "../callees/registry.ts";
import { kindsIn } from "../callees/callee-of.ts";
import { serviceResource } from "../access/run-resource.ts";
import type { Matrix } from "../matrix/model/matrix.ts";
import type { World } from "../matrix/model/world.ts";
import { compareText } from "../words/compare-text.ts";
import { groupBy } from "../words/group-by.ts";
import { factsOf, type Instance } from "./instance.ts";
import { pickName } from "./pick-name.ts";

/** A service of the matrix: one thing in one or more regions, with the same facts in each. */
export interface Keyed {
  readonly key: string;
  /** In order of region; never empty. */
  readonly instances: readonly [Instance, ...Instance[]];
}

interface KeyWorld {
  readonly matrix: Matrix;
  /** The environment as the matrix declares it; undefined where it does not yet. */
  readonly world: World | undefined;
  readonly isTaken: (name: string) => boolean;
  /** What to add to a name that several projects have: the project's alias. */
  readonly aliasOf: (project: string) => string;
}

/**
 * Gives each thing that runs its key: the one that the matrix has for it, that of its name in another environment, or its
 * name. Regions whose facts differ are services of their own: a row of the matrix is the same in all of its regions.
 */
export function assignKeys(instances: readonly Instance[], given: KeyWorld): readonly Keyed[] {
  const keys = new Map<string, string>();
  const taken = new Set<string>();
  const declared = declaredKeys(given);
  const alike = groupBy(instances, ({ project, kind, name }) => JSON.stringify([project, kind, name]));
  const keyed: Keyed[] = [];
  for (const same of [...alike.values()].sort(byRank(given))) {
    const groups = groupRegions(same, declared);
    // The regions that the matrix knows go first, then the larger groups: the first of each key keeps it.
    const ordered = groups.toSorted(
      (a, b) =>
        knownFirst(a, declared) - knownFirst(b, declared) ||
        b.length - a.length ||
        compareText(regionOf(a), regionOf(b)),
    );
    for (const group of ordered) {
      const [first, ...others] = group.toSorted((a, b) => compareText(a.region, b.region));
      if (first === undefined) continue;
      const known = [first, ...others].flatMap(({ resource }) => declared.get(resource) ?? []);
      const before = known.find((key) => !taken.has(key)) ?? elsewhereKey(first, given, taken);
      const key = before ?? newKey(first, given, taken, ordered.length > 1 && keys.has(nameOf(first)));
      taken.add(key);
      keys.set(nameOf(first), key);
      keyed.push({ key, instances: [first, ...others] });
    }
  }
  return keyed.sort((a, b) => compareText(a.key, b.key));
}

/**
 * The regions of one thing, as the services that they are: those that the matrix has under one name or under two stay so,
 * whatever became of them, since a row that moves to another address is taken away at the old one. New ones join their like.
 */
function groupRegions(
  same: readonly Instance[],
  declared: ReadonlyMap<string, string>,
): readonly (readonly Instance[])[] {
  const byKey = groupBy(same, ({ resource }) => declared.get(resource) ?? "");
  const known = [...byKey].filter(([key]) => key !== "").sort(([a], [b]) => compareText(a, b));
  const groups = known.map(([, instances]) => [...instances]);
  const fresh: (readonly Instance[])[] = [];
  for (const [facts, alike] of groupBy(byKey.get("") ?? [], factsOf)) {
    const home = groups.find(([first]) => first !== undefined && factsOf(first) === facts);
    if (home === undefined) fresh.push(alike);
    else home.push(...alike);
  }
  return [...groups, ...fresh];
}

function nameOf({ project, kind, name }: Instance): string {
  return JSON.stringify([project, kind, name]);
}

function regionOf(group: readonly Instance[]): string {
  return group.map(({ region }) => region).sort()[0] ?? "";
}

function knownFirst(group: readonly Instance[], declared: ReadonlyMap<string, string>): number {
  return group.some(({ resource }) => declared.has(resource)) ? 0 : 1;
}

/** The key of everything that the environment declares already, by its resource. */
function declaredKeys({ world }: KeyWorld): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  for (const { key, kind, name, project, regions, stage } of world?.services.values() ?? []) {
    if (stage === "gone") continue;
    for (const region of regions) keys.set(serviceResource(project.id, { kind, region, name }), key);
  }
  return keys;
}

/** The key that a thing of this name has in another environment, or that its name would have in this one. */
function elsewhereKey(
  { kind, name, region }: Instance,
  { matrix, world }: KeyWorld,
  taken: ReadonlySet<string>,
): string | undefined {
  const candidates = matrix.worlds
    .filter((other) => other !== world)
    .flatMap((other) => [...other.services.values()])
    .filter(
      (service) =>
        service.kind === kind && service.name === name && !taken.has(service.key) && !isPlaced(service.key, world),
    );
  return (candidates.find(({ regions }) => regions.includes(region)) ?? candidates[0])?.key;
}

/** Whether a key stands for something else here. */
function isPlaced(key: string, world: World | undefined): boolean {
  return world?.services.has(key) === true;
}

function newKey(
  { name, kind, project, region }: Instance,
  { isTaken, aliasOf }: KeyWorld,
  taken: ReadonlySet<string>,
  isSplit: boolean,
): string {
  const noun = calleeKinds[kind].resource;
  const names = isSplit
    ? [`${name}-${region}`, `${name}-${aliasOf(project)}-${region}`]
    : [name, `${name}-${noun}`, `${name}-${aliasOf(project)}`, `${name}-${project}`, `${name}-${project}-${noun}`];
  return pickName(names, (each) => taken.has(each) || isTaken(each));
}

const byKind = [...kindsIn("services"), ...kindsIn("jobs")];

/** Services before functions before jobs, then by project and name: who has a plain name does not depend on the order. */
function byRank({ aliasOf }: KeyWorld): (a: readonly Instance[], b: readonly Instance[]) => number {
  const rank = (group: readonly Instance[]): string => {
    const [first] = group;
    return first === undefined ? "" : JSON.stringify([byKind.indexOf(first.kind), aliasOf(first.project), first.name]);
  };
  return (a, b) => compareText(rank(a), rank(b));
}
