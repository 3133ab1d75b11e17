import type { Reason } from "../access/judged.ts";
import { parseMember } from "../access/member.ts";
import type { DriftReport } from "../drift/drift-report.ts";
import { INTERNET } from "../matrix/model/match-selector.ts";
import { principalIn } from "../matrix/model/principal-of.ts";
import type { World } from "../matrix/model/world.ts";
import { type Instant, parseInstant } from "../time/instant.ts";
import { compareText } from "../words/compare-text.ts";
import type { Answer } from "./answer.ts";
import type { Asked, CanAnswer, DeclaredAnswer, LiveAnswer, OtherAccount } from "./answers.ts";
import type { JudgedCall } from "./ask-judge.ts";
import type { AskLive } from "./ask-live.ts";
import { askedOf, withUnread } from "./asked.ts";
import { callerUnread, hasHiddenServices, isList } from "./caller-unread.ts";
import type { Grid } from "./grid.ts";
import { identitiesOf, namesOf, principalName } from "./identities.ts";
import { LiveWays, wayLevels } from "./live-ways.ts";
import { firstStep, firstSteps } from "./first-steps.ts";
import { makeOutsideJudge } from "./outside/outside-judge.ts";
import { lessSure } from "./outside/outside-answer.ts";
import { makeReach } from "./reach.ts";
import { type Step, stepsDeclared, stepsLive } from "./steps.ts";

/** What questions about callers are answered from. */
export type AskSource = AskLive & { readonly grid: Grid; readonly world: World };

/** Whether one may call another, itself or through other services. */
export function canCall(source: AskSource, caller: string, callee: string, transitive: boolean): CanAnswer {
  const { grid } = source;
  const declared = declaredAnswer(source, caller, callee, transitive);
  const outside = (source.judge?.outsideOf ?? makeOutsideJudge(source.world, null))(caller);
  const live = source.drift === null ? null : outsideAnswer(source, { caller, callee, transitive, outside });
  return {
    ...(live?.asked ?? askedOf(grid, new Set([callee]))),
    caller,
    callee,
    answer: live?.whole ?? declared.answer,
    transitive,
    declared,
    reality: live?.answer ?? null,
    outside,
  };
}

type OutsideQuestion = Pick<CanAnswer, "callee" | "caller" | "outside" | "transitive">;

/** A caller from outside may call what its account may, as far as it can become that; and what everybody may, as nobody. */
function outsideAnswer(
  source: LiveSource,
  { caller, callee, transitive, outside }: OutsideQuestion,
): Answered & { readonly whole: Answer } {
  const identities = identitiesOf(caller, source.drift, source.world);
  const own = liveAnswer(source, { caller, callee, transitive, identities });
  if (outside?.answer == null || outside.answer === "yes") return { ...own, whole: own.answer.answer };
  const { asked, answer } = own;
  const whole = lessSure(answer.answer, outside.answer);
  const open = liveAnswer(source, { caller, callee, transitive, identities: new Set(["allUsers"]) });
  if (whole !== open.answer.answer && lessSure(whole, open.answer.answer) === whole)
    return { ...open, whole: open.answer.answer };
  // Where it surely cannot be its account, nothing that was not read about that bears on the answer.
  if (whole === "no") return { answer, asked: answer.answer === "no" ? asked : open.asked, whole };
  return { answer, asked: withUnread(asked, outside.unread), whole };
}

function declaredAnswer(
  { grid, world }: AskSource,
  caller: string,
  callee: string,
  transitive: boolean,
): DeclaredAnswer {
  const names = declaredNames(caller, grid, world);
  const steps = declaredFrom(world, caller, names);
  const path = pathBetween(steps, caller, callee, transitive);
  return {
    answer: path.length > 0 ? "yes" : "no",
    edges: grid.cells.flatMap((cell) => (names.has(cell.caller) && cell.callee === callee ? cell.edges : [])),
    everybody: path.length === 2 && steps.some((step) => step.callee === callee && step.caller === INTERNET),
    path,
  };
}

/** The names by which a caller stands in the matrix: its own, or those of all that call as the account. */
export function declaredNames(caller: string, { asOf }: Grid, world: World): ReadonlySet<string> {
  return new Set(namesOf(caller, world, parseInstant(asOf) ?? (0 as Instant)));
}

/** The steps of the matrix, those that one caller may take by its other names, or as one of everybody, among them. */
export function declaredFrom(world: World, caller: string, names: ReadonlySet<string>): readonly Step[] {
  const steps = stepsDeclared(world);
  return [
    ...steps,
    ...steps.flatMap((step) =>
      step.caller !== caller && (step.caller === INTERNET || names.has(step.caller)) ? [{ ...step, caller }] : [],
    ),
  ];
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

const answers = { allowed: "yes", conditional: "conditional", unknown: "unknown", denied: "no", no: "no" } as const;

interface Answered {
  readonly answer: LiveAnswer;
  readonly asked: Asked;
}

/** The surest way decides. */
function liveAnswer(
  source: LiveSource,
  {
    caller,
    callee,
    transitive,
    identities,
  }: Omit<OutsideQuestion, "outside"> & {
    readonly identities: ReadonlySet<string>;
  },
): Answered {
  const { grid, world, drift, judge } = source;
  const judged = judge.judge(identities, callee);
  const direct = { ...answerOf(judged, caller, callee, world), as: otherAccount(source, caller, callee, judged) };
  if (direct.answer === "yes" || !transitive) return withDoubts(source, caller, new Set([callee]), direct);
  const ways = waysFrom(source, caller, identities);
  for (const level of wayLevels) {
    const steps = ways.search(level).get(callee);
    if (steps === undefined) continue;
    const groups =
      level === "unknown"
        ? groupNames(
            steps.flatMap(({ inDoubt }) => inDoubt ?? []),
            world,
          )
        : [];
    const answer = level === "allowed" ? "yes" : level === "unknown" ? "unknown" : "conditional";
    const path = [caller, ...steps.map((step) => step.callee)];
    return withDoubts(source, caller, new Set(path.slice(1)), { ...direct, answer, path, steps, groups });
  }
  // Whatever reaches it: what was not read there may let the caller in.
  const around = new Set([callee, ...ways.reaching(callee)]);
  around.delete(caller);
  const isOpen = [...around].some((name) => judge.judge(identities, name).verdict === "unknown");
  const hasUnknownRun = ways.search("unknown").size > 0 && askedOf(grid, around).doubts.length > 0;
  const isHidden = [...around].some((name) => parseMember(name).kind === "serviceAccount") && hasHiddenServices(drift);
  const answer: Answer = isOpen || hasUnknownRun || isHidden ? "unknown" : direct.answer;
  return withDoubts(source, caller, around, { ...direct, answer }, isHidden);
}

type LiveSource = Extract<AskSource, { readonly drift: DriftReport }>;

/** All calls that can be made from one caller on. */
export function waysFrom(
  { world, drift, judge, grid }: LiveSource,
  caller: string,
  identities: ReadonlySet<string>,
): LiveWays {
  const callees = grid.callees.map(({ id }) => id);
  return new LiveWays(caller, firstSteps(caller, identities, callees, judge), stepsLive(drift, world, judge, true));
}

function answerOf(judged: JudgedCall, caller: string, callee: string, world: World): Omit<LiveAnswer, "as"> {
  const { verdict, places, sets, reasons } = judged;
  const step = firstStep(caller, callee, judged);
  return {
    answer: answers[verdict],
    path: step === undefined ? [] : [caller, callee],
    steps: step === undefined ? [] : [step],
    groups: verdict === "unknown" ? groupNames(sets, world) : [],
    reasons,
    regions: places.map((place) => ({
      region: place.region,
      state: place.state,
      resource: place.resource,
      verdict: place.verdict,
    })),
  };
}

/** The account that makes a service's call possible, where the one that the matrix gives it now makes it less sure. */
function otherAccount(
  { world, judge }: LiveSource,
  caller: string,
  callee: string,
  { as, verdict }: JudgedCall,
): OtherAccount | null {
  const declared = world.services.has(caller) ? principalIn(world, caller) : undefined;
  if (declared === undefined || as === null || as === declared || verdict === "no" || verdict === "denied") return null;
  const own = judge.judge(new Set([declared]), callee).verdict;
  if (own === verdict) return null;
  const previous = world.services.get(caller)?.previousAccounts ?? [];
  return {
    principal: as,
    isPrevious: previous.some(({ email }) => parseMember(`serviceAccount:${email}`).principal === as),
    declared,
    declaredMay: own === "no" || own === "denied" ? "no" : "perhaps",
  };
}

/** Sets by the names that the matrix gives them, each once. */
export function groupNames(sets: Iterable<string>, { callers }: World): readonly string[] {
  const named = new Map([...callers.values()].map(({ key, principal }) => [parseMember(principal).principal, key]));
  return [...new Set([...sets].map((set) => named.get(set) ?? principalName(set)))].sort(compareText);
}

/** What was not read and bears on an answer: at the services that it is about, and, of a "no", of whom the caller runs as. */
function withDoubts(
  source: LiveSource,
  caller: string,
  names: ReadonlySet<string>,
  answer: LiveAnswer,
  isHidden = false,
): Answered {
  const asked = askedOf(source.grid, names);
  // What is sure, or hangs on a condition, no further grant makes less so.
  if (answer.answer !== "no" && answer.answer !== "unknown") return { answer, asked };
  const more = [
    ...callerUnread(source, caller),
    ...(isHidden ? source.drift.unread.filter(({ what, accepted }) => isList(what) && accepted === null) : []),
  ].filter((entry) => !asked.doubts.some((each) => each.what === entry.what && each.resource === entry.resource));
  const doubts = [...asked.doubts, ...more];
  const isUnknown = answer.answer === "unknown" || more.length > 0;
  const reasons: readonly Reason[] = answer.answer === "no" && isUnknown ? ["unread"] : answer.reasons;
  return {
    answer: { ...answer, answer: isUnknown ? "unknown" : "no", reasons },
    asked: {
      ...asked,
      doubts,
      sets: answer.groups,
      besides: Math.max(0, asked.besides - more.length),
      complete: doubts.length === 0 && !isUnknown,
    },
  };
}
