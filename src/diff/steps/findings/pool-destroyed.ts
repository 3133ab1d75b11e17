import { planFederation } from "../../../federation/plan-federation.ts";
import { poolName, providerName } from "../../../synth/plan/addresses.ts";
import type { FindingStep, Judging } from "../finding-step.ts";
import type { PoolRemoval } from "../terraform-removals.ts";

/** docs: iam v1 `workloadIdentityPools.delete` — a deleted id cannot be used again for 30 days. */
export const poolDestroyed: FindingStep = function* (judging) {
  for (const removal of judging.pools) {
    const { what, fate, name, address, stack, environment } = removal;
    const callers = callersOf(judging, removal);
    const anew = fate === "replaced" ? " and makes another" : "";
    yield {
      message: `applying it destroys the workload identity ${what} ${name} of stack ${stack}${anew}: its id is blocked for 30 days`,
      help: `keep one of its callers in the file, without edges: the ${what} then stays, disabled`,
      environments: [environment],
      subject: name,
      facts: [
        ...judging
          .of("caller-removed", "identity-changed", "account-changed", "project-changed")
          .filter(({ subject, environments }) => callers.has(subject ?? "") && environments.includes(environment)),
        ...judging.of("environment-removed", "environment-changed").filter(({ subject }) => subject === environment),
      ],
      identity: address,
    };
  }
};

/** Whose tokens it took, by the names that they have now. */
function callersOf({ context }: Judging, { environment, name }: PoolRemoval): ReadonlySet<string> {
  const [sides] = context.sidesOf({ environments: [environment] });
  const world = sides?.before.world;
  if (world === undefined) return new Set();
  const takes = planFederation(world).pools.flatMap(({ project, id, providers }) =>
    providers
      .filter((each) => name === poolName(project.id, id) || name === providerName(project.id, id, each.id))
      .flatMap(({ callers }) => callers),
  );
  return new Set(takes.map((key) => context.later(key)));
}
