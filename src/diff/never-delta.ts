import { brokenPaths } from "../matrix/model/broken-paths.ts";
import { exceptionMatcher, isInForce } from "../matrix/model/match-exception.ts";
import type { Matrix } from "../matrix/model/matrix.ts";
import type { World } from "../matrix/model/world.ts";
import type { NeverRule } from "../matrix/schema/generated/document.ts";
import { compareText } from "../words/compare-text.ts";
import { laterName, type MatrixPair, type WorldPair } from "./matrix-pair.ts";

/** What a `never` rule forbids, and the later matrix newly has. */
export interface NeverChange {
  /** Its key under `rules`, of the earlier matrix where it is lifted. */
  readonly rule: string;
  readonly environment: string;
  /** Both ends included, in names of the later matrix; with `reach: transitive` the shortest into its target. */
  readonly path: readonly string[];
  /**
   * broken: no exception in force allows it. excused: one does, and without it the rule would be broken. lifted: the rule as
   * it was forbids it, and the later matrix does not, since the rule, or the labels, owners and sets it goes by, are changed.
   */
  readonly state: "broken" | "excused" | "lifted";
  /** The exception that excuses it, by id: where several take a step out of the path, the first in order of id. */
  readonly by: string | null;
}

/**
 * What the later matrix newly breaks, newly excuses: by rule, environment and step, or target where the rule is
 * transitive. A rule that is new breaks newly whatever it forbids. In order of rule, environment, path.
 */
export function neverDelta(pair: MatrixPair): readonly NeverChange[] {
  return pair.after.rules
    .flatMap(({ key, value: { never, environments } }) =>
      never === undefined
        ? []
        : pair.worlds
            .filter(({ environment }) => environments?.includes(environment) !== false)
            .flatMap((worlds) => changesOf(pair, worlds, key, never)),
    )
    .sort(compareChanges);
}

function changesOf(pair: MatrixPair, worlds: WorldPair, rule: string, never: NeverRule): readonly NeverChange[] {
  if (worlds.after === undefined) return [];
  // What a break is told by: the step, or the target where the rule is transitive.
  const subjectOf = (path: Path): string => (never.reach === "transitive" ? (path.at(-1) ?? "") : path.join(" "));
  const is = judge(pair.after, worlds.after, rule, never, subjectOf);
  // What follows asks as much again of the earlier matrix, and most rules hold.
  if (is.broken.size + is.excused.size === 0) return [];
  const was = judgeEarlier(pair, worlds, rule, never, (path) => subjectOf(path.map((name) => laterName(pair, name))));
  const { environment } = worlds;
  const excusedBy = exceptionFinder(pair.after, environment, rule);
  return [
    ...onlyIn(is.broken, was.broken).map((path) => ({ rule, environment, path, state: "broken" as const, by: null })),
    ...onlyIn(is.excused, was.excused).map((path) => ({
      rule,
      environment,
      path,
      state: "excused" as const,
      by: excusedBy(path),
    })),
  ];
}

type Path = readonly string[];

/** What a rule forbids in a world: a path for each subject. */
interface Judged {
  readonly broken: ReadonlyMap<string, Path>;
  /** What is not broken, but would be without exceptions. */
  readonly excused: ReadonlyMap<string, Path>;
}

function judge(
  matrix: Matrix,
  world: World,
  rule: string,
  never: NeverRule,
  subjectOf: (path: Path) => string,
): Judged {
  const bySubject = (paths: readonly Path[]): ReadonlyMap<string, Path> =>
    new Map(paths.map((path) => [subjectOf(path), path]));
  const broken = bySubject(brokenPaths(matrix, world, rule, never));
  const isExcepted = matrix.exceptions.some(({ value }) => value.rule === rule && isInForce(value, matrix));
  if (!isExcepted) return { broken, excused: new Map() };
  const forbidden = bySubject(brokenPaths({ ...matrix, exceptions: [] }, world, rule, never));
  return { broken, excused: new Map([...forbidden].filter(([subject]) => !broken.has(subject))) };
}

/** What the earlier rule forbade. One that was transitive and is direct forbade single steps all along, among others. */
function judgeEarlier(
  { before }: MatrixPair,
  worlds: WorldPair,
  rule: string,
  { reach = "direct" }: NeverRule,
  subjectOf: (path: Path) => string,
): Judged {
  const was = before.rules.find(({ key }) => key === rule)?.value;
  const isThere = was?.environments?.includes(worlds.environment) !== false;
  if (was?.never === undefined || !isThere || worlds.before === undefined) {
    return { broken: new Map(), excused: new Map() };
  }
  const never = reach === "direct" ? { ...was.never, reach } : was.never;
  return judge(before, worlds.before, rule, never, subjectOf);
}

function onlyIn(paths: ReadonlyMap<string, Path>, others: ReadonlyMap<string, Path>): readonly Path[] {
  return [...paths].filter(([subject]) => !others.has(subject)).map(([, path]) => path);
}

function exceptionFinder(
  matrix: Matrix,
  environment: string,
  rule: string,
): (path: readonly string[]) => string | null {
  const exceptions = matrix.exceptions
    .filter(({ value }) => value.rule === rule && isInForce(value, matrix))
    .sort((a, b) => compareText(a.key, b.key))
    .map(({ key, value }) => ({ key, matches: exceptionMatcher(value, matrix) }));
  return (path) =>
    exceptions.find(({ matches }) =>
      path.slice(1).some((service, index) => matches({ service, caller: path[index], environment })),
    )?.key ?? null;
}

export function compareChanges(a: NeverChange, b: NeverChange): number {
  return (
    compareText(a.rule, b.rule) ||
    compareText(a.environment, b.environment) ||
    compareText(a.path.join(" "), b.path.join(" "))
  );
}
