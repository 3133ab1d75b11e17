import type { LiveSettings } from "../../gcp/read-settings.ts";
import type { World } from "../../matrix/model/world.ts";
import { escapeTerminal } from "../../report/terminal/escape-terminal.ts";
import { count } from "../../words/enumerate-words.ts";
import type { ReadingOptions } from "../read-live.ts";
import type { Session } from "../session.ts";
import { UsageError } from "../usage-error.ts";
import { version } from "../version.ts";

/** A project to read. */
export interface LiveProject {
  readonly id: string;
  readonly number: string | null;
}

/** The projects of an environment. */
export function projectsOf({ environment }: World): readonly LiveProject[] {
  return environment.projects.map(({ id, number }) => ({ id, number: number ?? null }));
}

/** @throws UsageError where a name cannot be that of a project */
export function projectsNamed(names: readonly string[]): readonly LiveProject[] {
  const odd = names.find((name) => !/^[a-z][a-z0-9:.-]+$/.test(name));
  if (odd !== undefined)
    throw new UsageError(`"${odd}" is no id of a project`, "write it as the console does, like acme-prod");
  return [...new Set(names)].sort().map((id) => ({ id, number: null }));
}

/** Reads the settings of services and jobs. Undefined where nothing could be read at all, of which the reason is said by then. */
export async function readLiveSettings(
  { io, quiet, verbose }: Session,
  projects: readonly LiveProject[],
  { impersonateServiceAccount, timeout }: ReadingOptions,
): Promise<LiveSettings | undefined> {
  const { readSettings, resolveEndpoints, SetupError } = await import("../../gcp/gcp.ts");
  const say = (line: string): void => io.stderr.write(`${escapeTerminal(line)}\n`);
  try {
    // Before anything is sent: whoever listens there gets the token.
    for (const [api, url] of Object.entries(resolveEndpoints(io.env).overridden)) {
      say(
        `note: ${api} is read at ${url}, which receives the token (CLOUDSDK_API_ENDPOINT_OVERRIDES_${api.toUpperCase()})`,
      );
    }
    const read = await readSettings(
      { projects, ...(impersonateServiceAccount === undefined ? {} : { impersonate: impersonateServiceAccount }) },
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
      const total = Object.values(read.requests).reduce((sum, number) => sum + number, 0);
      const each = Object.entries(read.requests).map(([api, number]) => `${api} ${number}`);
      say(`${count(total, "request")}: ${each.join(", ")}`);
    }
    return read;
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(`error: ${error.message}`);
    if (error.help !== undefined) say(`  help: ${error.help}`);
    return undefined;
  }
}
