import type { OutsideAnswer } from "../../ask/outside/outside-answer.ts";

/** How a caller from outside becomes its account, for programs; null of all others. */
export function outsideJson(outside: OutsideAnswer | null): object | null {
  if (outside === null) return null;
  const { workload, account, member, pool, provider, answer, lacks, unread } = outside;
  return {
    workload,
    account,
    member,
    pool,
    provider,
    answer,
    lacks: lacks.map(({ kind, isSure, message, fix }) => ({ kind, isSure, message, fix })),
    unread: unread.map(({ what, resource, status, reason }) => ({ what, resource, status, reason })),
  };
}
