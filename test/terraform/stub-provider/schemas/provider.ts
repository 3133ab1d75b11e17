import type { BlockSchema } from "./schema.ts";

/** The provider block, without most of its several hundred endpoint overrides. */
export const providerSchema: BlockSchema = {
  attributes: {
    access_token: "string optional",
    add_terraform_attribution_label: "bool optional",
    billing_project: "string optional",
    cloud_run_v2_custom_endpoint: "string optional",
    credentials: "string optional",
    default_labels: "map(string) optional",
    iam_custom_endpoint: "string optional",
    iam_beta_custom_endpoint: "string optional",
    iap_custom_endpoint: "string optional",
    impersonate_service_account: "string optional",
    impersonate_service_account_delegates: "list(string) optional",
    org_policy_custom_endpoint: "string optional",
    project: "string optional",
    region: "string optional",
    request_reason: "string optional",
    request_timeout: "string optional",
    resource_manager_custom_endpoint: "string optional",
    scopes: "list(string) optional",
    terraform_attribution_label_addition_strategy: "string optional",
    universe_domain: "string optional",
    user_project_override: "bool optional",
    zone: "string optional",
  },
  blocks: {
    batching: {
      nesting: "one",
      attributes: { enable_batching: "bool optional", send_after: "string optional" },
    },
    external_credentials: {
      nesting: "one",
      attributes: {
        audience: "string required",
        identity_token: "string required",
        service_account_email: "string required",
      },
    },
  },
};
