import type { Impact } from "../diff-report.ts";
import type { DiffRuleId } from "../diff-rule-ids.ts";
import type { DiffContext } from "./diff-context.ts";
import type { Judged, Sides } from "./sides.ts";

/** The rules that give a change its impact. */
export type ImpactRuleId = Extract<
  DiffRuleId,
  | "caller-gained"
  | "caller-lost"
  | "exposure-opened"
  | "exposure-closed"
  | "identity-may-call"
  | "identity-may-not-call"
  | "grant-moved"
  | "enforcement-lowered"
  | "enforcement-raised"
  | "safeguard-lowered"
  | "safeguard-raised"
  | "inherited-gained"
  | "inherited-lost"
>;

/** What a fact does to access, and the rule that says so. */
export type Judgement =
  | { readonly impact: "neutral" }
  | { readonly impact: Exclude<Impact, "neutral">; readonly rule: ImpactRuleId };

export type Judge = (fact: Judged, context: DiffContext) => Judgement;

export const neutral: Judgement = { impact: "neutral" };

export function broadens(rule: ImpactRuleId): Judgement {
  return { impact: "broadens", rule };
}

export function narrows(rule: ImpactRuleId): Judgement {
  return { impact: "narrows", rule };
}

/** Of several judgements of one fact, the one that counts: what does both broadens. */
export function strongest(judgements: readonly Judgement[]): Judgement {
  return (
    judgements.find(({ impact }) => impact === "broadens") ??
    judgements.find(({ impact }) => impact === "narrows") ??
    neutral
  );
}

/** Judges a fact in each of its environments. */
export function inEach(judge: (sides: Sides, fact: Judged, context: DiffContext) => Judgement): Judge {
  return (fact, context) => strongest(context.sidesOf(fact).map((sides) => judge(sides, fact, context)));
}

export const alwaysNeutral: Judge = () => neutral;
