import { mayStillCall } from "../matrix/model/previous-accounts.ts";
import type { PreviousAccount, Service } from "../matrix/model/world.ts";
import type { Severity } from "../finding/severity.ts";
import { addDays, type Instant } from "../time/instant.ts";
import type { Live } from "./drift-context.ts";

/** From so many days before the end on, a move that is not finished is more than a note. As long as `expiring-soon` looks ahead. */
const LAST_DAYS = 30;

/** A previous account that a service still runs as, and how bad that is by now. */
export interface StillRuns {
  readonly previous: PreviousAccount;
  /** Whether its time is over: the rows of the callees hold it no longer. */
  readonly isOver: boolean;
  readonly severity: Severity;
}

/** Whether an account that a service was seen to run as is one of its previous ones; that with the latest end. */
export function stillRunsAs(
  { previousAccounts }: Pick<Service, "previousAccounts">,
  account: string,
  asOf: Instant,
): StillRuns | undefined {
  const [previous] = previousAccounts
    .filter(({ email }) => email.toLowerCase() === account)
    .sort((a, b) => (b.end ?? 0) - (a.end ?? 0));
  if (previous === undefined) return undefined;
  const isOver = !mayStillCall(previous, asOf);
  const isLate = !mayStillCall(previous, addDays(asOf, LAST_DAYS));
  return { previous, isOver, severity: isOver ? "error" : isLate ? "warning" : "info" };
}

/**
 * Who else runs as an account, and is not about to leave it: while one service moves away, they may call what it may.
 * By name, each once.
 */
export function whoStays(all: readonly Live[], account: string, mover: string, asOf: Instant): readonly string[] {
  const names = all
    .filter(({ service, name }) => service.account === account && name !== mover)
    .filter(({ declared }) => declared === undefined || isStaying(declared, account, asOf))
    .map(({ name }) => name);
  return [...new Set(names)].sort();
}

function isStaying(declared: Service, account: string, asOf: Instant): boolean {
  if (declared.account.email.toLowerCase() === account) return true;
  return stillRunsAs(declared, account, asOf)?.isOver !== false;
}
