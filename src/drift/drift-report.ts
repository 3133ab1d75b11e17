import type { Path, Ring, Verdict } from "../access/access.ts";
import type { Severity } from "../finding/severity.ts";
import type { Span } from "../matrix/text/source-text.ts";
import type { LiveIngress, ServiceRecord } from "../snapshot/snapshot.ts";
import type { Standing } from "./drift-context.ts";
import type { FindingAttribution } from "./attribution.ts";
import type { DriftRuleId } from "../matrix/rules/drift-rule-ids.ts";

/** Live access compared with the matrix, for one environment. Everything is in its one order. */
export interface DriftReport {
  readonly environment: string;
  /** The root file of the matrix. */
  readonly matrix: string;
  /** The moment at which conditions and expiry are judged, as an ISO timestamp. */
  readonly asOf: string;
  readonly snapshot: SnapshotNote;
  /** Whether everything inside the scope was read, but for blind spots that an exception accepts. */
  readonly complete: boolean;
  readonly unread: readonly UnreadEntry[];
  readonly summary: DriftSummary;
  readonly access: readonly AccessRow[];
  /** Everything that was found to run, in the order of the rows. For what is built on a report: no format shows it. */
  readonly running: readonly RunningService[];
  readonly horizon: readonly { readonly resource: string; readonly read: boolean; readonly reason: string | null }[];
  /** Groups whose members were not read: each is judged as one principal. */
  readonly unexpanded: readonly string[];
  /** Which roles were judged by the table that is built in, by its date; empty where every role was read live. */
  readonly builtInRoles: readonly { readonly role: string; readonly date: string }[];
  readonly findings: readonly DriftFinding[];
}

export interface SnapshotNote {
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly reader: string | null;
  readonly sha256: string;
  readonly endpoints: Readonly<Record<string, string>>;
}

export interface UnreadEntry {
  readonly what: string;
  readonly resource: string;
  readonly status: string;
  readonly reason: string;
  /** Keys of the services of the matrix, and resources of others, whose answers hang on it. */
  readonly services: readonly string[];
  /** The exception that accepts the blind spot. */
  readonly accepted: string | null;
}

export interface DriftSummary {
  /** Live services, jobs and functions that were judged. */
  readonly services: number;
  /** Different principals that can invoke one of them. */
  readonly callers: number;
  /** Rows that are allowed, conditional or unknown, and neither declared, inherited nor managed. */
  readonly undeclared: number;
  /** Findings that are neither accepted nor pending, by severity. */
  readonly findings: Readonly<Record<Severity, number>>;
  readonly accepted: number;
  readonly pending: number;
}

/** Something that runs: a service, job or function in one region. */
export interface RunningService {
  /** The key in the matrix; null where the matrix does not name it. */
  readonly service: string | null;
  readonly resource: string;
  readonly kind: ServiceRecord["kind"];
  readonly project: string;
  readonly region: string;
  readonly name: string;
  /** The email that it runs as, where that is known. */
  readonly account: string | null;
  readonly ingress: LiveIngress;
}

/** A row of the truth table. */
export interface AccessRow {
  /** `projects/P/locations/R/services/S`, or `…/jobs/J`. */
  readonly resource: string;
  /** The key in the matrix; null where the matrix does not name it. */
  readonly service: string | null;
  readonly name: string;
  readonly region: string;
  readonly project: string;
  readonly principal: string;
  /** The service or caller of the matrix that the principal is; null where it is none. */
  readonly caller: string | null;
  readonly declared: boolean;
  readonly verdict: Verdict;
  readonly ring: Ring;
  readonly managed: boolean;
  readonly through: string | null;
  readonly denyUnread: boolean;
  readonly paths: readonly DeclaredPath[];
}

/** How sure a path alone is, no format shows: the row says how sure all are. */
export interface DeclaredPath extends Path {
  readonly declared: boolean;
  /** How it stands to the matrix, in one word. */
  readonly standing: Standing["kind"];
  /** The `inherited` entry of the matrix that declares it. */
  readonly inherited: string | null;
}

export type Confidence = "certain" | "conditional" | "possible";

/** Something that differs between the matrix and the world. One per grant, not per service. */
export interface DriftFinding {
  readonly rule: DriftRuleId;
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** The service, where it is about one alone: its key, or its resource where the matrix does not name it. */
  readonly service: string | null;
  /** All that it is about. Sorted. */
  readonly services: readonly string[];
  readonly principal: string | null;
  /** Where the grant stands, or what the finding is about. */
  readonly resource: string | null;
  readonly role: string | null;
  /** One sentence without a full stop. */
  readonly message: string;
  /** What to do: a line for the matrix, or a command to look at and run. Null where there is nothing to do here. */
  readonly fix: string | null;
  readonly paths: readonly Path[];
  /** SHA-256 in hex over rule, grant and what it is about: without services, etags, times and versions. */
  readonly fingerprint: string;
  /** The exception that accepts it. It is listed and fails nothing. */
  readonly accepted: string | null;
  /** A change that is not applied yet, or too young to have arrived, explains it. */
  readonly pending: boolean;
  /** Trust services criteria of SOC 2, like `CC6.1`. */
  readonly criteria: readonly string[];
  /** Who made the grants that it is about; null where nobody asked, and where it is about none. */
  readonly attribution: FindingAttribution | null;
  /** Where the matrix says what the finding is about. */
  readonly span: Span | null;
}
