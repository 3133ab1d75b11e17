import type { DiffRuleId } from "../../diff-rule-ids.ts";
import type { FindingStep } from "../finding-step.ts";
import type { ImpactRuleId } from "../judgement.ts";
import { approverMissing } from "./approver-missing.ts";
import { ruleCoversLess, sensitiveLost } from "./covers-less.ts";
import { expiryExtended } from "./expiry-extended.ts";
import { internetReaches } from "./internet-reaches.ts";
import { lastCallerLost } from "./last-caller-lost.ts";
import { modeLowered, modeRaised } from "./mode-steps.ts";
import { neverNewlyBroken } from "./never-newly-broken.ts";
import { neverNewlyExcused } from "./never-newly-excused.ts";
import { ownerHandedOver } from "./owner-handed-over.ts";
import { poolDestroyed } from "./pool-destroyed.ts";
import { possibleRename } from "./possible-rename.ts";
import { providerMoved } from "./provider-moved.ts";
import { reachGained, reachLost } from "./reach-changes.ts";
import { reasonUnchanged } from "./reason-unchanged.ts";
import {
  accountDestroyed,
  accountReplaced,
  rowReplaced,
  serviceReplaced,
  serviceVanishes,
} from "./removed-from-terraform.ts";
import { sensitiveGainsCaller } from "./sensitive-gains-caller.ts";

/** The rules that judge more than one fact by itself. */
export type FindingRuleId = Exclude<DiffRuleId, ImpactRuleId>;

/** Every finding of diff, in the order of the rules. */
export const findingSteps = {
  "never-newly-broken": neverNewlyBroken,
  "internet-reaches": internetReaches,
  "account-destroyed": accountDestroyed,
  "account-replaced": accountReplaced,
  "pool-destroyed": poolDestroyed,
  "service-vanishes": serviceVanishes,
  "never-newly-excused": neverNewlyExcused,
  "sensitive-gains-caller": sensitiveGainsCaller,
  "sensitive-lost": sensitiveLost,
  "reach-gained": reachGained,
  "expiry-extended": expiryExtended,
  "reason-unchanged": reasonUnchanged,
  "owner-handed-over": ownerHandedOver,
  "approver-missing": approverMissing,
  "rule-covers-less": ruleCoversLess,
  "mode-raised": modeRaised,
  "mode-lowered": modeLowered,
  "row-replaced": rowReplaced,
  "provider-moved": providerMoved,
  "service-replaced": serviceReplaced,
  "last-caller-lost": lastCallerLost,
  "reach-lost": reachLost,
  "possible-rename": possibleRename,
} as const satisfies Readonly<Record<FindingRuleId, FindingStep>>;
