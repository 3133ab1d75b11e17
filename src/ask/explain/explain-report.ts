import type { Path, Ring, Verdict } from "../../access/access.ts";
import type { Standing } from "../../drift/drift-context.ts";
import type { UnreadEntry } from "../../drift/drift-report.ts";
import type { Since } from "../../history/matrix-history.ts";
import type { Span } from "../../matrix/text/source-text.ts";
import type { OtherAccount } from "../answers.ts";
import type { EdgeFact } from "../grid.ts";
import type { OutsideAnswer } from "../outside/outside-answer.ts";

/** Why one caller may call one service, or why it may not. Every list is in its one order. */
export interface ExplainReport {
  readonly environment: string;
  /** The root file of the matrix. */
  readonly matrix: string;
  /** The moment at which dates and conditions are judged, as an ISO timestamp. */
  readonly asOf: string;
  /** Null where only the matrix was asked. */
  readonly live: { readonly finishedAt: string; readonly sha256: string } | null;
  readonly caller: ExplainedCaller;
  readonly callee: ExplainedCallee;
  /** By what is live, where that was looked at; else by the matrix. */
  readonly answer: Answer;
  /** Whether the matrix says that it may call. */
  readonly declared: boolean;
  readonly edges: readonly ExplainedEdge[];
  /** Since when the matrix has some edge of the pair without a break. Null where nobody asked, or there is none. */
  readonly since: Since | null;
  /** Null where nobody asked for it. */
  readonly history: { readonly cutOff: string | null } | null;
  /** Where it runs. Empty where only the matrix was asked. */
  readonly regions: readonly ExplainedRegion[];
  /** Where it may call by another account than the matrix gives it now. Mostly null. */
  readonly as: OtherAccount | null;
  /** How a caller from outside becomes the account that it calls as: regions and paths are the account's. Mostly null. */
  readonly outside: OutsideAnswer | null;
  /** Groups that may call and whose members were not read: the caller may be one of them. */
  readonly groups: readonly string[];
  readonly paths: readonly LivePath[];
  /** What a call got, where that was asked. */
  readonly status: CallStatus | null;
  /** The likeliest first. */
  readonly causes: readonly FoundCause[];
  /** Causes that were not looked for, since only a look at what is live tells. */
  readonly unchecked: readonly { readonly id: string; readonly title: string }[];
  /** What was not read and bears on the answer. */
  readonly unread: readonly UnreadEntry[];
}

export type Answer = "allowed" | "conditional" | "unknown" | "denied";

/**
 * What Cloud Run answers to a call that it does not let through; and what a caller from outside gets where it asks for a
 * token, of which 400 is the Security Token Service's alone. docs: RFC 8693 section 2.2.2
 */
export const callStatuses = [400, 401, 403, 404] as const;
export type CallStatus = (typeof callStatuses)[number];

export interface ExplainedCaller {
  /** As it was asked for. */
  readonly name: string;
  readonly key: string | null;
  readonly kind: string;
  /** As policies write it. */
  readonly principal: string;
  readonly owner: string | null;
  readonly span: Span | null;
}

export interface ExplainedCallee {
  readonly name: string;
  readonly key: string | null;
  readonly kind: string;
  readonly owner: string | null;
  readonly sensitive: boolean;
  readonly span: Span | null;
}

export interface ExplainedEdge extends EdgeFact {
  /** The sets by which the edge is about this caller and this service; null where it names them. */
  readonly callerSet: string | null;
  readonly calleeSet: string | null;
  /** Since when this edge is in the matrix as it is written. Null where nobody asked. */
  readonly since: Since | null;
}

export interface ExplainedRegion {
  readonly region: string;
  readonly state: "present" | "absent" | "unread";
  /** Of the service, as its API names it; null where it was not found. */
  readonly resource: string | null;
  readonly verdict: Verdict | "no";
}

export interface LivePath extends Pick<Path, "hops" | "allow"> {
  readonly region: string;
  readonly resource: string;
  readonly ring: Ring;
  /** Whose grant it is: the caller's own, or a set's that holds it. */
  readonly principal: string;
  /** Of all paths of this principal there. */
  readonly verdict: Verdict;
  readonly standing: Standing["kind"];
  /** The `inherited` entry that declares it. */
  readonly inherited: string | null;
}

/** certain: what was read shows it. likely: what was read points to it. possible: nothing that was read speaks against it. */
export const likelihoods = ["certain", "likely", "possible"] as const;
export type Likelihood = (typeof likelihoods)[number];

export interface FoundCause {
  readonly id: string;
  readonly title: string;
  readonly likelihood: Likelihood;
  /** Which of them it explains. */
  readonly statuses: readonly CallStatus[];
  /** Sentences without a full stop. Never empty. */
  readonly evidence: readonly string[];
  readonly fix: string;
}
