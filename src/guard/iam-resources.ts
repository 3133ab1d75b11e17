/** What an allow policy hangs on. */
export type TargetLevel =
  | "service"
  | "job"
  | "function"
  | "iap"
  | "account"
  | "pool"
  | "project"
  | "folder"
  | "organization";

/** A kind of resource that has an allow policy, by how the provider calls its IAM resources. */
export interface IamParent {
  readonly level: TargetLevel;
  /** The argument that names it; undefined where its project is all that names it. */
  readonly argument: string | undefined;
  /** Why nothing that it grants invokes a service; undefined where it may. */
  readonly opensNothing?: string;
}

/**
 * Resources of hashicorp/google and google-beta that write allow policies on which Cloud Run access hangs.
 * registry.terraform.io/providers/hashicorp/google/7.45.0/docs, `*_iam`
 */
const parents: Readonly<Record<string, IamParent>> = {
  google_cloud_run_v2_service: { level: "service", argument: "name" },
  google_cloud_run_service: { level: "service", argument: "service" },
  google_cloud_run_v2_job: { level: "job", argument: "name" },
  // The policy of a function is not that of the Cloud Run service beneath it, which is what is called.
  google_cloudfunctions2_function: {
    level: "function",
    argument: "cloud_function",
    opensNothing:
      "a function of the second generation is called through its Cloud Run service, which has a policy of its own",
  },
  google_cloudfunctions_function: {
    level: "function",
    argument: "cloud_function",
    opensNothing: "a function of the first generation is no Cloud Run service",
  },
  google_iap_web_cloud_run_service: { level: "iap", argument: "cloud_run_service_name" },
  google_iap_web: { level: "iap", argument: undefined },
  google_service_account: { level: "account", argument: "service_account_id" },
  google_iam_workload_identity_pool: { level: "pool", argument: "workload_identity_pool_id" },
  google_project: { level: "project", argument: "project" },
  google_folder: { level: "folder", argument: "folder" },
  google_organization: { level: "organization", argument: "org_id" },
};

/** Without an endpoint: nobody can call a worker pool. docs: google/cloud/run/v2/worker_pool.proto */
const harmless: ReadonlySet<string> = new Set(["google_cloud_run_v2_worker_pool"]);

export type Authority = "member" | "binding" | "policy";

export interface IamResource {
  readonly authority: Authority;
  /** Undefined where it belongs to Cloud Run and this version of matrix does not know it. */
  readonly parent: IamParent | undefined;
}

/** What a type of resource grants; undefined for one that grants nothing that matters here. */
export function iamResource(type: string): IamResource | undefined {
  const [, prefix = "", authority] = /^(google_\w+)_iam_(member|binding|policy)$/.exec(type) ?? [];
  if (authority === undefined || harmless.has(prefix)) return undefined;
  const parent = Object.hasOwn(parents, prefix) ? parents[prefix] : undefined;
  if (parent === undefined && !/^google_(cloud_run|iap_web_(cloud_run|region_cloud_run))/.test(prefix))
    return undefined;
  // The pattern admits these three only.
  return { authority: authority as Authority, parent };
}
