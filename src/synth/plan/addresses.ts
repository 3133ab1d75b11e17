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

/** The address of a Cloud Run service that Terraform makes. */
export function serviceAddress(key: string, region: string): string {
  return `google_cloud_run_v2_service.${regionalName(key, region)}`;
}
