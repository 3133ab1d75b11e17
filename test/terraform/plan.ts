/** The parts of `terraform show -json PLAN` that tests look at. */
export interface Plan {
  readonly resource_changes?: readonly ResourceChange[];
  /** What Terraform found changed behind its back. */
  readonly resource_drift?: readonly ResourceChange[];
  readonly output_changes?: Readonly<Record<string, Change>>;
  readonly checks?: readonly Check[];
}

export interface ResourceChange {
  readonly address: string;
  /** The address in the state, where a `moved` block changed it. */
  readonly previous_address?: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  readonly index?: string | number;
  readonly change: Change;
  readonly action_reason?: string;
}

export type Action = "no-op" | "create" | "read" | "update" | "delete" | "forget";

export interface Change {
  readonly actions: readonly Action[];
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
  /** `true` at each place whose value is known at apply only. */
  readonly after_unknown: Readonly<Record<string, unknown>> | boolean;
  readonly importing?: { readonly id: string };
}

export interface Check {
  readonly address: { readonly kind: string; readonly to_display: string };
  readonly status: "pass" | "fail" | "error" | "unknown";
  readonly instances?: readonly { readonly problems?: readonly { readonly message: string }[] }[];
}

/** The actions by address, without what stays as it is: the shape of a plan in one comparison. */
export function actionsOf(plan: Plan): Readonly<Record<string, string>> {
  const changed = (plan.resource_changes ?? []).filter(
    ({ change }) => change.actions.join() !== "no-op" || change.importing,
  );
  return Object.fromEntries(
    changed.map(({ address, change }) => [
      address,
      [...(change.importing ? ["import"] : []), ...change.actions].join(" "),
    ]),
  );
}

export function changeOf(plan: Plan, address: string): Change {
  const found = plan.resource_changes?.find((change) => change.address === address);
  if (!found) throw new Error(`the plan has no ${address}`);
  return found.change;
}

/** What the check blocks found wrong. */
export function problemsOf(plan: Plan): readonly string[] {
  const instances = (plan.checks ?? []).flatMap((check) => check.instances ?? []);
  return instances.flatMap(({ problems = [] }) => problems.map(({ message }) => message));
}
