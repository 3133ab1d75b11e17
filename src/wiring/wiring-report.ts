import type { Verdict } from "../access/access.ts";
import type { Kind, Manage, Mode } from "../matrix/schema/generated/document.ts";
import type { CallerKind } from "../matrix/model/world.ts";
import type { TokenWay } from "../callers/token-way.ts";

/** What callers must be configured with in one environment, and what of it is live. Everything is in its one order. */
export interface WiringReport {
  readonly environment: string;
  /** The root file of the matrix. */
  readonly matrix: string;
  /** The moment at which dates are judged, as an ISO timestamp. */
  readonly asOf: string;
  /** The snapshot that says what is live; null where none was given. */
  readonly snapshot: { readonly finishedAt: string; readonly sha256: string } | null;
  /** Whether everything was read that the answer needs. */
  readonly complete: boolean;
  /** The one caller that was asked for; or all services that are moving or run as something else. */
  readonly callers: readonly WiredCaller[];
}

export interface WiredCaller {
  readonly key: string;
  readonly kind: Kind | CallerKind;
  readonly owner: string | null;
  /** The member as IAM writes it. */
  readonly principal: string;
  /** Null for people and groups. */
  readonly account: WiredAccount | null;
  readonly previousAccounts: readonly OldAccount[];
  /** Where it runs, by region; empty for callers that are no service, and without a snapshot. */
  readonly runs: readonly Run[];
  readonly token: WiredToken;
  /** Whom it may call. Null where only the move was asked for. */
  readonly calls: readonly Call[] | null;
  /** Edges that stand in the matrix and have no effect. */
  readonly leftOut: readonly LeftOut[];
}

export interface WiredAccount {
  readonly email: string;
  readonly manage: Manage | "elsewhere";
  /** Null without a snapshot. */
  readonly live: "enabled" | "disabled" | "missing" | "unread" | null;
}

export interface OldAccount {
  readonly email: string;
  readonly until: string;
  /** Whether its time is over: no row holds it any more. */
  readonly isOver: boolean;
  /** Live services that run as it too and are not moving away from it. */
  readonly sharedWith: readonly string[];
}

export interface Run {
  readonly region: string;
  /** Null where it was not read; so is the default compute account of a project whose number was not. */
  readonly account: string | null;
  /** What the account is to the service: the one in the matrix, a previous one, one whose time is over, or none of its own. */
  readonly standing: "declared" | "previous" | "over" | "other" | "absent" | "unread";
  /** The last day of a previous account. */
  readonly until: string | null;
}

export interface WiredToken {
  readonly way: TokenWay;
  /** How the caller comes by a token, in one sentence without a full stop. */
  readonly how: string;
}

/** Somebody whom the caller may call. */
export interface Call {
  readonly callee: string;
  readonly kind: Kind;
  /** How far the row of the callee is enforced: one that is only observed gets no member by synth. */
  readonly mode: Mode;
  readonly role: string;
  readonly reason: string | null;
  /** The last day or moment of the edge. */
  readonly expires: string | null;
  readonly through: "iap" | null;
  /** What the callee takes: an ID token, an access token (jobs, which are run by Google's API), or what the proxy asks for. */
  readonly credential: Credential;
  readonly header: string | null;
  readonly endpoints: readonly Endpoint[];
  /** What else to know, a sentence each without a full stop. */
  readonly notes: readonly string[];
}

export type Credential = "id-token" | "access-token" | "proxy";

export interface Endpoint {
  readonly region: string;
  /** What to call; null where it is not known. */
  readonly url: string | null;
  /** What to ask the token for; null where the callee takes none, or where it is not known. */
  readonly audience: string | null;
  /** Whether URL and audience are what was read, or follow from the matrix. */
  readonly source: "snapshot" | "matrix" | null;
  /** Further audiences that it takes, as they are set on it. */
  readonly audiences: readonly string[];
  /** The command that gets a token; null where there is none to show. */
  readonly command: string | null;
  /** Whether it runs there; null without a snapshot. */
  readonly live: "present" | "absent" | "unread" | null;
  /** Whether the callee, or the proxy in front of it, lets the caller in; empty where it was not seen to run. */
  readonly letsIn: readonly LetIn[];
  readonly notes: readonly string[];
}

export interface LetIn {
  readonly principal: string;
  readonly previous: boolean;
  readonly verdict: Verdict | "no";
}

export interface LeftOut {
  readonly callee: string;
  readonly why: "expired" | "retired";
  readonly expires: string | null;
}
