import { brokenPaths, brokenPathsBy, brokenSteps } from "../matrix/model/broken-paths.ts";
import { holdsIn } from "../matrix/model/holds-in.ts";
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
 * What the later matrix newly breaks, newly excuses: by rule, environment and step. Where the rule is transitive, by target,
 * each with one path: into a target that was not broken, the shortest; into one that was, a shorter one than there was, or
 * one whose last step is new. A rule that is new breaks newly whatever it forbids. In order of rule, environment, path.
 */
export function neverDelta(pair: MatrixPair): readonly NeverChange[] {
  return pair.after.rules
    .flatMap(({ key, value }) => {
      const { never } = value;
      return never === undefined
        ? []
        : pair.worlds
            .filter(({ environment }) => holdsIn(value, environment))
            .flatMap((worlds) => changesOf(pair, worlds, key, never));
    })
    .sort(compareChanges);
}

function changesOf(pair: MatrixPair, worlds: WorldPair, key: string, never: NeverRule): readonly NeverChange[] {
  const { environment, before, after } = worlds;
  if (after === undefined) return [];
  const is = judge({ matrix: pair.after, world: after, key, never, toldAs: never.reach });
  // What follows asks as much again of the earlier matrix, and most rules hold.
  if (is.broken.size + is.excused.size === 0) return [];
  const was = judgeEarlier(pair, before, key, never);
  const excusedBy = exceptionFinder(pair.after, environment, key);
  return [
    ...newPaths(is, was, "broken").map((path) => ({
      rule: key,
      environment,
      path,
      state: "broken" as const,
      by: null,
    })),
    ...newPaths(is, was, "excused").map((path) => ({
      rule: key,
      environment,
      path,
      state: "excused" as const,
      by: excusedBy(path),
    })),
  ];
}

type Path = readonly string[];
type State = "broken" | "excused";

/** A rule in one environment of one version. */
interface Side {
  readonly matrix: Matrix;
  readonly world: World;
  readonly key: string;
  readonly never: NeverRule;
  /** The reach by which breaks are told. */
  readonly toldAs: NeverRule["reach"];
}

/** What a rule forbids in a world: the shortest path for each subject. */
interface Judged {
  readonly broken: ReadonlyMap<string, Path>;
  /** What is not broken, but would be without exceptions. */
  readonly excused: ReadonlyMap<string, Path>;
  /** Every step that ends a path of a state; excused: a path there would be without exceptions. */
  readonly lastSteps: (state: State) => ReadonlySet<string>;
  /** As the paths of a state, of those that end in none of some steps. */
  readonly pathsBesides: (known: ReadonlySet<string>, state: State) => ReadonlyMap<string, Path>;
}

/** A break of a direct rule is told by its step, one of a transitive rule by its target. */
export function subjectOf(reach: NeverRule["reach"], path: Path): string {
  return reach === "transitive" ? (path.at(-1) ?? "") : path.join(" ");
}

const stepOf = (caller: string, callee: string): string => `${caller} ${callee}`;

function judge({ matrix, world, key, never, toldAs }: Side): Judged {
  const bySubject = (paths: readonly Path[]): ReadonlyMap<string, Path> =>
    new Map(paths.map((path) => [subjectOf(toldAs, path), path]));
  const bare = { ...matrix, exceptions: [] };
  const of = (state: State): Matrix => (state === "broken" ? matrix : bare);
  const broken = bySubject(brokenPaths(matrix, world, key, never));
  const isExcepted = matrix.exceptions.some(({ value }) => value.rule === key && isInForce(value, matrix));
  const forbidden = isExcepted ? bySubject(brokenPaths(bare, world, key, never)) : broken;
  return {
    broken,
    excused: new Map([...forbidden].filter(([subject]) => !broken.has(subject))),
    lastSteps: (state) =>
      new Set(brokenSteps(of(state), world, key, never).map(({ caller, callee }) => stepOf(caller, callee))),
    pathsBesides: (known, state) =>
      bySubject(
        brokenPathsBy(of(state), world, key, never, ({ caller, callee }) => !known.has(stepOf(caller, callee))),
      ),
  };
}

const nothing: Judged = {
  broken: new Map(),
  excused: new Map(),
  lastSteps: () => new Set(),
  pathsBesides: () => new Map(),
};

/**
 * What the earlier rule forbade, in later names. One that was transitive and is direct forbade single steps all along, among
 * others.
 */
function judgeEarlier(
  pair: MatrixPair,
  world: World | undefined,
  key: string,
  { reach = "direct" }: NeverRule,
): Judged {
  const was = pair.before.rules.find((rule) => rule.key === key)?.value;
  if (was?.never === undefined || world === undefined) return nothing;
  if (!holdsIn(was, world.environment.name)) return nothing;
  const never = reach === "direct" ? { ...was.never, reach } : was.never;
  const judged = judge({ matrix: pair.before, world, key, never, toldAs: reach });
  const later = (text: string): string =>
    text
      .split(" ")
      .map((name) => laterName(pair, name))
      .join(" ");
  const rename = (paths: ReadonlyMap<string, Path>): ReadonlyMap<string, Path> =>
    new Map([...paths].map(([subject, path]) => [later(subject), path]));
  return {
    ...judged,
    broken: rename(judged.broken),
    excused: rename(judged.excused),
    lastSteps: (state) => new Set([...judged.lastSteps(state)].map(later)),
  };
}

/** A path for each subject that newly has a state, has it by a shorter path, or by a last step that is new. */
function newPaths(is: Judged, was: Judged, state: State): readonly Path[] {
  let besides: ReadonlyMap<string, Path> | undefined;
  return [...is[state]].flatMap(([subject, path]) => {
    const before = was[state].get(subject);
    if (before === undefined || path.length < before.length) return [path];
    // A step is what it is.
    if (subject.includes(" ")) return [];
    besides ??= is.pathsBesides(was.lastSteps(state), state);
    const other = besides.get(subject);
    return other === undefined ? [] : [other];
  });
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
