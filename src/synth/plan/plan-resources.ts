import type { Matrix } from "../../matrix/model/matrix.ts";
import type { HeldStack } from "../output/find-removals.ts";
import type { Arguments } from "../output/stack-file.ts";
import {
  accountAddress,
  addedImpersonatorsAddress,
  bindingAddress,
  grantName,
  iapBindingAddress,
  iapMembersAddress,
  impersonatorsAddress,
  membersAddress,
  poolAddress,
  providerAddress,
  serviceAddress,
} from "./addresses.ts";
import { planAddresses } from "./plan-addresses.ts";
import { planGrants } from "./plan-grants.ts";
import { planIapRows } from "./plan-iap-rows.ts";
import { planImpersonations } from "./plan-impersonations.ts";
import { planPools } from "./plan-pools.ts";
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
    .flatMap((world) => scopesOf(matrix, world, new Map(), new Map()).map(planStack));
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
  for (const { key, project, region, mode } of planIapRows(scope))
    yield [(mode === "add" ? iapMembersAddress : iapBindingAddress)(key, region), { project, location: region }];
  yield* federationOf(scope);
}

function* federationOf(scope: StackScope): Iterable<readonly [string, Arguments]> {
  const { pools, providers } = planPools(scope);
  for (const { address, project, id, disabled } of pools)
    yield [poolAddress(address), { project, workload_identity_pool_id: id, disabled }];
  for (const { address, project, id, disabled } of providers)
    yield [providerAddress(address), { project, workload_identity_pool_provider_id: id, disabled }];
  for (const { key, mode } of planImpersonations(scope))
    yield [(mode === "add" ? addedImpersonatorsAddress : impersonatorsAddress)(key), {}];
  for (const { key, on, role } of planGrants(scope))
    yield "project" in on
      ? [`google_project_iam_member.${grantName(key, role)}`, { project: on.project }]
      : [`google_service_account_iam_member.${grantName(key, role)}`, {}];
}
