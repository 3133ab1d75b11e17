import type { ReadRequest } from "../gcp/read-snapshot.ts";
import { escapeTerminal } from "../report/terminal/escape-terminal.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import { count } from "../words/enumerate-words.ts";
import type { Session } from "./session.ts";
import { version } from "./version.ts";

/** What the options of every command that reads say. */
export interface ReadingOptions {
  readonly groups?: boolean;
  readonly impersonateServiceAccount?: string;
  /** In seconds. */
  readonly timeout?: number;
}

/** Reads Google Cloud. Undefined where nothing could be read at all, of which the reason is said by then. */
export async function readLive(
  { io, quiet, verbose }: Session,
  request: Omit<ReadRequest, "groups" | "impersonate">,
  { groups, impersonateServiceAccount, timeout }: ReadingOptions,
): Promise<Snapshot | undefined> {
  const { readSnapshot, resolveEndpoints, SetupError } = await import("../gcp/gcp.ts");
  const say = (line: string): void => io.stderr.write(`${escapeTerminal(line)}\n`);
  try {
    // Before anything is sent: whoever listens there gets the token.
    for (const [api, url] of Object.entries(resolveEndpoints(io.env).overridden)) {
      say(
        `note: ${api} is read at ${url}, which receives the token (CLOUDSDK_API_ENDPOINT_OVERRIDES_${api.toUpperCase()})`,
      );
    }
    const { snapshot, requests } = await readSnapshot(
      {
        ...request,
        groups: groups === true,
        ...(impersonateServiceAccount === undefined ? {} : { impersonate: impersonateServiceAccount }),
      },
      {
        env: io.env,
        clock: { now: io.now, sleep: io.sleep },
        random: io.random,
        progress: (message) => {
          if (!quiet && (verbose || io.stderr.isTerminal)) say(message);
        },
        version,
        ...(timeout === undefined ? {} : { limits: { deadlineMs: timeout * 1000 } }),
      },
    );
    if (verbose) {
      const total = Object.values(requests).reduce((sum, number) => sum + number, 0);
      const each = Object.entries(requests).map(([api, number]) => `${api} ${number}`);
      say(`${count(total, "request")}: ${each.join(", ")}`);
    }
    return snapshot;
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(`error: ${error.message}`);
    if (error.help !== undefined) say(`  help: ${error.help}`);
    return undefined;
  }
}
