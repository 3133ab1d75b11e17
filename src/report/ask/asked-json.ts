import type { Path } from "../../access/access.ts";
import type { Asked } from "../../ask/answers.ts";
import type { EdgeFact } from "../../ask/grid.ts";
import type { Step } from "../../ask/steps.ts";
import type { Since } from "../../history/matrix-history.ts";
import { formatInstant } from "../../time/instant.ts";
import { describePath } from "../access/describe-path.ts";
import { placeJson } from "../json/place-json.ts";

/** What an answer stands on, for programs. */
export function askedJson({ environment, asOf, live, doubts, besides, complete }: Asked): object {
  return {
    environment,
    asOf,
    snapshot: live === null ? null : { finishedAt: live.snapshot.finishedAt, sha256: live.snapshot.sha256 },
    complete,
    unread: doubts.map(({ what, resource, status, reason, services }) => ({
      what,
      resource,
      status,
      reason,
      services,
    })),
    unreadBesides: besides,
    horizon: (live?.horizon ?? []).map(({ resource, read, reason }) => ({ resource, read, reason })),
  };
}

export function edgeJson(edge: EdgeFact): object {
  const { key, environment, holds, reason, owner, ticket, expires, reviewed, through, span } = edge;
  return { key, environment, holds, reason, owner, ticket, expires, reviewed, through, place: placeJson(span) };
}

/** The words of the first edge that holds, else of the first: so that most readers need no list. */
export function mainEdge(edges: readonly EdgeFact[]): EdgeFact | undefined {
  return edges.find(({ holds }) => holds === "yes") ?? edges[0];
}

export function wayJson(hops: Path["hops"]): object {
  return {
    text: describePath({ hops }),
    hops: hops.map(({ kind, level, resource, role, member, condition }) => ({
      kind,
      level,
      resource,
      role,
      member,
      condition,
    })),
  };
}

export function stepJson({ caller, callee, how, verdict, hops }: Step): object {
  return { caller, callee, how, verdict, way: hops.length === 0 ? null : wayJson(hops) };
}

export function sinceJson(since: Since | null): object | null {
  if (since === null) return null;
  const { commit, isOlder, skipped } = since;
  return {
    commit: commit?.id ?? null,
    at: commit === null ? null : formatInstant(commit.at),
    author: commit?.author ?? null,
    subject: commit?.subject ?? null,
    isOlder,
    skipped: skipped.map(({ id }) => id),
  };
}
