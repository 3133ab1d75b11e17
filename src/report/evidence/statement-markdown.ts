import type { EdgeState, EvidenceStatement } from "../../evidence/statement.ts";
import { markdownTable } from "../markdown/markdown-table.ts";
import { markdownCode, markdownText } from "../markdown/markdown-text.ts";

/** The statement to be read: what was looked at, how completely, and what holds. */
export function statementMarkdown(statement: EvidenceStatement): string {
  const { recorded, version } = statement;
  return [
    "# Population and completeness",
    "",
    `Environment ${markdownText(recorded.environment)}, judged at ${recorded.asOf}, by matrix ${version}.`,
    "",
    ...completeness(statement),
    ...reading(statement),
    ...scope(statement),
    ...counts(statement),
    ...enforcement(statement),
    ...approvals(statement),
  ].join("\n");
}

function completeness({
  completeness: { complete, unread, horizon, unexpanded, builtInRoles },
  verdict,
}: EvidenceStatement) {
  const { error, warning, info } = verdict.findings;
  return [
    complete
      ? "**Complete**: everything in the scope was read, but for what an exception accepts."
      : "**Not complete**: what is listed here as not read may hold access that nobody saw.",
    "",
    `Compared with the matrix: ${error} errors, ${warning} warnings, ${info} notes; ${verdict.accepted} accepted, ${verdict.undeclared} rows of undeclared access.`,
    "",
    ...(unread.length === 0
      ? []
      : table(
          ["not read", "resource", "why", "accepted by"],
          unread.map(({ what, resource, reason, accepted }) => [what, resource, reason, accepted ?? ""]),
        )),
    ...(horizon.length === 0
      ? []
      : table(
          ["above the scope", "read", "why not"],
          horizon.map(({ resource, read, reason }) => [resource, read ? "yes" : "no", reason ?? ""]),
        )),
    unexpanded.length === 0
      ? "Every group was expanded, or there is none."
      : `Groups whose members were not read: ${unexpanded.map(markdownCode).join(", ")}.`,
    "",
    builtInRoles.length === 0
      ? "Every role was read live."
      : `Judged by the table of roles that is built in: ${builtInRoles.map(({ role, date }) => `${markdownCode(role)} (${markdownText(date)})`).join(", ")}.`,
    "",
  ];
}

function reading({ reading: each, recorded: { commit }, withoutTerraform }: EvidenceStatement): readonly string[] {
  const matrix = {
    committed: () =>
      commit.state === "committed"
        ? `The matrix is that of the commit ${markdownCode(commit.id)} of ${commit.at}.`
        : "",
    differs: () =>
      commit.state === "differs" ? `The matrix is not committed: it differs from ${markdownCode(commit.id)}.` : "",
    unknown: () =>
      commit.state === "unknown" ? `The commit of the matrix is not known: ${markdownText(commit.reason)}.` : "",
  }[commit.state]();
  return [
    "## How it was read",
    "",
    `Read as ${each.reader === null ? "an identity that the credentials do not name" : markdownCode(each.reader)} from ${markdownText(each.startedAt)} to ${markdownText(each.finishedAt)} (UTC), by matrix ${markdownText(each.version)}. Members of groups were ${each.groups ? "" : "not "}asked for.`,
    "",
    ...Object.entries(each.endpoints).flatMap(([api, url]) => [
      `The host of ${markdownText(api)} was another: ${markdownCode(url)}.`,
      "",
    ]),
    matrix,
    "",
    ...(withoutTerraform === null
      ? []
      : [`There is no Terraform in this pack: ${markdownText(withoutTerraform)}.`, ""]),
  ];
}

function scope({ scope: { levels, projects, isIndependent } }: EvidenceStatement): readonly string[] {
  return [
    "## Projects",
    "",
    isIndependent
      ? "The projects of each folder and organization are from Google's own list, not from the matrix."
      : "Nothing independent of the matrix was asked which projects there are: the scope is only projects that somebody named. Whether there are others, this pack does not show.",
    "",
    ...table(
      ["scope", "asked", "answer"],
      levels.map(({ resource, calls, status, reason, projects: found }) => [
        resource,
        calls?.join(", ") ?? "nothing: it names a project",
        calls === null ? "" : `${status}${reason === null ? "" : ` (${reason})`}, ${found.length} projects`,
      ]),
    ),
    ...table(
      ["project", "in Google's list", "in the matrix", "read"],
      projects.map(({ project, inScope, named, read }) => [
        project,
        inScope ? "yes" : isIndependent ? "no" : "nobody asked",
        yes(named),
        yes(read),
      ]),
    ),
  ];
}

function counts({ counts: all }: EvidenceStatement): readonly string[] {
  return [
    "## Counts",
    "",
    ...table(
      ["what", "count", "complete", "by"],
      all.map(({ what, count, complete, calls }) => [
        what,
        String(count),
        yes(complete),
        calls.length === 0 ? "not asked" : calls.join(", "),
      ]),
    ),
  ];
}

const states: Readonly<Record<EdgeState, string>> = {
  enforced: "Terraform owns the list of callers and removes all others",
  added: "Terraform adds the caller and removes nobody",
  observed: "only declared: Terraform changes nothing",
  public: "only declared: everybody may call the service",
  planned: "not in force yet",
  expired: "no longer in force: its date has passed",
  retired: "no longer in force: one side is retired",
};

function enforcement({ enforcement: { edges, counts: all, public: open } }: EvidenceStatement): readonly string[] {
  return [
    "## Enforced, and only declared",
    "",
    "What the matrix asks for. Whether Terraform was applied, drift.json shows: what is enforced and differs is a finding there.",
    "",
    ...table(
      ["state", "edges", "what it means"],
      Object.entries(states).map(([state, meaning]) => [state, String(all[state as EdgeState]), meaning]),
    ),
    ...(open.length === 0
      ? []
      : table(
          ["public service", "by", "reason"],
          open.map(({ service, via, reason }) => [service, via, reason ?? ""]),
        )),
    ...table(
      ["caller", "service", "state", "owner", "ticket", "expires", "reviewed"],
      edges.map((edge) => [
        edge.caller,
        edge.callee,
        edge.state,
        edge.owner ?? "",
        edge.ticket ?? "",
        edge.expires ?? "",
        edge.reviewed ?? "",
      ]),
    ),
  ];
}

function approvals({ approvals: { records, commits }, recorded: { history } }: EvidenceStatement): readonly string[] {
  const without = commits.filter((commit) => commit.records.length === 0).length;
  return [
    "## Approvals",
    "",
    "Only records of the pull-request check count. What a commit message says, trailers among it, anybody can write: it is proof of nothing and is not read.",
    "",
    `${records.length} records were given. Of ${commits.length} commits that changed the matrix${history.from === null ? "" : ` since ${history.from}`}, ${commits.length - without} have a record and ${without} have none.`,
    "",
    ...(history.cutOff === null ? [] : [`There may be more commits: ${markdownText(history.cutOff)}.`, ""]),
    ...(commits.length === 0
      ? []
      : table(
          ["commit", "at", "author", "subject", "record"],
          commits.map(({ id, at, author, subject, records: files }) => [
            id.slice(0, 12),
            at,
            author,
            subject,
            files.length === 0 ? "none" : files.join(", "),
          ]),
        )),
    ...(records.length === 0
      ? []
      : table(
          ["record", "pull request", "complete", "approved by", "commits"],
          records.map((record) => [
            record.file,
            `${record.repository}#${record.pullRequest}`,
            yes(record.complete),
            record.approvers.join(", "),
            record.commits.length === 0 ? "none here" : record.commits.map((id) => id.slice(0, 12)).join(", "),
          ]),
        )),
  ];
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  return rows.length === 0
    ? []
    : [
        ...markdownTable(
          header,
          rows.map((row) => row.map(markdownText)),
        ),
        "",
      ];
}

function yes(value: boolean): string {
  return value ? "yes" : "no";
}
