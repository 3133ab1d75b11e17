import type { ChangesReport } from "../../audit/changes-report.ts";
import type { Gap } from "../../audit/gap.ts";
import type { GivenLog } from "../../audit/read-items.ts";
import type { ChangesFormatName } from "../../report/changes/format-names.ts";
import type { Snapshot } from "../../snapshot/snapshot.ts";
import { addDays, formatInstant, type Instant } from "../../time/instant.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { readMatrix } from "../matrix-source.ts";
import { pickWorld } from "../pick-world.ts";
import { checkCovers, readKeptSnapshot } from "../read-kept-snapshot.ts";
import type { ReadingOptions } from "../read-live.ts";
import { readLiveLogs } from "../read-live-logs.ts";
import { readHistory } from "../read-history.ts";
import { readLogs } from "../read-logs.ts";
import { refuse } from "../refuse.ts";
import type { Session } from "../session.ts";
import { usableMatrix } from "../usable-matrix.ts";
import { UsageError } from "../usage-error.ts";
import { version } from "../version.ts";

/** docs: /logging/quotas — the _Required bucket keeps Admin Activity entries so long, and no longer. */
const RETENTION_DAYS = 400;

/** Entries arrive within seconds as a rule, and later at times: what is as young as this may not be whole. */
const LATE_MS = 10 * 60 * 1000;

interface Given extends ReadingOptions {
  readonly from?: Instant;
  readonly to?: Instant;
  readonly env?: string;
  readonly log?: readonly string[];
  readonly covers?: readonly string[];
  readonly baseline?: string;
  readonly snapshot?: string;
  readonly applier?: readonly string[];
  readonly format?: ChangesFormatName;
}

interface Period {
  readonly from: Instant;
  readonly to: Instant;
}

/** `matrix changes`: who changed which access in a period. */
export async function listChanges(session: Session, file: string | undefined, given: Given): Promise<ExitCode> {
  const { io, color, quiet } = session;
  const period = periodOf(given, io.now());
  checkGiven(file ?? io.env["MATRIX_FILE"], given);
  const baseline = given.baseline === undefined ? undefined : await readKeptSnapshot(session, given.baseline);
  const end = given.snapshot === undefined ? undefined : await readKeptSnapshot(session, given.snapshot);
  checkMoments(period, baseline, end);
  const validated = readMatrix(io, file, (period.to - 1) as Instant);
  const matrix = usableMatrix(validated);
  if (matrix === undefined) return refuse(session, validated, "changes", exitCodes.usage.code);
  const environment = given.env ?? end?.environment ?? baseline?.environment ?? undefined;
  const world = pickWorld(matrix, environment);
  for (const each of [baseline, end]) if (each !== undefined) checkCovers(each, matrix, [world.environment.name]);
  const snapshots = [baseline, end].filter((each) => each !== undefined);
  const past = readHistory(io, file);
  const versions = {
    environment: world.environment.name,
    ...period,
    history: "problem" in past ? undefined : past,
    judgeNow: (asOf: Instant) => usableMatrix(readMatrix(io, file, asOf)),
  };
  const { changesFormats, levelsInForce, reportChanges } = await import("../../audit/audit.ts");
  const { levels, gaps } = levelsInForce({ ...versions, snapshots });
  const logs = await findLogs(session, { levels, period, baseline, end }, given);
  if (logs === undefined) return exitCodes.incomplete.code;
  const report = reportChanges({
    ...versions,
    matrix: matrix.root,
    logs: logs.logs,
    covered: logs.covered,
    gaps: [...gaps, ...logs.gaps, ...lateGaps(period, io.now())],
    baseline,
    end,
    withoutHistory: "problem" in past ? past.problem : null,
    appliers: new Set((given.applier ?? []).map((email) => email.toLowerCase())),
  });
  io.stdout.write(
    changesFormats[given.format ?? "text"](report, { color: color.stdout, width: io.stdout.width, quiet, version }),
  );
  if (!report.complete) return exitCodes.incomplete.code;
  return report.summary.against > 0 ? exitCodes.findings.code : exitCodes.clean.code;
}

interface FoundLogs {
  readonly logs: readonly GivenLog[];
  readonly covered: ChangesReport["covered"];
  readonly gaps: readonly Gap[];
}

/** The logs of the files, or of Google. A file does not say what it was made of: whoever made it does. */
async function findLogs(
  session: Session,
  asked: {
    readonly levels: readonly string[];
    readonly period: Period;
    readonly baseline: Snapshot | undefined;
    readonly end: Snapshot | undefined;
  },
  given: Given,
): Promise<FoundLogs | undefined> {
  const { levels, baseline, end } = asked;
  // What happened after the baseline was read and before the period is needed to know what was there.
  const since = baseline === undefined ? asked.period.from : (Date.parse(baseline.startedAt) as Instant);
  if (given.log === undefined) {
    // And what happened after it, until the end was read, to know why that is as it is.
    const read = end === undefined ? asked.period.to : Math.max(asked.period.to, Date.parse(end.finishedAt) + 1000);
    const live = await readLiveLogs(session, { levels, from: since, to: read as Instant }, given);
    if (live === undefined) return undefined;
    const gaps = since < addDays(session.io.now(), -RETENTION_DAYS) ? [retentionGap(since, session.io.now())] : [];
    return {
      logs: live.logs,
      covered: live.read.map((level) => ({ level, by: "read" })),
      gaps: [...live.gaps, ...gaps],
    };
  }
  const covers = given.covers ?? [];
  const gaps = levels
    .filter((level) => !covers.includes(level))
    .map((level): Gap => ({
      kind: "not-covered",
      resource: level,
      from: formatInstant(since),
      to: formatInstant(asked.period.to),
      message: "the files do not say whether they hold all of its entries",
      help: `where they do, add --covers ${level}`,
    }));
  return {
    logs: await readLogs(session, given.log),
    covered: covers.map((level) => ({ level, by: "word" })),
    gaps,
  };
}

function retentionGap(since: Instant, now: Instant): Gap {
  return {
    kind: "outside-retention",
    resource: null,
    from: formatInstant(since),
    to: formatInstant(addDays(now, -RETENTION_DAYS)),
    message: `Google keeps Admin Activity entries for ${RETENTION_DAYS} days: those before are gone`,
    help: "give files of an export with --log",
  };
}

function lateGaps({ to }: Period, now: Instant): readonly Gap[] {
  const settled = (now - LATE_MS) as Instant;
  if (to <= settled) return [];
  return [
    {
      kind: "outside-retention",
      resource: null,
      from: formatInstant(settled),
      to: formatInstant(to),
      message: to > now ? "the period is not over" : "entries of the last minutes may still arrive",
      help: "leave --to out: the period ends where entries have arrived",
    },
  ];
}

/** @throws UsageError for a period that is none */
function periodOf({ from, to }: Given, now: Instant): Period {
  const settled = (now - LATE_MS) as Instant;
  const period = { from: from ?? settled, to: to ?? settled };
  if (period.from >= period.to)
    throw new UsageError("the period ends before it begins", "write the earlier date behind --from");
  return period;
}

/** @throws UsageError where standard input would have to be two things, or a level is none */
function checkGiven(file: string | undefined, { log = [], covers = [], baseline, snapshot }: Given): void {
  if ([file, baseline, snapshot, ...log].filter((name) => name === "-").length > 1)
    throw new UsageError("standard input can be only one file", "give the others by their names");
  const odd = covers.find(
    (level) => !/^(?:projects\/(?:[a-z][a-z0-9:.-]+|\d+)|(?:folders|organizations)\/\d+)$/.test(level),
  );
  if (odd !== undefined)
    throw new UsageError(`"${odd}" is no level`, "write projects/ID, folders/NUMBER or organizations/NUMBER");
  if (covers.length > 0 && log.length === 0)
    throw new UsageError(
      "--covers is said of the files behind --log",
      "leave it out: what is read says itself what it covers",
    );
}

/** @throws UsageError where a snapshot is not of the time that it is given for */
function checkMoments({ from, to }: Period, baseline: Snapshot | undefined, end: Snapshot | undefined): void {
  if (baseline !== undefined && Date.parse(baseline.startedAt) > from)
    throw new UsageError(
      `the baseline was read at ${baseline.startedAt}, after the period begins`,
      "give an older one, or a later --from",
    );
  if (end !== undefined && Date.parse(end.finishedAt) < from)
    throw new UsageError(
      `the snapshot was read at ${end.finishedAt}, before the period begins`,
      `it may be a --baseline of ${formatInstant(to)}`,
    );
}
