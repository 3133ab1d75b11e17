import pLimit from "p-limit";
import type { Clock } from "../http/clock.ts";
import { count } from "../words/enumerate-words.ts";
import { CONFIRMED, decisive, type History, remember } from "./attempts.ts";
import { judgeAnswer } from "./judge-answer.ts";
import type { Answer, Probe } from "./probe.ts";
import type { JudgedCall } from "./verify-report.ts";
import { weighEvidence } from "./weigh-evidence.ts";

export interface RunOptions {
  readonly call: (probe: Probe) => Promise<Answer>;
  readonly clock: Clock;
  /** Over how long verdicts are repeated that the propagation of IAM could change. */
  readonly settleMs: number;
  /** Calls a second, at most. */
  readonly rate: number;
  readonly progress: (message: string) => void;
}

const CONCURRENCY = 4;
/** Attempts at a call that does not work, the first included. */
const ATTEMPTS = 3;
/** Milliseconds before each repetition; the last one again and again. */
const waits = [5000, 10_000, 20_000, 30_000, 60_000] as const;

/** Makes the calls, repeats those that may come out differently, and judges them together. In the order given. */
export async function runProbes(probes: readonly Probe[], options: RunOptions): Promise<readonly JudgedCall[]> {
  const { clock, settleMs, progress } = options;
  const start = clock.now();
  const done = new Map<Probe, History>();
  const ask = paced(options);
  let pending = probes;
  for (let round = 0; pending.length > 0; round += 1) {
    await Promise.all(
      pending.map(async (probe) => {
        const answer = await ask(probe);
        done.set(probe, remember(done.get(probe), { answer, at: clock.now(), judged: judgeAnswer(probe, answer) }));
      }),
    );
    const left = settleMs - (clock.now() - start);
    pending = probes.filter((probe) => isWorthRepeating(done.get(probe), left));
    if (pending.length === 0) break;
    const usual = waits[Math.min(round, waits.length - 1)] ?? 0;
    // The last repetition comes when the time is over, so that all of it is given.
    const wait = left > 0 ? Math.min(usual, left) : usual;
    progress(
      `${count(pending.length, "call")} may still come out differently: asked again in ${Math.ceil(wait / 1000)} s`,
    );
    await clock.sleep(wait);
  }
  return weighEvidence(probes.map((probe) => judged(probe, done.get(probe), start)));
}

function isWorthRepeating(history: History | undefined, left: number): boolean {
  if (history === undefined) return false;
  const { last, found, fine, attempts } = history;
  if (last.judged.verdict === "ok") return history.gotIn !== undefined && fine < CONFIRMED;
  if (found !== undefined) return left > 0;
  return last.judged.again === "trouble" && attempts < ATTEMPTS;
}

function judged(probe: Probe, history: History | undefined, start: number): JudgedCall {
  // Every probe was asked in the first round.
  if (history === undefined) throw new Error("a call was not made");
  const { last, attempts } = history;
  const shown = decisive(history);
  const { again: _, ...judgement } = shown.judged;
  const isShut = shown === last && last.judged.verdict === "ok";
  const openUntil = isShut && history.gotIn !== undefined ? secondsFrom(history.gotIn.at, last.at) : null;
  const told =
    openUntil === null
      ? shown === last
        ? ""
        : `; ${secondsFrom(shown.at, last.at)} s later ${inWords(last.answer)}`
      : `, and still got in ${openUntil} s before`;
  const isSent = last.answer.kind === "answer" || last.answer.kind === "silent" || shown !== last;
  return {
    ...judgement,
    message: `${judgement.message}${told}`,
    probe,
    status: shown.answer.kind === "answer" ? shown.answer.status : null,
    attempts: isSent ? attempts : 0,
    after: secondsFrom(start, last.at),
    openUntil,
  };
}

function inWords(answer: Answer): string {
  return answer.kind === "answer" ? `it answered ${answer.status}` : `there was no answer: ${answer.reason}`;
}

function secondsFrom(from: number, to: number): number {
  return Math.round((to - from) / 1000);
}

/** The calls in their order, a few at a time, each so much later than the one before. */
function paced({ call, clock, rate }: RunOptions): (probe: Probe) => Promise<Answer> {
  const limit = pLimit(CONCURRENCY);
  let next = 0;
  return (probe) =>
    limit(async () => {
      if (probe.obstacle !== null) return { kind: "not-sent", reason: probe.obstacle };
      const now = clock.now();
      const turn = Math.max(now, next);
      next = turn + 1000 / rate;
      if (turn > now) await clock.sleep(turn - now);
      return call(probe);
    });
}

/** What would be called, without a call. */
export function planOnly(probes: readonly Probe[]): readonly JudgedCall[] {
  return probes.map((probe) => ({
    probe,
    verdict: probe.obstacle === null ? "not-sent" : "unknown",
    finding: null,
    evidence: "none",
    message: probe.obstacle ?? `${words[probe.expects]}, since ${probe.because}`,
    help: null,
    status: null,
    attempts: 0,
    after: 0,
    openUntil: null,
  }));
}

const words = {
  refuse: "must get 403",
  distrust: "must get 401",
  admit: "must get in",
  proxy: "must get to the proxy",
} as const satisfies Readonly<Record<Probe["expects"], string>>;
