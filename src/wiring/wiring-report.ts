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
  /** Whether everything is known that the answer needs. */
  readonly complete: boolean;
  /** The words that a command line must repeat to ask about the same. */
  readonly repeat: readonly string[];
  /** The one caller that was asked for; or all services that are moving or run as something else. */
  readonly callers: readonly WiredCaller[];
}

export interface WiredCaller {
  readonly key: string;
  readonly kind: Kind | CallerKind;
  /** What it is, in a few words; null for services. */
  readonly description: string | null;
  readonly owner: string | null;
  /** The member as IAM writes it. */
  readonly principal: string;
  /** Null for people and groups. */
  readonly account: WiredAccount | null;
  readonly previousAccounts: readonly OldAccount[];
  /** Where it runs, by region; empty for callers that are no service, and without a snapshot. */
  readonly runs: readonly Run[];
  readonly token: WiredToken;
  /** Who may act as its account; null where nobody has to, since it runs as it. */
  readonly outside: WiredOutside | null;
  /** What it needs beside its place in rows. */
  readonly needs: readonly WiredNeed[];
  /** What is set on it, whatever it calls. */
  readonly settings: readonly WiredSetting[];
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

/** Somebody outside of Google's own accounts who acts as the account. */
export interface WiredOutside {
  /** known: IAM knows it. pooled: it shows a token of another issuer to a provider. */
  readonly kind: "known" | "pooled";
  /** What it holds on the account. `matrix synth` grants it. */
  readonly role: string;
  /** As policies write it; null where the number of the pool's project is not known. */
  readonly member: string | null;
  readonly provider: WiredProvider | null;
}

/** Where a token of another issuer is shown, and how. */
export interface WiredProvider {
  readonly project: string;
  readonly pool: string;
  readonly id: string;
  /** Its resource name; null where the number of its project is not known. */
  readonly name: string | null;
  /** made: `matrix synth` writes it. named: it was there before. */
  readonly origin: "made" | "named";
  readonly disabled: boolean;
  /** Null for AWS. */
  readonly issuer: string | null;
  /** What the token is to be asked for; null for AWS, and where it is the name of the provider and that is not known. */
  readonly audience: string | null;
  /** Where the token is read from; null for AWS. */
  readonly tokenFile: string | null;
  /** What has to be there before, in a sentence without a full stop. */
  readonly note: string | null;
  /** The lines of a POSIX shell that put the token into its file. */
  readonly fetch: readonly string[];
  /** The credential configuration, in which no secret is; null where the name is not known. */
  readonly credentials: object | null;
}

export interface WiredNeed {
  readonly by: "synth" | "hand";
  readonly role: string;
  readonly member: string;
  /** The id of a project, or the email of an account. */
  readonly on: string;
  readonly when: string;
  /** For a POSIX shell; words in capitals are to be filled in. Null where `matrix synth` does it. */
  readonly command: string | null;
}

/** What to set on a job, queue, subscription, trigger or the like. */
export interface WiredSetting {
  readonly on: string;
  readonly fields: readonly { readonly field: string; readonly value: string }[];
  /** For a POSIX shell; words in capitals are to be filled in. */
  readonly command: string | null;
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
  /** Where Identity-Aware Proxy stands, if it does. */
  readonly proxy: "service" | "load-balancer" | null;
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
  /** What is set on the caller for this one. */
  readonly settings: readonly WiredSetting[];
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
