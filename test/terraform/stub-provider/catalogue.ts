import type { DataSourceType, ResourceType } from "./resource-type.ts";
import { cloudRunService, cloudRunServiceData } from "./resources/cloud-run-service.ts";
import { iamBinding, iamMember } from "./resources/iam.ts";
import { iamParents } from "./resources/iam-parent.ts";
import { orgPolicy } from "./resources/org-policy.ts";
import { serviceAccount, serviceAccountData } from "./resources/service-account.ts";
import { workloadIdentityPool, workloadIdentityPoolProvider } from "./resources/workload-identity.ts";

export interface Catalogue {
  readonly resources: Readonly<Record<string, ResourceType>>;
  readonly dataSources: Readonly<Record<string, DataSourceType>>;
}

/** The resources and data sources of hashicorp/google that the stub knows. */
export function catalogue(googleVersion: string): Catalogue {
  const later = isAtLeast(googleVersion, [7, 21]);
  return {
    resources: {
      google_cloud_run_v2_job_iam_binding: iamBinding(iamParents.job),
      google_cloud_run_v2_job_iam_member: iamMember(iamParents.job),
      google_cloud_run_v2_service: cloudRunService(later),
      google_cloud_run_v2_service_iam_binding: iamBinding(iamParents.service),
      google_cloud_run_v2_service_iam_member: iamMember(iamParents.service),
      google_iam_workload_identity_pool: workloadIdentityPool,
      google_iam_workload_identity_pool_provider: workloadIdentityPoolProvider,
      google_iap_web_cloud_run_service_iam_binding: iamBinding(iamParents.iapService),
      google_iap_web_cloud_run_service_iam_member: iamMember(iamParents.iapService),
      google_org_policy_policy: orgPolicy,
      google_project_iam_member: iamMember(iamParents.project),
      google_service_account: serviceAccount,
      google_service_account_iam_binding: iamBinding(iamParents.serviceAccount),
      google_service_account_iam_member: iamMember(iamParents.serviceAccount),
    },
    dataSources: {
      google_cloud_run_v2_service: cloudRunServiceData(later),
      google_service_account: serviceAccountData,
    },
  };
}

function isAtLeast(version: string, [major, minor]: readonly [number, number]): boolean {
  const [givenMajor = 0, givenMinor = 0] = version.split(".").map(Number);
  return givenMajor > major || (givenMajor === major && givenMinor >= minor);
}
