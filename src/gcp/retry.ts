import type { Clock } from "../http/clock.ts";
import type { Transport, TransportAnswer, TransportRequest } from "./transport.ts";

/** How often and how long is tried. */
export interface RetryLimits {
  /** Attempts at one request, the first included. */
  readonly attempts: number;
  /** Second and later attempts at all requests together, so that a broken day ends soon. */
  readonly budget: number;
  readonly timeoutMs: number;
  /** Of everything, from the start. */
  readonly deadlineMs: number;
}

export const standardLimits: RetryLimits = { attempts: 4, budget: 400, timeoutMs: 30_000, deadlineMs: 10 * 60_000 };

/** What to send, without its timeout: the deadline decides it. */
export type PatientRequest = Omit<TransportRequest, "timeoutMs">;

export interface PatientTransport {
  readonly send: (request: PatientRequest) => Promise<TransportAnswer>;
  /** Whether a wait of so many milliseconds would end after the deadline. */
  readonly isTooLate: (waitMs: number) => boolean;
  /** Requests that were sent, attempts counted one by one, by API or host. */
  readonly counts: () => Readonly<Record<string, number>>;
}

const FIRST_WAIT = 500;
const LONGEST_WAIT = 32_000;
const LONGEST_RETRY_AFTER = 60_000;

/**
 * Sends with retries: of 429, 5xx and broken connections, with exponential backoff and jitter, or after the time that
 * Retry-After asks for. Only reads go through here, so that any of them may be repeated.
 */
export function addPatience(
  transport: Transport,
  { clock, random, limits }: { readonly clock: Clock; readonly random: () => number; readonly limits: RetryLimits },
): PatientTransport {
  const deadline = clock.now() + limits.deadlineMs;
  const counts = new Map<string, number>();
  let budget = limits.budget;
  const tooLate: TransportAnswer = {
    kind: "refused",
    reason: `the deadline of ${Math.round(limits.deadlineMs / 1000)} s for all requests has passed`,
  };

  async function send(request: PatientRequest): Promise<TransportAnswer> {
    for (let attempt = 1; ; attempt += 1) {
      const left = deadline - clock.now();
      if (left <= 0) return tooLate;
      const name = request.target.list === "data" ? request.target.api : request.target.host;
      counts.set(name, (counts.get(name) ?? 0) + 1);
      const answer = await transport.send({ ...request, timeoutMs: Math.min(limits.timeoutMs, left) });
      if (!isWorthRepeating(answer) || attempt >= limits.attempts || budget <= 0) return answer;
      const wait = waitAfter(answer, attempt, random, clock);
      if (clock.now() + wait >= deadline) return answer;
      budget -= 1;
      await clock.sleep(wait);
    }
  }

  return {
    send,
    isTooLate: (waitMs) => clock.now() + waitMs >= deadline,
    counts: () => Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

function isWorthRepeating(answer: TransportAnswer): boolean {
  if (answer.kind !== "answer") return answer.kind === "interrupted";
  return answer.status === 429 || answer.status >= 500;
}

function waitAfter(answer: TransportAnswer, attempt: number, random: () => number, clock: Clock): number {
  const asked = answer.kind === "answer" ? parseRetryAfter(answer.headers.get("retry-after"), clock.now()) : undefined;
  if (asked !== undefined) return Math.min(asked, LONGEST_RETRY_AFTER);
  return Math.min(FIRST_WAIT * 2 ** (attempt - 1), LONGEST_WAIT) * (0.5 + random() / 2);
}

/** Seconds or an HTTP date, as RFC 9110 has it. */
function parseRetryAfter(text: string | undefined, now: number): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,6}$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
