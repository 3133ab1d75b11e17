import type { Instant } from "../time/instant.ts";
import { parseInstant } from "../time/instant.ts";
import { type ApprovalFacts, readApproval } from "./read-approval.ts";
import type { ApprovalsPart, CommitNeed, HistoryCommit, HistoryRecord } from "./statement.ts";

interface NamedRecord {
  /** In the pack. */
  readonly file: string;
  readonly facts: ApprovalFacts;
}

/** How a commit came by its records. */
interface Match {
  readonly by: "commit" | "changes";
  readonly files: readonly string[];
}

/**
 * Which records are about which commits. First the commit that was compared or approved itself, or a merge of it that
 * changes no more than the record lists. A squash
 * or a rebase makes a commit that no record names: it is matched by what it changes, and exactly. A record covers it where
 * its approved needs hold every change that needs approval, for the same owner, asked of the same teams, in the same
 * matrix, and it was written by then. Each approval of a pull request is used once, by the oldest such commit: whoever
 * takes a change back and makes it again needs a new one.
 * @param files records by their names in the pack; each must be one
 */
export function matchApprovals(files: ReadonlyMap<string, string>, { commits }: HistoryRecord): ApprovalsPart {
  const records = [...files].flatMap(([file, text]): readonly NamedRecord[] => {
    const facts = readApproval(text);
    return "problem" in facts ? [] : [{ file, facts }];
  });
  const matches = matchCommits(records, commits);
  return {
    records: records.map(({ file, facts: { repository, pullRequest, head, matrix, complete, needs, approvers } }) => ({
      file,
      repository,
      pullRequest,
      head,
      matrix,
      state: needs.length === 0 ? "needed none" : complete ? "approved" : "not approved",
      approvers,
      commits: commits.flatMap(({ id }) => (matches.get(id)?.files.includes(file) === true ? [id] : [])),
    })),
    commits: commits.map(({ id, at, author, subject }) => ({
      id,
      at,
      author,
      subject,
      records: matches.get(id)?.files ?? [],
      by: matches.get(id)?.by ?? null,
    })),
  };
}

/** Whether a record of the same matrix names a commit, or what it merged. */
export function isNamedBy(
  { head, compared, matrix }: Pick<ApprovalFacts, "compared" | "head" | "matrix">,
  commit: Pick<HistoryCommit, "id" | "parents" | "matrix">,
): "itself" | "merged" | undefined {
  if (matrix !== commit.matrix) return undefined;
  const isNamed = (id: string): boolean => id === head || id === compared;
  if (isNamed(commit.id)) return "itself";
  return commit.parents.slice(1).some(isNamed) ? "merged" : undefined;
}

/**
 * Whether a record is about a commit that it names. Whoever merges can change more than was merged: a merge must change
 * nothing that needs approval and that the record does not list.
 */
function isAbout(facts: ApprovalFacts, commit: HistoryCommit): boolean {
  const named = isNamedBy(facts, commit);
  if (named !== "merged") return named === "itself";
  return (
    commit.changes?.needs.every(({ owner, fingerprints }) => {
      const listed = new Set(facts.needs.flatMap((need) => (need.owner === owner ? need.fingerprints : [])));
      return fingerprints.every((each) => listed.has(each));
    }) === true
  );
}

function matchCommits(records: readonly NamedRecord[], commits: readonly HistoryCommit[]): ReadonlyMap<string, Match> {
  const matches = new Map<string, Match>();
  /** Pull requests that were merged as they are. */
  const merged = new Set<string>();
  /** Approvals that a commit has used. */
  const used = new Set<string>();
  for (const commit of [...commits].reverse()) {
    const named = records.filter(({ facts }) => isAbout(facts, commit));
    if (named.length > 0) {
      matches.set(commit.id, { by: "commit", files: named.map(({ file }) => file) });
      for (const { facts } of named) merged.add(pullOf(facts));
      continue;
    }
    const needs = commit.changes?.needs ?? [];
    if (needs.length === 0) continue;
    const found = newestOfEach(records, commit).find(
      ({ facts }) => !merged.has(pullOf(facts)) && needs.every((need) => covers(facts, need, used)),
    );
    if (found === undefined) continue;
    matches.set(commit.id, { by: "changes", files: [found.file] });
    for (const need of needs) for (const each of need.fingerprints) used.add(approvalOf(found.facts, need, each));
  }
  return matches;
}

/** What each pull request was last known to be when a commit was made. */
function newestOfEach(records: readonly NamedRecord[], { at, changes }: HistoryCommit): readonly NamedRecord[] {
  const newest = new Map<string, NamedRecord>();
  for (const record of records) {
    const pull = pullOf(record.facts);
    const known = newest.get(pull);
    if (record.facts.matrix !== changes?.matrix || momentOf(record.facts.asOf) > momentOf(at)) continue;
    if (known === undefined || momentOf(known.facts.asOf) < momentOf(record.facts.asOf)) newest.set(pull, record);
  }
  return [...newest.values()];
}

function covers(facts: ApprovalFacts, { owner, github, fingerprints }: CommitNeed, used: ReadonlySet<string>): boolean {
  const teams = [...github].sort().join("\0");
  const approved = new Set(
    facts.needs
      .filter(
        (need) => need.state === "approved" && need.owner === owner && [...need.github].sort().join("\0") === teams,
      )
      .flatMap((need) => need.fingerprints),
  );
  return fingerprints.every((each) => approved.has(each) && !used.has(approvalOf(facts, { owner }, each)));
}

function pullOf({ repository, pullRequest }: ApprovalFacts): string {
  return `${repository}#${pullRequest}`;
}

function approvalOf(facts: ApprovalFacts, { owner }: Pick<CommitNeed, "owner">, fingerprint: string): string {
  return JSON.stringify([pullOf(facts), owner, fingerprint]);
}

/** Commits are dated in whole seconds. What has no moment comes after all. */
function momentOf(text: string): number {
  const moment: Instant | undefined = parseInstant(text);
  return moment === undefined ? Number.POSITIVE_INFINITY : Math.floor(moment / 1000);
}
