import type { Matrix } from "../../matrix/model/matrix.ts";
import { planFederation } from "../../federation/plan-federation.ts";
import { iapMembers, rowMembers } from "../../matrix/model/row-members.ts";
import type { Account, World } from "../../matrix/model/world.ts";
import { compareText } from "../../words/compare-text.ts";
import { hashMeaning } from "./hash-meaning.ts";
import { heldAccounts, planAccounts } from "./plan-accounts.ts";
import { planAddresses } from "./plan-addresses.ts";
import { type ImportPolicy, planImports } from "./plan-imports.ts";
import { planGrants } from "./plan-grants.ts";
import { planIapRows } from "./plan-iap-rows.ts";
import { planImpersonations } from "./plan-impersonations.ts";
import { planOutputs } from "./plan-outputs.ts";
import { planPolicies } from "./plan-policies.ts";
import { planPools } from "./plan-pools.ts";
import { planRows } from "./plan-rows.ts";
import { planChecks, planServices } from "./plan-services.ts";
import type { StackPlan } from "./stack-plan.ts";
import type { StackScope } from "./stack-scope.ts";

/** The provider that the bindings were generated from (@cdktf/provider-google 16.12.1), and that the tests run with. */
export const DEFAULT_PROVIDER = "6.50.0";

/**
 * The stacks of a matrix as it stands at its moment, in order of name. The matrix must have no finding that stops synth.
 * @param imports what they import, of which their meaning and its hash do not depend
 */
export function planStacks(matrix: Matrix, imports: ImportPolicy = { kind: "default" }): readonly StackPlan[] {
  return matrix.worlds
    .flatMap((world) =>
      scopesOf(matrix, world, rowMembers(world, matrix.asOf), iapMembers(world, matrix.asOf)).map((scope) =>
        planStack(scope, imports),
      ),
    )
    .sort((a, b) => compareText(a.name, b.name));
}

/** @param rows who may invoke what: without them a stack has all of its resources, and nobody in its rows */
export function scopesOf(
  matrix: Matrix,
  world: World,
  rows: StackScope["rows"],
  iapRows: StackScope["iapRows"],
): readonly StackScope[] {
  const federation = planFederation(world);
  const names = [...new Set(world.environment.projects.map(({ stack }) => stack))];
  return names.map((name) => {
    const projects = world.environment.projects.filter(({ stack }) => stack === name);
    const services = [...world.services.values()]
      .filter(({ project, stage }) => project.stack === name && stage !== "gone")
      // The order in which regions are written means nothing.
      .map((service) => ({ ...service, regions: service.regions.toSorted(compareText) }));
    const callers = [...world.callers.values()].filter(({ account }) => accountStack(account) === name);
    const accounts = planAccounts({ matrix, services, callers });
    return {
      matrix,
      world,
      name,
      projects,
      services,
      callers,
      rows,
      iapRows,
      federation,
      accounts,
      held: heldAccounts(accounts),
    };
  });
}

function accountStack(account: Account | undefined): string | undefined {
  return account?.source === "project" ? account.project.stack : undefined;
}

function planStack(scope: StackScope, importPolicy: ImportPolicy): StackPlan {
  const { matrix, world, name, projects, accounts } = scope;
  const rows = planRows(scope);
  const services = planServices(scope);
  const policies = planPolicies(scope);
  const federated = { ...planPools(scope), impersonations: planImpersonations(scope), grants: planGrants(scope) };
  const { moved, removed } = planAddresses(scope);
  const meaning = { accounts, rows, services, policies, iapRows: planIapRows(scope), ...federated };
  return {
    name,
    environment: world.environment.name,
    provider: matrix.document.terraform?.google ?? DEFAULT_PROVIDER,
    // `removed` blocks came with 1.7, `import` and `check` blocks with 1.5.
    terraform: removed.length > 0 ? ">= 1.7" : ">= 1.5",
    backend: projects[0]?.backend,
    ...meaning,
    checks: planChecks(scope),
    moved,
    removed,
    imports: planImports(scope, { rows, services }, importPolicy),
    outputs: { ...planOutputs(scope), hash: hashMeaning(meaning) },
  };
}
