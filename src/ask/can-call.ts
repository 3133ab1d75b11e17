import { parseMember } from "../access/member.ts";
import type { DriftReport } from "../drift/drift-report.ts";
import { INTERNET } from "../matrix/model/match-selector.ts";
import type { World } from "../matrix/model/world.ts";
import type { Answer, CanAnswer, DeclaredAnswer, LiveAnswer } from "./answers.ts";
import { askedOf } from "./asked.ts";
import type { Grid } from "./grid.ts";
import { principalsOf } from "./live-pairs.ts";
import { makeReach } from "./reach.ts";
import { type Contains, type Step, stepsDeclared, stepsLive, stepsThroughSets } from "./steps.ts";

/** What questions about callers are answered from. */
export interface AskSource {
  readonly grid: Grid;
  readonly world: World;
  readonly drift: DriftReport | null;
  readonly contains: Contains;
}

/** Whether one may call another, itself or through other services. */
export function canCall(source: AskSource, caller: string, callee: string, transitive: boolean): CanAnswer {
  const { grid, drift } = source;
  const declared = declaredAnswer(source, caller, callee, transitive);
  const reality = drift === null ? null : liveAnswer(source, drift, caller, callee, transitive);
  return {
    ...askedOf(grid, new Set([callee, ...(reality?.path ?? [])])),
    caller,
    callee,
    answer: reality?.answer ?? declared.answer,
    transitive,
    declared,
    reality,
  };
}

function declaredAnswer(
  { grid, world }: AskSource,
  caller: string,
  callee: string,
  transitive: boolean,
): DeclaredAnswer {
  const steps = declaredFrom(world, caller);
  const path = pathBetween(steps, caller, callee, transitive);
  return {
    answer: path.length > 0 ? "yes" : "no",
    edges: grid.cells.find((cell) => cell.caller === caller && cell.callee === callee)?.edges ?? [],
    everybody: path.length === 2 && steps.some((step) => step.callee === callee && step.caller === INTERNET),
    path,
  };
}

/** The steps of the matrix, those that one caller may take as one of everybody among them. */
export function declaredFrom(world: World, caller: string): readonly Step[] {
  const steps = stepsDeclared(world);
  return [
    ...steps,
    ...steps.flatMap((step) =>
      step.caller === INTERNET && caller !== INTERNET && step.callee !== caller ? [{ ...step, caller }] : [],
    ),
  ];
}

/** The steps that are live, those that one caller may take as a member of sets among them. */
export function liveFrom({ world, contains }: AskSource, drift: DriftReport, caller: string): readonly Step[] {
  const steps = stepsLive(drift, world, contains);
  const identities = identitiesOf(caller, drift, world);
  // Whom a deny policy names does not get in with everybody else.
  const isDenied = ({ callee }: Step): boolean =>
    [...identities].every((principal) =>
      drift.access.some(
        (row) =>
          row.verdict === "denied" &&
          row.ring !== "indirect" &&
          row.principal === principal &&
          (row.service ?? row.resource) === callee,
      ),
    );
  const throughSets = stepsThroughSets(caller, identities, steps, contains);
  return [...steps, ...throughSets.filter((step) => !isDenied(step))];
}

/** The principals that a caller is: as the matrix has it, and as it really runs. */
export function identitiesOf(caller: string, drift: DriftReport | null, world: World): ReadonlySet<string> {
  const running = (drift?.running ?? []).filter(({ service, resource }) => (service ?? resource) === caller);
  const accounts = running.flatMap(({ account }) =>
    account === null ? [] : parseMember(`serviceAccount:${account}`).principal,
  );
  const isNamed = world.services.has(caller) || world.callers.has(caller) || caller === INTERNET;
  return new Set([...(isNamed || accounts.length === 0 ? principalsOf(caller, world) : []), ...accounts]);
}

const levels = ["allowed", "conditional", "unknown"] as const;
const answers = { allowed: "yes", conditional: "conditional", unknown: "unknown" } as const;

/** The surest way decides: sure calls are tried before those that hang on something. */
function liveAnswer(
  source: AskSource,
  drift: DriftReport,
  caller: string,
  callee: string,
  transitive: boolean,
): LiveAnswer {
  const every = liveFrom(source, drift, caller);
  const all = every.filter(({ how }) => how !== "indirect");
  for (const [index, level] of levels.entries()) {
    const least = new Set<Step["verdict"]>(levels.slice(0, index + 1));
    const steps = all.filter(({ verdict }) => least.has(verdict));
    const path = pathBetween(steps, caller, callee, transitive);
    if (path.length === 0) continue;
    return { answer: answers[level], path, steps: stepFinder(steps)(path), groups: [] };
  }
  // Whoever can take on another identity, or change a policy, may call after that.
  const indirect = pathBetween(every, caller, callee, transitive);
  if (indirect.length > 0)
    return { answer: "conditional", path: indirect, steps: stepFinder(every)(indirect), groups: [] };
  const groups = groupsInDoubt(source, drift, caller, all).filter((group) =>
    all.some((step) => step.caller === group && step.callee === callee),
  );
  const { doubts } = askedOf(source.grid, new Set([callee]));
  const answer: Answer = groups.length > 0 || doubts.length > 0 ? "unknown" : "no";
  return { answer, path: [], steps: [], groups };
}

/** Groups that may call something, and of which nobody knows whether a caller is in them. */
export function groupsInDoubt(
  { world }: AskSource,
  { unexpanded, running }: DriftReport,
  caller: string,
  steps: readonly Step[],
): readonly string[] {
  const isMember = [...principalsOf(caller, world)].some((each) => /^(user|serviceAccount):/.test(each));
  if (!isMember && !running.some(({ resource }) => resource === caller)) return [];
  const named = new Map(
    [...world.callers.values()].map(({ key, principal }) => [parseMember(principal).principal, key]),
  );
  const groups = unexpanded.map((group) => named.get(parseMember(group).principal) ?? group);
  return groups.filter((group) => group !== caller && steps.some((step) => step.caller === group));
}

function pathBetween(steps: readonly Step[], caller: string, callee: string, transitive: boolean): readonly string[] {
  if (steps.some((step) => step.caller === caller && step.callee === callee)) return [caller, callee];
  if (!transitive) return [];
  return (
    makeReach(steps)
      .to(callee)
      .find((reached) => reached.caller === caller)?.path ?? []
  );
}

/** Finds the call behind each pair of a path: the surest. */
export function stepFinder(steps: readonly Step[]): (path: readonly string[]) => readonly Step[] {
  const surest = new Map<string, Step>();
  for (const step of steps) {
    const key = `${step.caller} ${step.callee}`;
    const before = surest.get(key);
    if (before === undefined || rank(step) < rank(before)) surest.set(key, step);
  }
  return (path) => path.slice(1).flatMap((callee, index) => surest.get(`${path[index]} ${callee}`) ?? []);
}

/** Direct ways before indirect ones, sure before unsure. */
function rank({ how, verdict }: Step): number {
  return (how === "indirect" ? 10 : 0) + (verdict === null ? 0 : levels.indexOf(verdict));
}
