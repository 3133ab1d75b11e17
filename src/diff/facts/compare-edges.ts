import type { Edge } from "../../matrix/model/world.ts";
import { type Place, valueAt } from "../../matrix/text/place.ts";
import { compareText } from "../../words/compare-text.ts";
import { compareLists } from "../compare-lists.ts";
import type { Json } from "../fact.ts";
import { laterName, type MatrixPair, type WorldPair } from "../matrix-pair.ts";
import { compareFields, type Field } from "./compare-fields.ts";
import type { Difference } from "./difference.ts";
import { given } from "./json.ts";

const fields: readonly Field<Edge>[] = [
  {
    kind: "expiry-changed",
    field: "expires",
    read: ({ clause }) => clause.expires ?? null,
    same: ({ clause: a }, { clause: b }) => a.expires === b.expires || (a.end !== undefined && a.end === b.end),
  },
  { kind: "through-changed", field: "through", read: ({ clause }) => clause.through ?? null },
  { kind: "reason-changed", field: "reason", read: ({ clause }) => clause.reason },
  { kind: "ticket-changed", field: "ticket", read: ({ clause }) => clause.ticket ?? null },
  { kind: "review-changed", field: "reviewed", read: ({ clause }) => clause.reviewed ?? null },
];

/** Edges that are new or gone, and what differs in those that stay: whether they hold at the moment or not. */
export function compareEdges(pair: MatrixPair): readonly Difference[] {
  return pair.worlds.flatMap((world) => [...compareWorld(pair, world)]);
}

function compareWorld(pair: MatrixPair, { environment, before, after }: WorldPair): readonly Difference[] {
  return compareLists<Edge, Difference>(renamed(before?.edges ?? [], pair), after?.edges ?? [], byCalleeAndCaller, {
    onAdded: (edge) => [
      {
        kind: "edge-added",
        ...frameOf(edge, environment),
        before: null,
        after: edgeJson(edge),
        was: null,
        at: edge.clause.place,
      },
    ],
    onRemoved: (edge) => [
      {
        kind: "edge-removed",
        ...frameOf(edge, environment),
        before: edgeJson(edge),
        after: null,
        was: edge.clause.place,
        at: null,
      },
    ],
    onBoth: (old, now) =>
      isSameClause(old, now)
        ? NONE
        : compareFields(fields, old, now, frameOf(now, environment), (side, field) =>
            fieldPlace(side === "before" ? old : now, field),
          ),
  });
}

const NONE: readonly Difference[] = [];

/** Nearly all edges are the same: that is seen without making anything. */
function isSameClause({ clause: a }: Edge, { clause: b }: Edge): boolean {
  return (
    a.reason === b.reason &&
    a.expires === b.expires &&
    a.ticket === b.ticket &&
    a.reviewed === b.reviewed &&
    a.through === b.through
  );
}

function renamed(edges: readonly Edge[], pair: MatrixPair): readonly Edge[] {
  if (pair.renames.size === 0) return edges;
  return edges
    .map(({ caller, callee, clause }) => ({
      caller: laterName(pair, caller),
      callee: laterName(pair, callee),
      clause,
    }))
    .sort(byCalleeAndCaller);
}

function byCalleeAndCaller(a: Edge, b: Edge): number {
  return compareText(a.callee, b.callee) || compareText(a.caller, b.caller);
}

function frameOf(
  { caller, callee }: Edge,
  environment: string,
): Pick<Difference, "subject" | "environment" | "from" | "to"> {
  return { subject: `${caller} -> ${callee}`, environment, from: caller, to: callee };
}

function edgeJson({ clause: { reason, ticket, reviewed, expires, through } }: Edge): Json {
  return given({ reason, ticket, reviewed, expires, through });
}

function fieldPlace({ clause }: Edge, field: string): Place {
  return field in clause ? valueAt(clause.place.file, ...clause.place.path, field) : clause.place;
}
