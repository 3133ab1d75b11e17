import { createHash } from "node:crypto";
import { unknownApply } from "../drift/applied.ts";
import { compareLive } from "../drift/compare-live.ts";
import { draftException } from "../drift/draft-exception.ts";
import type { DriftFinding, DriftReport } from "../drift/drift-report.ts";
import { ADOPTED_ID, adoptedReason, exceptionEnd, isAdopted, UNASSIGNED } from "../matrix/model/adopted-text.ts";
import type { Matrix } from "../matrix/model/matrix.ts";
import type { DriftRuleId } from "../matrix/rules/drift-rule-ids.ts";
import type { Exception } from "../matrix/schema/generated/document.ts";
import { runRules } from "../matrix/rules/run-rules.ts";
import type { Snapshot } from "../snapshot/snapshot.ts";
import { type Instant, parseEnd } from "../time/instant.ts";
import { unprintable } from "../matrix/text/node-to-data.ts";
import { canonicalJson } from "../words/canonical-json.ts";
import { adoptInherited, dropInherited } from "./adopt-inherited.ts";
import { hasLapsedEntry, lapsedExceptions } from "./lapsed-access.ts";
import type { MatrixDraft } from "./matrix-draft.ts";

/** What was accepted beside the rows. */
export interface Accepted {
  readonly inherited: number;
  readonly exceptions: number;
  /** The comparison that is left: nothing in it is unaccepted but what nobody may accept by machine. */
  readonly report: DriftReport;
}

interface Scope {
  readonly draft: MatrixDraft;
  readonly environment: string;
  readonly snapshot: Snapshot;
  readonly seen: Instant;
  /** Services that the matrix has and that are not there, and edges that were kept: for a person to judge. */
  readonly isForPeople: (finding: DriftFinding) => boolean;
}

/**
 * Turns what drift still finds into `inherited` entries and exceptions, and takes those away that adopt wrote before and
 * that stand for nothing now. Drift itself is asked, so that nothing is forgotten.
 */
export function acceptRest(scope: Scope): Accepted {
  const { draft, seen } = scope;
  let matrix = draft.build(seen);
  let report = compare(scope, matrix);
  dropInherited(draft, report);
  const inherited = adoptInherited(draft, report, seen);
  matrix = draft.build(seen);
  const before = draft.exceptions.length;
  const written = new Set(draft.exceptions);
  // Those of validate first: some of them accept what drift says of the same thing.
  const lapsed = lapsedExceptions(matrix, scope.environment);
  const declared = addExceptions(draft, fromRules(scope, matrix, lapsed));
  const live = addExceptions(draft, fromDrift(scope, compare(scope, draft.build(seen)), lapsed));
  // One exception may accept what another was written for: who is not asked any more goes, until all are asked.
  for (;;) {
    matrix = draft.build(seen);
    report = compare(scope, matrix);
    const used = new Set([...report.findings.flatMap(({ accepted }) => accepted ?? []), ...usedInRules(matrix)]);
    // What was not read may still be there, and with it what an exception was written for.
    const stays = report.complete ? () => false : (exception: Exception) => written.has(exception);
    const kept = draft.exceptions.filter(
      (exception) => !isOwn(exception, scope) || used.has(exception.id) || stays(exception),
    );
    if (kept.length === draft.exceptions.length) break;
    draft.exceptions = kept;
  }
  const comments = new Map([...declared, ...live].map(({ exception, comment }) => [exception.id, comment]));
  for (const [at, { id }] of draft.exceptions.entries()) {
    const comment = comments.get(id);
    if (comment !== undefined) draft.comment(draft.root, ["exceptions", at], [comment]);
  }
  return { inherited, exceptions: draft.exceptions.length - before, report };
}

function compare({ environment, snapshot }: Scope, matrix: Matrix): DriftReport {
  const world = matrix.worlds.find((each) => each.environment.name === environment);
  if (world === undefined) throw new Error(`the environment ${environment} was not written`);
  return compareLive({
    matrix,
    name: matrix.root,
    world,
    snapshot,
    indirect: false,
    applied: unknownApply,
    locate: ({ file }) => ({ file, line: 1, column: 1, endLine: 1, endColumn: 1 }),
  });
}

function usedInRules(matrix: Matrix): readonly string[] {
  return runRules(matrix).flatMap(({ acceptedBy }) => acceptedBy ?? []);
}

/** Whether adopt wrote an exception for this environment. An expired one has had its time: a person must look. */
function isOwn({ id, reason, match, expires }: Exception, { environment, seen }: Scope): boolean {
  const isOver = seen >= (parseEnd(expires) ?? Number.POSITIVE_INFINITY);
  return id.startsWith(ADOPTED_ID) && isAdopted(reason) && match.environment === environment && !isOver;
}

/**
 * What no machine may accept: what was not read, what a person declared and is not so, and what would hide callers that
 * come later.
 */
const neverAccepted: ReadonlySet<DriftRuleId> = new Set([
  "not-readable",
  "service-not-in-matrix",
  "project-not-in-matrix",
  "service-absent",
  "planned-but-present",
  "wrong-runtime-account",
  "expired-grant",
  "expired-previous-account",
  "inherited-without-grant",
  "broken-live",
  "declared-public-closed",
]);

/** Errors of validate about an edge or account that is as it was found. */
const acceptedRules: ReadonlySet<string> = new Set(["person-without-expiry", "default-account"]);

function addExceptions(draft: MatrixDraft, drafts: Iterable<Drafted>): readonly Drafted[] {
  const known = new Set(draft.exceptions.map(({ id }) => id));
  const added = [...drafts].filter(({ exception: { id } }) => known.size < known.add(id).size);
  for (const { exception } of added) draft.ensureOwner(exception.owner);
  draft.exceptions = [...draft.exceptions, ...added.map(({ exception }) => exception)];
  return added;
}

interface Drafted {
  readonly exception: Exception;
  readonly comment: string;
}

/** Whether an exception for a finding was given a day that is over. */
type HasLapsed = ReturnType<typeof lapsedExceptions>;

const nothingLive = { principal: null, resource: null, role: null };

/** In characters (schemas/matrix.schema.json, `text`), with room for what stands around it in a reason. */
const MAX_TEXT = 1900;

/** Whether a matrix can hold a text; what it cannot name, it does not accept. */
function isWritable(text: string): boolean {
  return !unprintable.test(text) && text.length <= MAX_TEXT;
}

function* fromDrift(
  { draft, environment, seen, isForPeople }: Scope,
  report: DriftReport,
  lapsed: HasLapsed,
): Iterable<Drafted> {
  for (const finding of report.findings) {
    const { rule, role, resource, fingerprint, message } = finding;
    if (finding.accepted !== null || neverAccepted.has(rule) || isForPeople(finding)) continue;
    if (lapsed(finding) || hasLapsedEntry(draft.inherited, finding, seen)) continue;
    const { match, owner } = draftException(finding, environment, (key) => draft.services.get(key)?.value);
    const what = role === null || resource === null ? "as it was found" : `granted by ${role} on ${resource}`;
    if (![...Object.values(match), what].every(isWritable)) continue;
    yield {
      exception: {
        id: `${ADOPTED_ID}${fingerprint.slice(0, 12)}`,
        rule,
        match,
        owner: owner ?? UNASSIGNED,
        reason: adoptedReason(seen, what),
        expires: exceptionEnd(seen),
      },
      comment: message,
    };
  }
}

function* fromRules({ draft, environment, seen }: Scope, matrix: Matrix, lapsed: HasLapsed): Iterable<Drafted> {
  for (const { rule, severity, acceptedBy, draft: found } of runRules(matrix)) {
    if (severity !== "error" || acceptedBy !== undefined || !acceptedRules.has(rule)) continue;
    const { service, caller } = found;
    const services = service === undefined ? [] : [service];
    if (found.environment !== environment || lapsed({ ...nothingLive, rule, services, caller })) continue;
    const match = {
      ...(service === undefined ? {} : { service }),
      ...(caller === undefined ? {} : { caller }),
      environment,
    };
    const hash = createHash("sha256")
      .update(canonicalJson([rule, match]))
      .digest("hex");
    yield {
      exception: {
        id: `${ADOPTED_ID}${hash.slice(0, 12)}`,
        rule,
        match,
        owner: draft.services.get(service ?? "")?.value.owner ?? UNASSIGNED,
        reason: adoptedReason(seen, "as it was found"),
        expires: exceptionEnd(seen),
      },
      comment: found.message,
    };
  }
}
