import type { Severity } from "../finding/severity.ts";
import type { GuardRuleId } from "./guard-rule-ids.ts";

/** A way in which a Terraform plan can give access that the matrix does not declare, or take what it does. */
export interface GuardRule {
  readonly id: GuardRuleId;
  readonly severity: Severity;
  /** What it finds, as one phrase. */
  readonly summary: string;
}

const table = {
  "plan-grants-public": ["error", "a plan lets everybody invoke a service that is not declared public"],
  "plan-disables-invoker-check": ["error", "a plan turns the invoker check of a service off"],
  "plan-grants-undeclared": ["error", "a plan lets somebody invoke a service, and no edge declares it"],
  "plan-grants-inherited": ["error", "a plan lets somebody invoke every service of a project, folder or organization"],
  "plan-passes-iap": ["error", "a plan lets somebody through Identity-Aware Proxy, and no edge declares it"],
  "plan-impersonates": ["error", "a plan lets somebody act as an account of the matrix"],
  "plan-makes-key": ["error", "a plan makes a key of an account of the matrix"],
  "plan-writes-policy": ["error", "a plan lets somebody change who may invoke"],
  "plan-widens-role": [
    "error",
    "a plan puts a permission to invoke, or to come to, into a custom role that is already there",
  ],
  "plan-clashes": ["error", "a plan manages a row that a stack of the matrix manages"],
  "plan-destroys-account": ["error", "a plan destroys or disables an account of the matrix"],
  "plan-removes-declared": ["error", "a plan takes away access that the matrix declares"],
  "plan-unknown-grant": ["error", "a plan may grant access: who, what or where is known after apply only"],
  "plan-unknown-role": ["error", "a plan grants a role of which it is not known whether it may invoke"],
  "plan-runs-as": ["warning", "a plan lets somebody run a workload as an account of the matrix"],
  "plan-grants-beyond": ["warning", "a plan gives a declared caller a second way in"],
  "plan-widens-ingress": ["warning", "a plan opens a service to more of the network than the matrix says"],
  "plan-outside-matrix": ["warning", "a plan grants in projects only that the matrix does not name"],
  "plan-grants-nothing": ["info", "a plan has a grant that opens no service"],
} as const satisfies Readonly<Record<GuardRuleId, readonly [Severity, string]>>;

/** Every rule of guard by its id, in order. */
export const guardRules: Readonly<Record<GuardRuleId, GuardRule>> = fromTable();

function fromTable(): Readonly<Record<GuardRuleId, GuardRule>> {
  const entries = Object.entries(table).map(([id, [severity, summary]]) => [id, { id, severity, summary }]);
  // The table has every id, and nothing else.
  return Object.fromEntries(entries) as Readonly<Record<GuardRuleId, GuardRule>>;
}
