/** Every rule of `matrix drift`, worst first within its kind. Apart from the rules, so that the matrix may refer to them. */
export const driftRuleIdList = [
  "public-undeclared",
  "invoker-check-disabled",
  "undeclared-caller",
  "undeclared-caller-inherited",
  "undeclared-caller-other-role",
  "agent-role-on-other",
  "expired-grant",
  "expired-previous-account",
  "broken-live",
  "declared-caller-missing",
  "caller-account-missing",
  "caller-account-disabled",
  "declared-public-closed",
  "service-absent",
  "planned-but-present",
  "wrong-runtime-account",
  "default-runtime-account",
  "shared-runtime-account",
  "user-managed-key",
  "ingress-differs",
  "iap-differs",
  "conditional-grant",
  "condition-without-effect",
  "access-beyond-matrix",
  "indirect-caller",
  "deleted-member",
  "dead-federated-grant",
  "service-not-in-matrix",
  "project-not-in-matrix",
  "inherited-without-grant",
  "not-readable",
] as const;

export type DriftRuleId = (typeof driftRuleIdList)[number];

export const driftRuleIds: ReadonlySet<string> = new Set(driftRuleIdList);
