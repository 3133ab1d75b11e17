import { unreadVersions } from "../access/unread-versions.ts";
import type { EdgeFact } from "../../ask/grid.ts";
import type { Since } from "../../history/matrix-history.ts";
import { formatInstant } from "../../time/instant.ts";
import { onOrAt } from "../../words/brief.ts";

/** What the matrix says of one edge, in one line: `Charges the card · SEC-1423 · reviewed 2026-10-01 · matrix.yaml:71`. To be escaped. */
export function edgeWords(edge: EdgeFact, since: Since | null = null): string {
  const { reason, ticket, owner, reviewed, expires, through, holds, span, key } = edge;
  return [
    ...(reason === null ? [] : [reason]),
    ...(ticket === null ? [] : [ticket]),
    ...(owner === null ? [] : [`owner ${owner}`]),
    ...(reviewed === null ? [] : [`reviewed ${reviewed}`]),
    ...endOf(holds, expires),
    ...(through === null ? [] : ["through Identity-Aware Proxy"]),
    ...(since === null ? [] : [sinceWords(since)]),
    `${span.file}:${span.line} (${key})`,
  ].join(" · ");
}

function endOf(holds: EdgeFact["holds"], expires: string | null): readonly string[] {
  if (holds === "retired") return ["retired"];
  if (expires === null) return [];
  return [`${holds === "expired" ? "expired" : "expires"} ${onOrAt(expires)}`];
}

/** Since when an edge is in the matrix. To be escaped. */
export function sinceWords({ commit, isOlder, skipped }: Since): string {
  const unread = unreadVersions(skipped);
  if (commit === null) return unread === "" ? "not committed yet" : `in no commit that can be read (${unread})`;
  const more = unread === "" ? "" : `; ${unread}`;
  return `${isOlder ? "at least since" : "since"} ${formatInstant(commit.at).slice(0, 10)} (${commit.id.slice(0, 12)}${more})`;
}
