/** What an answer says about waiting. */
interface Limited {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly text: string;
}

/** GitHub asks for at least a minute after a secondary limit that names no time. */
const UNNAMED_WAIT = 60_000;

/**
 * How long GitHub asks to wait, in milliseconds; undefined where the answer is about no limit. A 403 can be either.
 * docs: /en/rest/using-the-rest-api/rate-limits-for-the-rest-api (retry-after, x-ratelimit-remaining, x-ratelimit-reset)
 */
export function rateLimitWait({ status, headers, text }: Limited, now: number): number | undefined {
  if (status !== 403 && status !== 429) return undefined;
  const after = headers.get("retry-after");
  if (after !== undefined && /^\d{1,6}$/.test(after)) return Number(after) * 1000;
  const reset = headers.get("x-ratelimit-reset");
  if (headers.get("x-ratelimit-remaining") === "0" && reset !== undefined && /^\d{1,12}$/.test(reset))
    return Math.max(0, Number(reset) * 1000 - now);
  return status === 429 || /secondary rate limit|abuse detection/i.test(text) ? UNNAMED_WAIT : undefined;
}
