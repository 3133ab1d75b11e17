import type { Place } from "../matrix/text/place.ts";
import type { Certainty } from "./guard-report.ts";
import type { GuardRuleId } from "./guard-rule-ids.ts";
import type { PlanChange } from "./plan.ts";

/** A finding as a judge makes it. What is sensitive in a plan is not in it. */
export interface GuardDraft {
  readonly rule: GuardRuleId;
  readonly certainty?: Certainty;
  readonly already?: boolean;
  readonly change: PlanChange;
  readonly environments: readonly string[];
  readonly names?: readonly string[];
  readonly principal?: string | null;
  readonly role?: string | null;
  readonly resource?: string | null;
  readonly condition?: string | null;
  readonly message: string;
  readonly fix?: string;
  readonly at?: Place | undefined;
}
