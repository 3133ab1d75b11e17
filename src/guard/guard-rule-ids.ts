/** Every rule of `matrix guard`, in the order in which `matrix rules` lists them: the gravest first. */
export const guardRuleIdList = [
  "plan-grants-public",
  "plan-disables-invoker-check",
  "plan-grants-undeclared",
  "plan-grants-inherited",
  "plan-passes-iap",
  "plan-impersonates",
  "plan-makes-key",
  "plan-writes-policy",
  "plan-widens-role",
  "plan-clashes",
  "plan-destroys-account",
  "plan-removes-declared",
  "plan-unknown-grant",
  "plan-unknown-role",
  "plan-runs-as",
  "plan-grants-beyond",
  "plan-widens-ingress",
  "plan-outside-matrix",
  "plan-grants-nothing",
] as const;

export type GuardRuleId = (typeof guardRuleIdList)[number];
