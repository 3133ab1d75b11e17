import type { Matrix } from "../matrix/model/matrix.ts";
import { mayStillCall } from "../matrix/model/previous-accounts.ts";
import type { StackPlan } from "../synth/plan/stack-plan.ts";

/** A grant that the matrix names and that its stack leaves out. */
export interface IdleGrant {
  readonly stack: string;
  /** The service whose row it would be in; the one that ran as a previous account. */
  readonly service: string;
  /** Of a previous account, which was in the row of every callee: how Terraform names it there. */
  readonly member?: string;
  readonly what: string;
}

/** What has expired or is retired, and is left out of the stacks because of that. */
export function idleGrants({ worlds, asOf }: Matrix, plans: readonly StackPlan[]): readonly IdleGrant[] {
  const wanted = new Set(plans.map(({ name }) => name));
  return worlds
    .flatMap((world) => {
      const stackOf = (service: string): string => world.services.get(service)?.project.stack ?? "";
      const edges = world.idle.map(({ edge: { caller, callee, clause }, why }) => ({
        stack: stackOf(callee),
        service: callee,
        what: `${caller} -> ${callee} (${why === "expired" ? `expired on ${clause.expires}` : "retired"})`,
      }));
      const accounts = [...world.services.values()].flatMap(({ key, previousAccounts }) =>
        previousAccounts
          .filter((each) => !mayStillCall(each, asOf))
          .map(({ email, until }) => ({
            stack: stackOf(key),
            service: key,
            member: `serviceAccount:${email}`,
            what: `the previous account ${email} of ${key} (until ${until})`,
          })),
      );
      return [...edges, ...accounts];
    })
    .filter(({ stack }) => wanted.has(stack));
}
