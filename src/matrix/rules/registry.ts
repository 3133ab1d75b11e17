import { absentSide } from "./absent-side.ts";
import { accountCollision } from "./account-collision.ts";
import { admitsMany } from "./admits-many.ts";
import { admitsStrangers } from "./admits-strangers.ts";
import { adoptedReason } from "./adopted-reason.ts";
import { callCycle } from "./call-cycle.ts";
import { defaultAccountRule } from "./default-account.ts";
import { duplicateEdge } from "./duplicate-edge.ts";
import { duplicateName } from "./duplicate-name.ts";
import { edgeCannotWork } from "./edge-cannot-work.ts";
import { edgeKey } from "./edge-key.ts";
import { edgeOutsideCalleeFile } from "./edge-outside-callee-file.ts";
import { expired } from "./expired.ts";
import { expiringSoon } from "./expiring-soon.ts";
import { federationLimit } from "./federation-limit.ts";
import { fixedSeverity } from "./fixed-severity.ts";
import { formerName } from "./former-name.ts";
import { grantOnPublic } from "./grant-on-public.ts";
import { guardrailConflict } from "./guardrail-conflict.ts";
import { idleSetting } from "./idle-setting.ts";
import { impossibleAccountId } from "./impossible-account-id.ts";
import { impossibleDate } from "./impossible-date.ts";
import { kindMismatch } from "./kind-mismatch.ts";
import { matchesNothing } from "./matches-nothing.ts";
import { missingNumber } from "./missing-number.ts";
import { missingPlacement } from "./missing-placement.ts";
import { never } from "./never.ts";
import { noEffectYet } from "./no-effect-yet.ts";
import { openIngress } from "./open-ingress.ts";
import { overrideConflict } from "./override-conflict.ts";
import { personWithoutExpiry } from "./person-without-expiry.ts";
import { placeholderReason } from "./placeholder-reason.ts";
import { projectIdentity } from "./project-identity.ts";
import { providerTooOld } from "./provider-too-old.ts";
import { publicWithoutReason } from "./public-without-reason.ts";
import { requireFields } from "./require.ts";
import { retiredSide } from "./retired-side.ts";
import { rowTooLarge } from "./row-too-large.ts";
import type { Rule } from "./rule.ts";
import type { RuleId } from "./rule-ids.ts";
import { selfCall } from "./self-call.ts";
import { setCycle } from "./set-cycle.ts";
import { sharedAccount } from "./shared-account.ts";
import { sharedState } from "./shared-state.ts";
import { sharedTarget } from "./shared-target.ts";
import { unapprovedException } from "./unapproved-exception.ts";
import { uncalledService } from "./uncalled-service.ts";
import { unknownName } from "./unknown-name.ts";
import { unknownOwner } from "./unknown-owner.ts";
import { unusedCaller } from "./unused-caller.ts";

/** What reading the files finds by itself; here only so that it can be listed and explained. */
function foundByReading(id: RuleId, summary: string): Rule {
  return { id, severity: "error", summary, stopsSynth: true, check: () => [] };
}

/** Every rule by its id. */
export const rules = {
  yaml: foundByReading("yaml", "text that is not the YAML that matrix reads"),
  schema: foundByReading("schema", "a key or value that the language does not have"),
  include: foundByReading("include", "an include that names no file, or one that must not be read"),
  "key-file": foundByReading("key-file", "a file of keys that cannot be read, is none, or holds a secret"),
  "unknown-name": unknownName,
  "unknown-owner": unknownOwner,
  "duplicate-name": duplicateName,
  "edge-key": edgeKey,
  "self-call": selfCall,
  "duplicate-edge": duplicateEdge,
  "absent-side": absentSide,
  "set-cycle": setCycle,
  "impossible-date": impossibleDate,
  "impossible-account-id": impossibleAccountId,
  "account-collision": accountCollision,
  "former-name": formerName,
  "override-conflict": overrideConflict,
  "kind-mismatch": kindMismatch,
  "missing-placement": missingPlacement,
  "missing-number": missingNumber,
  "admits-strangers": admitsStrangers,
  "federation-limit": federationLimit,
  "project-identity": projectIdentity,
  "shared-state": sharedState,
  "shared-target": sharedTarget,
  "guardrail-conflict": guardrailConflict,
  "provider-too-old": providerTooOld,
  "row-too-large": rowTooLarge,
  "fixed-severity": fixedSeverity,
  "unapproved-exception": unapprovedException,
  never,
  require: requireFields,
  expired,
  "expiring-soon": expiringSoon,
  "person-without-expiry": personWithoutExpiry,
  "public-without-reason": publicWithoutReason,
  "placeholder-reason": placeholderReason,
  "default-account": defaultAccountRule,
  "shared-account": sharedAccount,
  "admits-many": admitsMany,
  "edge-outside-callee-file": edgeOutsideCalleeFile,
  "edge-cannot-work": edgeCannotWork,
  "grant-on-public": grantOnPublic,
  "open-ingress": openIngress,
  "retired-side": retiredSide,
  "unused-caller": unusedCaller,
  "uncalled-service": uncalledService,
  "matches-nothing": matchesNothing,
  "idle-setting": idleSetting,
  "call-cycle": callCycle,
  "adopted-reason": adoptedReason,
  "no-effect-yet": noEffectYet,
} as const satisfies Readonly<Record<RuleId, Rule>>;
