import { escapeTerminal } from "../report/terminal/escape-terminal.ts";
import type { Answer, Probe } from "../verify/probe.ts";
import { runProbes } from "../verify/run-probes.ts";
import type { JudgedCall } from "../verify/verify-report.ts";
import { askGoogle } from "./ask-google.ts";
import type { Session } from "./session.ts";
import { version } from "./version.ts";

interface Calling {
  readonly method: "HEAD" | "GET";
  /** Whether tokens are shown: only then are there credentials to look for. */
  readonly shows: boolean;
  readonly impersonateServiceAccount?: string;
  /** A second, at most. */
  readonly rate?: number;
  /** In seconds, of one call. */
  readonly timeout?: number;
  /** In seconds, over all. */
  readonly settle: number;
}

const CONNECTIONS = 4;
/** More than the longest --settle takes. */
const DEADLINE_MS = 24 * 60 * 60_000;

/**
 * Makes the calls with the bundle for Google Cloud, which is loaded only now.
 * @returns undefined where nothing could be called at all, of which the reason is said by then
 */
export async function callServices(
  session: Session,
  probes: readonly Probe[],
  { method, shows, impersonateServiceAccount: account, rate = 5, timeout = 10, settle }: Calling,
): Promise<readonly JudgedCall[] | undefined> {
  const answer = await askGoogle(session, undefined, async (gcp, deps) => {
    const front = gcp.openFront(deps.env, { version, timeoutMs: timeout * 1000, connections: CONNECTIONS });
    try {
      if (front.override !== null) warnOf(session, front.override);
      const patient = { ...deps, limits: { deadlineMs: DEADLINE_MS } };
      const mint = shows ? await gcp.openMint(account ?? null, patient) : undefined;
      const tokenOf = keptTokens(mint, deps.clock.now);
      const call = async (probe: Probe): Promise<Answer> => {
        const got = await tokenOf(probe);
        if ("reason" in got) return { kind: "no-token", reason: got.reason };
        // What an app would say to a token that it reads itself must not look like the door's answer.
        const header = probe.credential === "wrong-audience" ? "x-serverless-authorization" : "authorization";
        return front.call({ method, url: probe.url ?? "", token: got.token, header });
      };
      try {
        const { clock, progress } = deps;
        const calls = await runProbes(probes, { call, clock, settleMs: settle * 1000, rate, progress });
        return { calls, requests: { ...mint?.counts(), services: front.count() } };
      } finally {
        await mint?.close();
      }
    } finally {
      await front.close();
    }
  });
  return answer?.calls;
}

/** Before anything is sent: whoever listens there gets tokens. */
function warnOf({ io }: Session, front: string): void {
  io.stderr.write(
    `note: services are called at ${escapeTerminal(front)}, which receives the tokens (MATRIX_VERIFY_FRONT)\n`,
  );
}

/** An ID token lives for an hour. docs: /docs/authentication/token-types */
const KEPT_MS = 45 * 60_000;

type Got = { readonly token: string | null } | { readonly reason: string };

interface Mint {
  readonly idToken: (email: string, audience: string) => Promise<Got>;
}

/** The token that a call shows, made once for each account and audience as long as it is good. */
function keptTokens(mint: Mint | undefined, now: () => number): (probe: Probe) => Promise<Got> {
  const tokens = new Map<string, { readonly until: number; readonly got: Promise<Got> }>();
  return ({ credential, account, audience }) => {
    if (credential === "none") return Promise.resolve({ token: null });
    // Without a token the call would be another one than was planned.
    if (mint === undefined || account === null || audience === null) throw new Error("the call has nothing to show");
    const name = `${account} ${audience}`;
    const held = tokens.get(name);
    if (held !== undefined && now() < held.until) return held.got;
    const got = mint.idToken(account, audience);
    tokens.set(name, { until: now() + KEPT_MS, got });
    return got;
  };
}
