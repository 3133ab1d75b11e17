import type { Reading } from "../snapshot/snapshot.ts";
import type { ApiClient } from "./api-client.ts";
import { openSession, type ReadDeps } from "./open-session.ts";
import { createPace } from "./pace.ts";
import { googleList, readList } from "./pages.ts";

export interface AuditLogRequest {
  /** `projects/ID`, `folders/N` or `organizations/N`: each keeps its own log. */
  readonly levels: readonly string[];
  /** ISO timestamps: from the first on, before the second. */
  readonly from: string;
  readonly to: string;
  /** The names of the APIs whose entries are wanted. */
  readonly apis: readonly string[];
  /** The value of `--impersonate-service-account`. */
  readonly impersonate?: string;
}

export interface AuditLogs {
  readonly logs: readonly { readonly level: string; readonly items: Reading<readonly unknown[]> }[];
  /** Requests that were sent, by API or host of token exchange. */
  readonly requests: Readonly<Record<string, number>>;
}

const PAGE_SIZE = 1000;
/** docs: /logging/quotas — entries.list, 60 in a minute for each project. */
const PER_MINUTE = 50;

/**
 * Reads the Admin Activity logs of some levels, each by itself: one that may not be read is no reason not to read the
 * others. Folders and the organization are asked for their own entries, not for those of what is below.
 * docs: logging v2 `entries.list`
 * Throws a SetupError where nothing can be read at all.
 */
export async function readAuditLogs(request: AuditLogRequest, deps: ReadDeps): Promise<AuditLogs> {
  const session = await openSession(request.impersonate ?? null, deps);
  try {
    const pace = createPace(deps.clock, PER_MINUTE, session.isTooLate);
    const client: ApiClient = {
      async call(each) {
        if (await pace.turn()) return session.client.call(each);
        return { kind: "trouble", status: null, reason: "the deadline for all requests would pass", error: null };
      },
    };
    const logs: AuditLogs["logs"][number][] = [];
    for (const level of request.levels) {
      deps.progress(`reading the audit log of ${level}`);
      logs.push({ level, items: await readLevel(client, level, request) });
    }
    return { logs, requests: session.counts() };
  } finally {
    await session.close();
  }
}

async function readLevel(
  client: ApiClient,
  level: string,
  { from, to, apis }: AuditLogRequest,
): Promise<Reading<readonly unknown[]>> {
  const filter = [
    `logName="${level}/logs/cloudaudit.googleapis.com%2Factivity"`,
    `timestamp>="${from}"`,
    `timestamp<"${to}"`,
    `protoPayload.serviceName=(${apis.map((api) => `"${api}"`).join(" OR ")})`,
  ].join(" AND ");
  const body = { resourceNames: [level], filter, orderBy: "timestamp asc", pageSize: PAGE_SIZE };
  const { items } = await readList(
    client,
    { api: "logging", method: "POST", path: "v2/entries:list", body },
    googleList("entries"),
  );
  return items;
}
