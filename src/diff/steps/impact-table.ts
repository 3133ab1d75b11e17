import type { ChangeKind } from "../change-kind.ts";
import { edgeAdded, edgeRemoved, expiryChanged, throughChanged } from "./impacts/edge-impacts.ts";
import { iapChanged, ingressChanged, publicAdded, publicRemoved, resourceTaken } from "./impacts/exposure-impacts.ts";
import { accountChanged, identityChanged, nameAdded, previousAccountsChanged } from "./impacts/identity-impacts.ts";
import { inheritedAdded, inheritedChanged, inheritedRemoved } from "./impacts/inherited-impacts.ts";
import {
  coverageChanged,
  environmentChanged,
  exceptionAdded,
  exceptionChanged,
  exceptionRemoved,
  guardrailsChanged,
  lintChanged,
  ruleAdded,
  ruleChanged,
  ruleRemoved,
  sensitiveChanged,
} from "./impacts/safeguard-impacts.ts";
import { grantMoved, modeChanged, regionsChanged, stageChanged } from "./impacts/service-impacts.ts";
import { alwaysNeutral, type Judge, strongest } from "./judgement.ts";

const both =
  (...judges: readonly Judge[]): Judge =>
  (fact, context) =>
    strongest(judges.map((judge) => judge(fact, context)));

/** What each kind of change does to access. What a new or lost environment, service or set brings with it are facts of their own. */
export const impactTable = {
  "environment-added": alwaysNeutral,
  "environment-removed": alwaysNeutral,
  "environment-changed": environmentChanged,
  "guardrails-changed": guardrailsChanged,
  "service-removed": alwaysNeutral,
  "service-added": both(nameAdded, resourceTaken, coverageChanged),
  "service-renamed": coverageChanged,
  "caller-removed": alwaysNeutral,
  "caller-added": both(nameAdded, coverageChanged),
  "caller-renamed": coverageChanged,
  "edge-added": edgeAdded,
  "edge-removed": edgeRemoved,
  "expiry-changed": expiryChanged,
  "through-changed": throughChanged,
  "reason-changed": alwaysNeutral,
  "ticket-changed": alwaysNeutral,
  "review-changed": alwaysNeutral,
  "public-added": publicAdded,
  "public-removed": publicRemoved,
  "public-changed": alwaysNeutral,
  "ingress-changed": ingressChanged,
  "iap-changed": iapChanged,
  // All of them carry the permission that invokes the service or runs the job, and on it nothing more that counts here
  // (cloud.google.com/run/docs/reference/iam/roles).
  "invoker-role-changed": alwaysNeutral,
  "identity-changed": both(identityChanged, coverageChanged),
  "account-changed": both(accountChanged, coverageChanged),
  "previous-account-added": both(previousAccountsChanged, coverageChanged),
  "previous-account-removed": previousAccountsChanged,
  "previous-account-changed": previousAccountsChanged,
  "stage-changed": stageChanged,
  "mode-changed": modeChanged,
  "service-kind-changed": both(grantMoved, coverageChanged),
  "run-name-changed": both(grantMoved, coverageChanged),
  "project-changed": both(grantMoved, coverageChanged),
  "regions-changed": both(regionsChanged, coverageChanged),
  "image-changed": alwaysNeutral,
  "former-names-changed": alwaysNeutral,
  "owner-changed": coverageChanged,
  "labels-changed": coverageChanged,
  "description-changed": alwaysNeutral,
  "set-added": alwaysNeutral,
  "set-removed": alwaysNeutral,
  "set-changed": alwaysNeutral,
  "rule-added": ruleAdded,
  "rule-removed": ruleRemoved,
  "rule-changed": ruleChanged,
  "exception-added": exceptionAdded,
  "exception-removed": exceptionRemoved,
  "exception-changed": exceptionChanged,
  "inherited-added": inheritedAdded,
  "inherited-removed": inheritedRemoved,
  "inherited-changed": inheritedChanged,
  "team-added": alwaysNeutral,
  "team-removed": alwaysNeutral,
  "team-changed": alwaysNeutral,
  "sensitive-changed": sensitiveChanged,
  "lint-changed": lintChanged,
  "terraform-changed": alwaysNeutral,
} as const satisfies Readonly<Record<ChangeKind, Judge>>;
