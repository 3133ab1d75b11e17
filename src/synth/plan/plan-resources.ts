import type { Matrix } from "../../matrix/model/matrix.ts";
import type { HeldStack } from "../output/find-removals.ts";
import type { Arguments } from "../output/stack-file.ts";
import { accountAddress, bindingAddress, membersAddress, serviceAddress } from "./addresses.ts";
import { planAddresses } from "./plan-addresses.ts";
import { planRows } from "./plan-rows.ts";
import { planServices } from "./plan-services.ts";
import { scopesOf } from "./plan-stacks.ts";
import type { StackScope } from "./stack-scope.ts";

export interface PlannedStack extends HeldStack {
  readonly environment: string;
}

/**
 * What the stacks of some environments would hold, with those arguments alone that say which thing a resource is: enough
 * to find what a change destroys, without writing any Terraform.
 */
export function planResources(matrix: Matrix, environments: ReadonlySet<string>): readonly PlannedStack[] {
  return matrix.worlds
    .filter(({ environment }) => environments.has(environment.name))
    .flatMap((world) => scopesOf(matrix, world, new Map()).map(planStack));
}

function planStack(scope: StackScope): PlannedStack {
  const { moved, removed } = planAddresses(scope);
  return {
    environment: scope.world.environment.name,
    name: scope.name,
    resources: new Map(resourcesOf(scope)),
    moved: new Map(moved.map(({ from, to }) => [from, to])),
    forgotten: new Set(removed),
  };
}

/** Addresses and arguments as `matrix synth` writes them. */
function* resourcesOf(scope: StackScope): Iterable<readonly [string, Arguments]> {
  for (const { key, project, id, disabled } of scope.accounts)
    yield [accountAddress(key), { project, account_id: id, ...(disabled ? { disabled } : {}) }];
  for (const { key, kind, project, region, name, mode, ownsService } of planRows(scope)) {
    const address = mode === "add" ? membersAddress : bindingAddress;
    const target = ownsService ? `\${${serviceAddress(key, region)}.name}` : name;
    yield [address(kind, key, region), { project, location: region, name: target }];
  }
  for (const { key, project, region, name } of planServices(scope))
    yield [serviceAddress(key, region), { project, location: region, name }];
}
