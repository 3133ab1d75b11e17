import type { Gap } from "../audit/gap.ts";
import { watchedApis } from "../audit/methods.ts";
import type { GivenLog } from "../audit/read-items.ts";
import { formatInstant, type Instant } from "../time/instant.ts";
import { askGoogle } from "./ask-google.ts";
import type { ReadingOptions } from "./read-live.ts";
import type { Session } from "./session.ts";

export interface LiveLogs {
  readonly logs: readonly GivenLog[];
  /** The levels that were read in whole. */
  readonly read: readonly string[];
  readonly gaps: readonly Gap[];
}

/** Reads the Admin Activity logs of some levels. Undefined where nothing could be read at all, of which the reason is said by then. */
export async function readLiveLogs(
  session: Session,
  { levels, from, to }: { readonly levels: readonly string[]; readonly from: Instant; readonly to: Instant },
  { impersonateServiceAccount, timeout }: ReadingOptions,
): Promise<LiveLogs | undefined> {
  const impersonate = impersonateServiceAccount === undefined ? {} : { impersonate: impersonateServiceAccount };
  const request = { levels, from: formatInstant(from), to: formatInstant(to), apis: watchedApis, ...impersonate };
  const answer = await askGoogle(session, timeout, ({ readAuditLogs }, deps) => readAuditLogs(request, deps));
  if (answer === undefined) return undefined;
  return {
    logs: answer.logs.flatMap(({ level, items }) =>
      "value" in items ? [{ name: `the log of ${level}`, items: items.value, badLines: 0 }] : [],
    ),
    read: answer.logs.flatMap(({ level, items }) => (items.status === "read" ? [level] : [])),
    gaps: answer.logs.flatMap(({ level, items }): readonly Gap[] =>
      items.status === "read"
        ? []
        : [
            {
              kind: "level-not-read",
              resource: level,
              from: request.from,
              to: request.to,
              message: `its log was not read${items.status === "partial" ? " to the end" : ""} (${items.status}): ${items.reason}`,
              help: items.status === "denied" ? "grant roles/logging.viewer there" : null,
            },
          ],
    ),
  };
}
