import type { EdgeState, EvidenceStatement } from "../../evidence/statement.ts";
import { tellDistance } from "../../evidence/tell-distance.ts";
import { markdownCode, markdownText } from "../markdown/markdown-text.ts";
import { approvalsMarkdown } from "./approvals-markdown.ts";
import { escapedTable } from "./escaped-table.ts";

/** The statement to be read: what was looked at, how completely, and what holds. */
export function statementMarkdown(statement: EvidenceStatement): string {
  const { recorded, version } = statement;
  return [
    "# Population and completeness",
    "",
    `Environment ${markdownText(recorded.environment)}, judged at ${recorded.asOf}, by matrix ${version}.`,
    "",
    ...distance(statement),
    ...completeness(statement),
    ...reading(statement),
    ...scope(statement),
    ...counts(statement),
    ...enforcement(statement),
    ...approvalsMarkdown(statement),
  ].join("\n");
}

/** Dates and conditions hold at one moment, what is live was so at another. */
function distance({ recorded: { asOf }, reading: { finishedAt } }: EvidenceStatement): readonly string[] {
  const far = tellDistance(asOf, finishedAt);
  if (far === null) return [];
  return [
    `**Warning**: judged ${far}. What is live was so at ${markdownText(finishedAt)}; whether an edge, an exception or a condition is in force, and what has expired, is as of ${asOf}.`,
    "",
  ];
}

function completeness({
  completeness: { complete, unread, horizon, unexpanded, builtInRoles },
  verdict,
}: EvidenceStatement) {
  const { error, warning, info } = verdict.findings;
  const above = horizon.filter(({ read }) => !read).length;
  const beyond = [
    ...(above === 0 ? [] : [`Above it ${above} ${above === 1 ? "level was" : "levels were"} not read`]),
    ...(unexpanded.length === 0
      ? []
      : [`${unexpanded.length} ${unexpanded.length === 1 ? "group was" : "groups were"} not expanded`]),
  ];
  return [
    !complete
      ? "**Not complete**: what is listed here as not read may hold access that nobody saw."
      : beyond.length === 0
        ? "**Complete**: everything in the scope was read, but for what an exception accepts."
        : `**Complete within the scope**, but for what an exception accepts. ${beyond.join("; ")}: there may be access that nobody saw.`,
    "",
    `Compared with the matrix: ${error} errors, ${warning} warnings, ${info} notes; ${verdict.accepted} accepted, ${verdict.undeclared} rows of undeclared access.`,
    "",
    ...(unread.length === 0
      ? []
      : escapedTable(
          ["not read", "resource", "why", "accepted by"],
          unread.map(({ what, resource, reason, accepted }) => [what, resource, reason, accepted ?? ""]),
        )),
    ...(horizon.length === 0
      ? []
      : escapedTable(
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
        ? `The matrix is that of the commit ${markdownCode(commit.id)} of ${markdownText(commit.at)}.`
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

const independent: Readonly<Record<EvidenceStatement["scope"]["independence"], string>> = {
  all: "All projects of the scope are from Google's own lists, not from the matrix.",
  some: "Only a part of the projects is from Google's own lists: the rest of the scope was named by people, or its list was not read in full. Whether there are others there, this pack does not show.",
  none: "No list of Google's says which projects there are: people named them, or no list could be read. Whether there are others, this pack does not show.",
};

function scope({ scope: { levels, projects, independence } }: EvidenceStatement): readonly string[] {
  const isAsked = levels.some(({ calls }) => calls !== null);
  return [
    "## Projects",
    "",
    independent[independence],
    "",
    ...escapedTable(
      ["scope", "asked", "answer"],
      levels.map(({ resource, calls, status, reason, projects: found }) => [
        resource,
        calls?.join(", ") ?? "nothing: it names a project",
        calls === null ? "" : `${status}${reason === null ? "" : ` (${reason})`}, ${found.length} projects`,
      ]),
    ),
    ...escapedTable(
      ["project", "in Google's list", "in the matrix", "read"],
      projects.map(({ project, inScope, named, read }) => [
        project,
        inScope === null ? (isAsked ? "not known" : "nobody asked") : yes(inScope),
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
    ...escapedTable(
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
    ...escapedTable(
      ["state", "edges", "what it means"],
      Object.entries(states).map(([state, meaning]) => [state, String(all[state as EdgeState]), meaning]),
    ),
    ...(open.length === 0
      ? []
      : escapedTable(
          ["public service", "by", "reason"],
          open.map(({ service, via, reason }) => [service, via, reason ?? ""]),
        )),
    ...escapedTable(
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

function yes(value: boolean): string {
  return value ? "yes" : "no";
}
