import type { ReadDeps } from "../gcp/read-snapshot.ts";
import { escapeTerminal } from "../report/terminal/escape-terminal.ts";
import { count } from "../words/enumerate-words.ts";
import type { Session } from "./session.ts";
import { version } from "./version.ts";

type Gcp = typeof import("../gcp/gcp.ts");

/** How many requests each API was sent. */
interface Asked {
  readonly requests: Readonly<Record<string, number>>;
}

/**
 * Reads something of Google Cloud with the bundle for it, which is loaded only now.
 * @param timeout in seconds
 * @returns undefined where nothing could be read at all, of which the reason is said by then
 */
export async function askGoogle<T extends Asked>(
  { io, quiet, verbose }: Session,
  timeout: number | undefined,
  ask: (gcp: Gcp, deps: ReadDeps) => Promise<T>,
): Promise<T | undefined> {
  const gcp = await import("../gcp/gcp.ts");
  const say = (line: string): void => io.stderr.write(`${escapeTerminal(line)}\n`);
  try {
    // Before anything is sent: whoever listens there gets the token.
    for (const [api, url] of Object.entries(gcp.resolveEndpoints(io.env).overridden)) {
      say(
        `note: ${api} is read at ${url}, which receives the token (CLOUDSDK_API_ENDPOINT_OVERRIDES_${api.toUpperCase()})`,
      );
    }
    const answer = await ask(gcp, {
      env: io.env,
      clock: { now: io.now, sleep: io.sleep },
      random: io.random,
      progress: (message) => {
        if (!quiet && (verbose || io.stderr.isTerminal)) say(message);
      },
      version,
      ...(timeout === undefined ? {} : { limits: { deadlineMs: timeout * 1000 } }),
    });
    if (verbose) {
      const total = Object.values(answer.requests).reduce((sum, number) => sum + number, 0);
      const each = Object.entries(answer.requests).map(([api, number]) => `${api} ${number}`);
      say(`${count(total, "request")}: ${each.join(", ")}`);
    }
    return answer;
  } catch (error) {
    if (!(error instanceof gcp.SetupError)) throw error;
    say(`error: ${error.message}`);
    if (error.help !== undefined) say(`  help: ${error.help}`);
    return undefined;
  }
}
