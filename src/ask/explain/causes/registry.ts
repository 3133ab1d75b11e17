import type { Cause } from "../case.ts";
import { accountDisabled } from "./account-disabled.ts";
import { accountMissing } from "./account-missing.ts";
import { audience } from "./audience.ts";
import { bindingElsewhere } from "./binding-elsewhere.ts";
import { calleeAbsent } from "./callee-absent.ts";
import { condition } from "./condition.ts";
import { defaultUrlOff } from "./default-url-off.ts";
import { denyPolicy } from "./deny-policy.ts";
import { denyUnread } from "./deny-unread.ts";
import { edgeEnded } from "./edge-ended.ts";
import { iap } from "./iap.ts";
import { ingress } from "./ingress.ts";
import { justChanged } from "./just-changed.ts";
import { needMissing } from "./need-missing.ts";
import { noBinding } from "./no-binding.ts";
import { noToken } from "./no-token.ts";
import { notApplied } from "./not-applied.ts";
import { notDeclared } from "./not-declared.ts";
import { notItsAccount } from "./not-its-account.ts";
import { notRead } from "./not-read.ts";
import { outsideUnread } from "./outside-unread.ts";
import { ownAnswer } from "./own-answer.ts";
import { perimeter } from "./perimeter.ts";
import { providerClosed } from "./provider-closed.ts";
import { providerOther } from "./provider-other.ts";
import { runsAsAnother } from "./runs-as-another.ts";
import { tokenExchange } from "./token-exchange.ts";
import { wrongRole } from "./wrong-role.ts";
import { wrongToken } from "./wrong-token.ts";

/** Every cause, in the order in which causes of the same likelihood are told: what explains the others first. */
export const causes: readonly Cause[] = [
  calleeAbsent,
  accountMissing,
  accountDisabled,
  providerClosed,
  notItsAccount,
  providerOther,
  outsideUnread,
  runsAsAnother,
  denyPolicy,
  iap,
  edgeEnded,
  notDeclared,
  wrongRole,
  condition,
  bindingElsewhere,
  noBinding,
  notApplied,
  notRead,
  needMissing,
  defaultUrlOff,
  ingress,
  audience,
  tokenExchange,
  wrongToken,
  noToken,
  ownAnswer,
  justChanged,
  denyUnread,
  perimeter,
];
