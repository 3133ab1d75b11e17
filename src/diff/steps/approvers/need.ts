import type { ApprovalReason, Impact } from "../../diff-report.ts";
import type { DiffContext } from "../diff-context.ts";
import type { Judged } from "../sides.ts";

/** Somebody whose approval a change needs. */
export interface Need {
  /** Null where nobody owns it. */
  readonly owner: string | null;
  /** What nobody owns. */
  readonly unowned?: string;
  readonly reason: ApprovalReason;
}

/** A fact, and what it does to access. */
export type Asked = Judged & { readonly impact: Impact };

export type WhoApproves = (change: Asked, context: DiffContext) => Iterable<Need>;
