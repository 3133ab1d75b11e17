import { serviceResource } from "../../access/run-resource.ts";
import type { Service } from "../../matrix/model/world.ts";
import { accountAddress, bindingAddress, membersAddress, serviceAddress } from "./addresses.ts";
import type { Existing } from "./existing.ts";
import type { AccountPlan, ImportPlan, RowPlan, ServicePlan, StackPlan } from "./stack-plan.ts";
import type { StackScope } from "./stack-scope.ts";

/**
 * What a stack imports. default: what the matrix says was there before it. always: every row besides, of services that
 * Terraform does not make. never: nothing. existing: what is there, and the default where nobody looked.
 */
export type ImportPolicy =
  | { readonly kind: "default" | "always" | "never" }
  | { readonly kind: "existing"; readonly existing: Existing };

/**
 * The imports of a stack: accounts, services, then rows, each in the stack's order. One that the state holds already does
 * nothing; one of something that is not there makes the plan fail. Ids: registry.terraform.io/providers/hashicorp/google,
 * section Import of google_service_account, google_cloud_run_v2_service, and _iam of that and of _v2_job.
 */
export function planImports(
  scope: Pick<StackScope, "accounts" | "services">,
  { rows, services }: Pick<StackPlan, "rows" | "services">,
  policy: ImportPolicy,
): readonly ImportPlan[] {
  if (policy.kind === "never") return [];
  const byKey = new Map(scope.services.map((service) => [service.key, service]));
  return [
    ...scope.accounts.filter((account) => importsAccount(account, policy)).map(accountImport),
    ...services.filter((service) => isDeployed(service, policy)).map(serviceImport),
    ...rows.flatMap((row): readonly ImportPlan[] => {
      if (row.mode === "add") return memberImports(row, policy);
      return importsRow(row, byKey.get(row.key), policy) ? [rowImport(row)] : [];
    }),
  ];
}

function importsAccount(account: AccountPlan, policy: ImportPolicy): boolean {
  const found = policy.kind === "existing" ? policy.existing.hasAccount(account) : undefined;
  return found ?? account.adopted;
}

/** A service that the stack makes cannot be made where it is; whether it is, only a look can tell. */
function isDeployed(service: ServicePlan, policy: ImportPolicy): boolean {
  return policy.kind === "existing" && policy.existing.hasTarget({ ...service, kind: "service" }) === true;
}

function importsRow(row: RowPlan, service: Service | undefined, policy: ImportPolicy): boolean {
  const found = policy.kind === "existing" ? policy.existing.hasTarget(row) : undefined;
  return found ?? (!row.ownsService && (policy.kind === "always" || wasThereBefore(service)));
}

/** A service whose account Terraform does not make, or that has had another, ran before its row was declared. */
function wasThereBefore(service: Service | undefined): boolean {
  if (service === undefined) return false;
  const { account, previousAccounts } = service;
  return account.source === "elsewhere" || account.manage !== "create" || previousAccounts.length > 0;
}

/** A member that is imported must be there, which only a look can tell. */
function memberImports(row: RowPlan, policy: ImportPolicy): readonly ImportPlan[] {
  if (policy.kind !== "existing") return [];
  const { existing } = policy;
  return (
    row.members
      .map(({ principal }) => principal)
      // The provider takes ids apart at blanks.
      .filter((principal) => !/\s/.test(principal) && existing.hasMember(row, principal) === true)
      .map((principal) => ({
        to: membersAddress(row.kind, row.key, row.region),
        key: principal,
        id: `${serviceResource(row.project, row)} ${row.role} ${principal}`,
      }))
  );
}

function accountImport({ key, project, email }: AccountPlan): ImportPlan {
  return { to: accountAddress(key), id: `projects/${project}/serviceAccounts/${email}` };
}

function serviceImport(service: ServicePlan): ImportPlan {
  return {
    to: serviceAddress(service.key, service.region),
    id: serviceResource(service.project, { ...service, kind: "service" }),
  };
}

function rowImport(row: RowPlan): ImportPlan {
  return { to: bindingAddress(row.kind, row.key, row.region), id: `${serviceResource(row.project, row)} ${row.role}` };
}
