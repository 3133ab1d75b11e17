import type { EdgeFact } from "../ask/grid.ts";
import type { Fact } from "./member-facts.ts";
import type { PageHistory } from "./page-input.ts";
import { placeText } from "./place-text.ts";
import { sinceText } from "./since-text.ts";

const standing = { yes: null, expired: "no: it has expired", retired: "no: one side is retired" } as const;

/** What an edge says, for people. */
export function edgeFacts(edge: EdgeFact, history: PageHistory | null): readonly Fact[] {
  const { reason, owner, ticket, expires, reviewed, through, span, holds } = edge;
  const facts: readonly (readonly [string, string | null])[] = [
    ["Reason", reason],
    ["Holds", standing[holds]],
    ["Ticket", ticket],
    ["Owner", owner],
    ["Expires", expires],
    ["Reviewed", reviewed],
    ["Through", through === null ? null : "Identity-Aware Proxy"],
    ["Since", history === null ? null : sinceText(history.sinceOf(edge))],
    ["Matrix", placeText(span)],
  ];
  return facts.flatMap(([label, text]) => (text === null ? [] : [[label, text] as const]));
}
