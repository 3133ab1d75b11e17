import type { DriftReport, UnreadEntry } from "../../drift/drift-report.ts";
import type { LiveView } from "../../drift/view-live.ts";
import type { MatrixHistory } from "../../history/matrix-history.ts";
import { selectorMatcher } from "../../matrix/model/match-selector.ts";
import type { Matrix } from "../../matrix/model/matrix.ts";
import type { World } from "../../matrix/model/world.ts";
import type { Place } from "../../matrix/text/place.ts";
import type { Span } from "../../matrix/text/source-text.ts";
import type { Snapshot } from "../../snapshot/snapshot.ts";
import { formatInstant } from "../../time/instant.ts";
import type { LiveAnswer } from "../answers.ts";
import type { JudgedCall } from "../ask-judge.ts";
import type { AskLive } from "../ask-live.ts";
import { buildGrid } from "../build-grid.ts";
import { canCall } from "../can-call.ts";
import { likelihoods } from "./explain-report.ts";
import type { OutsideAnswer } from "../outside/outside-answer.ts";
import type { Case, Cause } from "./case.ts";
import { causes } from "./causes/registry.ts";
import { explainEdges, isOpenTo, sinceOfPair } from "./explain-edges.ts";
import type {
  Answer,
  CallStatus,
  ExplainedCallee,
  ExplainedCaller,
  ExplainReport,
  FoundCause,
} from "./explain-report.ts";
import { type Callee, type Caller, findParties } from "./find-parties.ts";
import { lookAt, pathsOf, regionsOf } from "./look-at.ts";

/** What is live, as far as somebody looked. */
export type LiveSource = Extract<AskLive, { readonly drift: DriftReport }> & {
  readonly snapshot: Snapshot;
  readonly view: LiveView;
};

export interface ExplainQuestion {
  readonly matrix: Matrix;
  /** The root file of the matrix. */
  readonly name: string;
  readonly world: World;
  readonly locate: (at: Place) => Span;
  readonly live: LiveSource | null;
  /** As `findCaller` and `findCallee` name them. */
  readonly caller: string;
  readonly callee: string;
  readonly status: CallStatus | null;
  readonly audience: string | undefined;
  readonly history: MatrixHistory | null;
}

/** Why a caller may call a service, or why it may not. Pure, but for the history, which is read as far as it is needed. */
export function explainAccess(question: ExplainQuestion): ExplainReport {
  const { matrix, name, world, live, status, history } = question;
  const { caller, callee } = findParties(question);
  const edges = explainEdges(question, { caller, callee });
  const holding = edges.filter(({ holds }) => holds === "yes");
  const declared = isOpenTo(callee.service) || holding.length > 0;
  const isThroughIap = holding.some(({ through }) => through === "iap");
  const { answer, reality, judged, doubts, outside } = judge(question, caller);
  const groups = reality?.groups ?? [];
  const looked = live === null || judged === null ? null : lookAt(live, caller, judged);
  const audience = question.audience;
  const of: Case = {
    matrix,
    world,
    caller: { ...caller, outside },
    callee,
    edges,
    declared,
    isThroughIap,
    answer,
    groups,
    status,
    audience,
    live: looked,
    drift: live?.drift ?? null,
  };
  const since = sinceOfPair(question, caller.key, callee.key);
  return {
    environment: world.environment.name,
    matrix: name,
    asOf: formatInstant(matrix.asOf),
    live: live === null ? null : { finishedAt: live.snapshot.finishedAt, sha256: live.snapshot.sha256 },
    caller: describeCaller(caller, question),
    callee: describeCallee(callee, question),
    answer,
    declared,
    edges,
    since,
    history: history === null ? null : { cutOff: history.cutOff() },
    regions: judged === null ? [] : regionsOf(judged),
    groups,
    paths: judged === null ? [] : pathsOf(judged),
    as: reality?.as ?? null,
    outside,
    status,
    causes: findCauses(of),
    unchecked:
      live !== null || !isAsked(of)
        ? []
        : causes.filter((each) => each.needs === "live" && mayExplain(each, of)).map(naming),
    unread: unreadOf(live, callee.id, doubts),
  };
}

/** What `matrix can` answers: there is one judge. */
function judge(
  { matrix, name, world, locate, live, caller, callee }: ExplainQuestion,
  { identities }: Caller,
): {
  readonly answer: Answer;
  readonly reality: LiveAnswer | null;
  readonly judged: JudgedCall | null;
  readonly doubts: readonly UnreadEntry[];
  readonly outside: OutsideAnswer | null;
} {
  const asked: AskLive = live ?? { drift: null, judge: null };
  const grid = buildGrid({ matrix, name, world, locate, ...asked, only: new Set([callee]) });
  const { answer, reality, doubts, outside } = canCall({ grid, world, ...asked }, caller, callee, false);
  return {
    answer: answer === "yes" ? "allowed" : answer === "no" ? "denied" : answer,
    reality,
    judged: asked.judge?.judge(new Set(identities), callee) ?? null,
    doubts,
    outside,
  };
}

/** What was not read and bears on the answer, blind spots that exceptions accept among them. */
function unreadOf(live: LiveSource | null, callee: string, doubts: readonly UnreadEntry[]): readonly UnreadEntry[] {
  const here = (live?.drift.unread ?? []).filter(({ services }) => services.includes(callee));
  const known = new Set(here.map(({ what, resource }) => `${what} ${resource}`));
  return [...here, ...doubts.filter(({ what, resource }) => !known.has(`${what} ${resource}`))];
}

/** Whether somebody wants to know why a call fails. */
function isAsked({ answer, status, audience }: Case): boolean {
  return answer !== "allowed" || status !== null || audience !== undefined;
}

function mayExplain({ statuses, isAbout }: Cause, { status, caller }: Case): boolean {
  return (status === null || statuses.includes(status)) && isAbout?.(caller) !== false;
}

function naming({ id, title }: { readonly id: string; readonly title: string }): {
  readonly id: string;
  readonly title: string;
} {
  return { id, title };
}

/** Where the answer is yes and nobody asked further, only what surely stops calls all the same. */
function findCauses(of: Case): readonly FoundCause[] {
  const found = causes.flatMap((cause): readonly FoundCause[] => {
    if (!mayExplain(cause, of) || (cause.needs === "live" && of.live === null)) return [];
    const what = cause.find(of);
    if (what === undefined) return [];
    if (!isAsked(of) && what.likelihood !== "certain" && cause.isSilent !== true) return [];
    const { id, title, statuses } = cause;
    return [{ id, title, likelihood: what.likelihood, statuses, evidence: what.evidence, fix: what.fix }];
  });
  return likelihoods.flatMap((likelihood) => found.filter((each) => each.likelihood === likelihood));
}

function describeCaller(caller: Caller, { locate }: ExplainQuestion): ExplainedCaller {
  const named = caller.service ?? caller.other;
  return {
    name: caller.name,
    key: caller.key,
    kind: named?.kind ?? "principal",
    principal: caller.principal,
    owner: named?.owner ?? null,
    span: named === undefined ? null : locate(named.declared.place),
  };
}

function describeCallee({ name, kind, service }: Callee, { matrix, world, locate }: ExplainQuestion): ExplainedCallee {
  const isSensitive =
    matrix.sensitive === undefined ? undefined : selectorMatcher(matrix.sensitive, world, matrix.expand);
  return {
    name,
    key: service?.key ?? null,
    kind,
    owner: service?.owner ?? null,
    sensitive: service !== undefined && isSensitive?.(service.key) === true,
    span: service === undefined ? null : locate(service.declared.place),
  };
}
