import type { Severity } from "../finding/severity.ts";
import type { DiffRuleId } from "./diff-rule-ids.ts";

/** A rule of diff: a judgement over one change, or over several. */
export interface DiffRule {
  readonly id: DiffRuleId;
  readonly severity: Severity;
  /** What it says, as one phrase. */
  readonly summary: string;
}

function rule<Id extends DiffRuleId>(id: Id, severity: Severity, summary: string): DiffRule & { readonly id: Id } {
  return { id, severity, summary };
}

/** Every rule of diff, in their order. */
export const diffRules = {
  "caller-gained": rule("caller-gained", "warning", "somebody may call who could not, or for longer, or past a check"),
  "caller-lost": rule("caller-lost", "info", "somebody may not call any more, or for a shorter time"),
  "exposure-opened": rule("exposure-opened", "warning", "a service is open to more of the world"),
  "exposure-closed": rule("exposure-closed", "info", "a service is open to less of the world"),
  "identity-may-call": rule(
    "identity-may-call",
    "warning",
    "another identity may call in the name of a service or caller",
  ),
  "identity-may-not-call": rule(
    "identity-may-not-call",
    "info",
    "an identity may not call any more in the name of a service",
  ),
  "grant-moved": rule("grant-moved", "warning", "grants come to sit on another Cloud Run resource"),
  "enforcement-lowered": rule("enforcement-lowered", "warning", "a row is not kept to what the matrix says any more"),
  "enforcement-raised": rule("enforcement-raised", "info", "a row is kept to what the matrix says"),
  "safeguard-lowered": rule("safeguard-lowered", "warning", "less stands in the way of access that is not wanted"),
  "safeguard-raised": rule("safeguard-raised", "info", "more stands in the way of access that is not wanted"),
  "inherited-gained": rule("inherited-gained", "warning", "more access from above the service is accepted"),
  "inherited-lost": rule("inherited-lost", "info", "less access from above the service is accepted"),
  "never-newly-broken": rule("never-newly-broken", "error", "a `never` rule of the matrix is broken that was kept"),
  "internet-reaches": rule(
    "internet-reaches",
    "error",
    "the internet comes to reach a service, straight or through others",
  ),
  "account-destroyed": rule("account-destroyed", "error", "Terraform will destroy an account that is in use"),
  "account-replaced": rule("account-replaced", "error", "Terraform will destroy an account and make another"),
  "pool-destroyed": rule(
    "pool-destroyed",
    "error",
    "Terraform will destroy a workload identity pool or provider, whose id is then blocked for 30 days",
  ),
  "service-vanishes": rule("service-vanishes", "error", "a service leaves the matrix without having been retired"),
  "never-newly-excused": rule(
    "never-newly-excused",
    "warning",
    "what a `never` rule forbids comes to be excused, or is forbidden no more",
  ),
  "sensitive-gains-caller": rule("sensitive-gains-caller", "warning", "a sensitive service gains a caller"),
  "sensitive-lost": rule("sensitive-lost", "warning", "a service or caller is not sensitive any more"),
  "reach-gained": rule("reach-gained", "info", "callers come to reach callees, straight or through others"),
  "expiry-extended": rule("expiry-extended", "warning", "something that was to end is to last longer"),
  "reason-unchanged": rule("reason-unchanged", "warning", "a grant grows and its reason stays the same"),
  "owner-handed-over": rule("owner-handed-over", "warning", "somebody else decides about a service, caller or team"),
  "approver-missing": rule("approver-missing", "warning", "nobody on GitHub can approve what needs approval"),
  "rule-covers-less": rule("rule-covers-less", "warning", "a rule stands, and means fewer services and callers"),
  "mode-raised": rule("mode-raised", "warning", "callers that no edge declares are about to lose access"),
  "mode-lowered": rule("mode-lowered", "warning", "callers that no edge declares are not taken out any more"),
  "row-replaced": rule("row-replaced", "warning", "Terraform will make a row anew: minutes of refused calls"),
  "provider-moved": rule(
    "provider-moved",
    "warning",
    "a caller from outside shows its tokens to another provider, which its credential file does not name",
  ),
  "service-replaced": rule("service-replaced", "error", "Terraform will destroy a Cloud Run service, or make it anew"),
  "last-caller-lost": rule("last-caller-lost", "info", "a service loses the last of its callers"),
  "reach-lost": rule("reach-lost", "info", "callers do not reach callees any more"),
  "possible-rename": rule(
    "possible-rename",
    "info",
    "a service that goes and one that comes differ in their key alone",
  ),
} as const satisfies { readonly [Id in DiffRuleId]: DiffRule & { readonly id: Id } };
