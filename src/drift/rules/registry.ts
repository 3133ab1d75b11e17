import { accessBeyondMatrix } from "./access-beyond-matrix.ts";
import { agentRoleOnOther } from "./agent-role-on-other.ts";
import { brokenLive } from "./broken-live.ts";
import { callerAccountDisabled } from "./caller-account-disabled.ts";
import { callerAccountMissing } from "./caller-account-missing.ts";
import { conditionWithoutEffect } from "./condition-without-effect.ts";
import { conditionalGrant } from "./conditional-grant.ts";
import { deadFederatedGrant } from "./dead-federated-grant.ts";
import { declaredCallerMissing } from "./declared-caller-missing.ts";
import { declaredPublicClosed } from "./declared-public-closed.ts";
import { defaultRuntimeAccount } from "./default-runtime-account.ts";
import { deletedMember } from "./deleted-member.ts";
import { dormantGrant } from "./dormant-grant.ts";
import { expiredGrant } from "./expired-grant.ts";
import { expiredPreviousAccount } from "./expired-previous-account.ts";
import { iapDiffers } from "./iap-differs.ts";
import { indirectCaller } from "./indirect-caller.ts";
import { ingressDiffers } from "./ingress-differs.ts";
import { inheritedWithoutGrant } from "./inherited-without-grant.ts";
import { invokerCheckDisabled } from "./invoker-check-disabled.ts";
import { needMissing } from "./need-missing.ts";
import { notReadable } from "./not-readable.ts";
import { outsiderMissing } from "./outsider-missing.ts";
import { plannedButPresent } from "./planned-but-present.ts";
import { projectNotInMatrix } from "./project-not-in-matrix.ts";
import { providerBeyondMatrix } from "./provider-beyond-matrix.ts";
import { providerDiffers } from "./provider-differs.ts";
import { publicUndeclared } from "./public-undeclared.ts";
import { serviceAbsent } from "./service-absent.ts";
import { serviceNotInMatrix } from "./service-not-in-matrix.ts";
import { sharedRuntimeAccount } from "./shared-runtime-account.ts";
import { undeclaredCaller } from "./undeclared-caller.ts";
import { undeclaredCallerInherited } from "./undeclared-caller-inherited.ts";
import { undeclaredCallerOtherRole } from "./undeclared-caller-other-role.ts";
import { userManagedKey } from "./user-managed-key.ts";
import { wrongRuntimeAccount } from "./wrong-runtime-account.ts";
import type { DriftRule } from "../drift-rule.ts";
import type { DriftRuleId } from "../../matrix/rules/drift-rule-ids.ts";

/** Every rule of drift, in the order of its list. */
export const driftRules = {
  "public-undeclared": publicUndeclared,
  "invoker-check-disabled": invokerCheckDisabled,
  "undeclared-caller": undeclaredCaller,
  "undeclared-caller-inherited": undeclaredCallerInherited,
  "undeclared-caller-other-role": undeclaredCallerOtherRole,
  "agent-role-on-other": agentRoleOnOther,
  "provider-beyond-matrix": providerBeyondMatrix,
  "provider-differs": providerDiffers,
  "dormant-grant": dormantGrant,
  "expired-grant": expiredGrant,
  "expired-previous-account": expiredPreviousAccount,
  "broken-live": brokenLive,
  "declared-caller-missing": declaredCallerMissing,
  "outsider-missing": outsiderMissing,
  "caller-account-missing": callerAccountMissing,
  "caller-account-disabled": callerAccountDisabled,
  "need-missing": needMissing,
  "declared-public-closed": declaredPublicClosed,
  "service-absent": serviceAbsent,
  "planned-but-present": plannedButPresent,
  "wrong-runtime-account": wrongRuntimeAccount,
  "default-runtime-account": defaultRuntimeAccount,
  "shared-runtime-account": sharedRuntimeAccount,
  "user-managed-key": userManagedKey,
  "ingress-differs": ingressDiffers,
  "iap-differs": iapDiffers,
  "conditional-grant": conditionalGrant,
  "condition-without-effect": conditionWithoutEffect,
  "access-beyond-matrix": accessBeyondMatrix,
  "indirect-caller": indirectCaller,
  "deleted-member": deletedMember,
  "dead-federated-grant": deadFederatedGrant,
  "service-not-in-matrix": serviceNotInMatrix,
  "project-not-in-matrix": projectNotInMatrix,
  "inherited-without-grant": inheritedWithoutGrant,
  "not-readable": notReadable,
} as const satisfies Readonly<Record<DriftRuleId, DriftRule>>;
