import type { LiveService, Row, Verdict } from "../../access/access.ts";
import type { DriftReport } from "../../drift/drift-report.ts";
import type { LiveView } from "../../drift/view-live.ts";
import type { Matrix } from "../../matrix/model/matrix.ts";
import type { Caller, Service, World } from "../../matrix/model/world.ts";
import type { Snapshot } from "../../snapshot/snapshot.ts";
import type { OutsideAnswer } from "../outside/outside-answer.ts";
import type { Answer, CallStatus, ExplainedEdge, FoundCause, Likelihood } from "./explain-report.ts";

/** Everything that causes look at. */
export interface Case {
  readonly matrix: Matrix;
  readonly world: World;
  readonly caller: {
    readonly name: string;
    /** As IAM compares it; of a service the one that the matrix gives it. */
    readonly principal: string;
    /** All that it calls as: its previous accounts too, and what it really runs as. */
    readonly identities: readonly string[];
    /** Of a service account. */
    readonly email: string | undefined;
    readonly service: Service | undefined;
    readonly other: Caller | undefined;
    /** Where it comes from outside: how it becomes its account. */
    readonly outside: OutsideAnswer | null;
  };
  readonly callee: {
    readonly name: string;
    readonly kind: Service["kind"];
    readonly service: Service | undefined;
  };
  readonly edges: readonly ExplainedEdge[];
  /** Whether the matrix says that the caller may call. */
  readonly declared: boolean;
  /** Whether an edge that holds goes through Identity-Aware Proxy. */
  readonly isThroughIap: boolean;
  readonly answer: Answer;
  /** Groups that may call, and of which nobody knows whether the caller is in them. */
  readonly groups: readonly string[];
  /** What a call got, where that was asked. */
  readonly status: CallStatus | null;
  /** The audience that tokens are asked for, where somebody says. */
  readonly audience: string | undefined;
  readonly live: LiveCase | null;
  /** What drift finds, where somebody looked. */
  readonly drift: Pick<DriftReport, "findings"> | null;
}

export interface LiveCase {
  readonly snapshot: Snapshot;
  readonly view: LiveView;
  /** The callee in each region where it is to be, or is. */
  readonly regions: readonly RegionCase[];
  /** The callee where it was found. */
  readonly found: readonly FoundCase[];
  /** The caller where it was found to run, by region. */
  readonly runs: readonly { readonly region: string; readonly at: LiveService | "absent" | "unread" }[];
}

export interface RegionCase {
  readonly region: string;
  readonly at: LiveService | "absent" | "unread";
  readonly verdict: Verdict | "no";
}

export interface FoundCase {
  readonly region: string;
  readonly service: LiveService;
  readonly verdict: Verdict | "no";
  /** Of the first principal. */
  readonly direct: Row | undefined;
  readonly iap: Row | undefined;
  /** Of all that it calls as. */
  readonly rows: readonly Row[];
}

/** Why a call may fail: one thing that is looked for. */
export interface Cause {
  readonly id: string;
  /** As the start of a line. */
  readonly title: string;
  /** What a call gets because of it. docs: /run/docs/troubleshooting */
  readonly statuses: readonly CallStatus[];
  /** `live`: only what was read of Google Cloud tells. */
  readonly needs: "live" | "nothing";
  /** Whom alone it can be the cause for. Absent: everybody. */
  readonly isAbout?: (caller: Case["caller"]) => boolean;
  /** Told where the answer is yes and nobody asked further, be it sure or not: no answer to a call would point to it. */
  readonly isSilent?: true;
  /** What was found, or nothing. */
  readonly find: (of: Case) => Found | undefined;
}

export interface Found extends Pick<FoundCause, "evidence" | "fix"> {
  readonly likelihood: Likelihood;
}
