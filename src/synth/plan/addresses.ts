import type { RowKind } from "./stack-plan.ts";

// Names of the matrix hold no underscore, so no two addresses of one type can be equal.

/** The address of a service's or caller's account. */
export function accountAddress(key: string): string {
  return `google_service_account.${key}`;
}

/** The name that a service's resources in one region share. */
export function regionalName(key: string, region: string): string {
  return `${key}_${region}`;
}

/** The name of a row's resource. */
export function rowName(key: string, region: string): string {
  return `${regionalName(key, region)}_invoker`;
}

/** The address of a row that is exactly what the matrix says. */
export function bindingAddress(kind: RowKind, key: string, region: string): string {
  return `google_cloud_run_v2_${kind}_iam_binding.${rowName(key, region)}`;
}

/** The address of the members that are added to a row. */
export function membersAddress(kind: RowKind, key: string, region: string): string {
  return `google_cloud_run_v2_${kind}_iam_member.${rowName(key, region)}`;
}

/** The name of the resource that says who comes to a service through Identity-Aware Proxy. */
export function iapRowName(key: string, region: string): string {
  return `${regionalName(key, region)}_iap`;
}

/** The address of everybody who comes through Identity-Aware Proxy. */
export function iapBindingAddress(key: string, region: string): string {
  return `google_iap_web_cloud_run_service_iam_binding.${iapRowName(key, region)}`;
}

/** The address of those that are added to who comes through it. */
export function iapMembersAddress(key: string, region: string): string {
  return `google_iap_web_cloud_run_service_iam_member.${iapRowName(key, region)}`;
}

/** The name of a pool's resource. Ids of projects, pools and providers hold no underscore. */
export function poolName(project: string, pool: string): string {
  return `${project}_${pool}`;
}

export function poolAddress(name: string): string {
  return `google_iam_workload_identity_pool.${name}`;
}

/** The name of a provider's resource. */
export function providerName(project: string, pool: string, provider: string): string {
  return `${poolName(project, pool)}_${provider}`;
}

export function providerAddress(name: string): string {
  return `google_iam_workload_identity_pool_provider.${name}`;
}

/** The name of the resource that says who may act as an account. */
export function impersonatorsName(key: string): string {
  return `${key}_impersonators`;
}

/** The address of everybody who may act as an account that the stack holds. */
export function impersonatorsAddress(key: string): string {
  return `google_service_account_iam_binding.${impersonatorsName(key)}`;
}

/** The address of those that are added to who may act as an account. */
export function addedImpersonatorsAddress(key: string): string {
  return `google_service_account_iam_member.${impersonatorsName(key)}`;
}

/** The name of a grant that a caller needs. */
export function grantName(key: string, role: string): string {
  return `${key}_${(role.split("/").at(-1) ?? "").replace(/[^A-Za-z0-9-]/g, "_")}`;
}

/** The address of a Cloud Run service that Terraform makes. */
export function serviceAddress(key: string, region: string): string {
  return `google_cloud_run_v2_service.${regionalName(key, region)}`;
}
