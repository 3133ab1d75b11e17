import type { Gap } from "../audit/gap.ts";
import { logLevels } from "../audit/log-levels.ts";
import type { GivenLog } from "../audit/read-items.ts";
import type { GrantMakers } from "../drift/attribute-findings.ts";
import type { World } from "../matrix/model/world.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import { addDays, formatInstant, type Instant } from "../time/instant.ts";
import { isObject } from "../words/json.ts";
import { readLiveLogs } from "./read-live-logs.ts";
import type { ReadingOptions } from "./read-live.ts";
import { readLogs } from "./read-logs.ts";
import type { Session } from "./session.ts";

/** docs: /logging/quotas — the _Required bucket keeps Admin Activity entries so long, and no longer. */
const RETENTION_DAYS = 400;

interface Given extends ReadingOptions {
  readonly log?: readonly string[];
  readonly applier?: readonly string[];
}

/**
 * What audit logs say of grants that a snapshot holds: of files, or of Google. Undefined where nothing could be read, of
 * which the reason is said by then.
 */
export async function findMakers(
  session: Session,
  { world, snapshot }: { readonly world: World; readonly snapshot: Snapshot },
  given: Given,
): Promise<GrantMakers | undefined> {
  const { attribute, replayLogs, whoOf } = await import("../audit/audit.ts");
  const readAt = Date.parse(snapshot.finishedAt) as Instant;
  const found = await findLogs(session, { world, snapshot, readAt }, given);
  if (found === undefined) return undefined;
  const timeline = replayLogs(
    found.logs.map((log) => upTo(log, readAt)),
    snapshot,
  );
  const gaps = [...found.gaps, ...timeline.gaps];
  const appliers = new Set((given.applier ?? []).map((email) => email.toLowerCase()));
  return {
    makerOf: (grant) => {
      const made = attribute(timeline, grant);
      if (made === undefined) return undefined;
      const { entry, method, isSure } = made;
      return { at: formatInstant(made.at), ...whoOf(made, { appliers }), method, entry, isSure };
    },
    gapsOf: ({ resource }) =>
      gaps
        .filter((gap) => gap.resource === null || resource === gap.resource || resource.startsWith(`${gap.resource}/`))
        .map((gap) => (gap.resource === null ? gap.message : `${gap.resource}: ${gap.message}`)),
  };
}

interface FoundLogs {
  readonly logs: readonly GivenLog[];
  readonly gaps: readonly Pick<Gap, "resource" | "message">[];
}

async function findLogs(
  session: Session,
  { world, snapshot, readAt }: { readonly world: World; readonly snapshot: Snapshot; readonly readAt: Instant },
  given: Given,
): Promise<FoundLogs | undefined> {
  if (given.log !== undefined) {
    const message = "the files do not say whether they hold every entry";
    return { logs: await readLogs(session, given.log), gaps: [{ resource: null, message }] };
  }
  const now = { world, homes: new Set<string>(), projectIds: new Map<string, string>() };
  const { levels, gaps } = logLevels([now], [snapshot]);
  const from = addDays(readAt, -RETENTION_DAYS);
  const live = await readLiveLogs(session, { levels, from, to: readAt }, given);
  if (live === undefined) return undefined;
  const message = `Google keeps entries for ${RETENTION_DAYS} days: none are left from before ${formatInstant(from).slice(0, 10)}`;
  return { logs: live.logs, gaps: [...live.gaps, ...gaps, { resource: null, message }] };
}

/** Without entries that are younger than the snapshot: what was taken since then was there. */
function upTo(log: GivenLog, readAt: Instant): GivenLog {
  const isYounger = (item: unknown): boolean =>
    isObject(item) && typeof item["timestamp"] === "string" && Date.parse(item["timestamp"]) > readAt;
  return { ...log, items: log.items.filter((item) => !isYounger(item)) };
}
