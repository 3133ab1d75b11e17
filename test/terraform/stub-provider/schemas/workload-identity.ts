import type { BlockSchema } from "./schema.ts";
import { timeouts } from "./timeouts.ts";

export const workloadIdentityPoolSchema: BlockSchema = {
  attributes: {
    description: "string optional",
    disabled: "bool optional",
    display_name: "string optional",
    id: "string optional computed",
    name: "string computed",
    project: "string optional computed replace",
    state: "string computed",
    workload_identity_pool_id: "string required replace",
  },
  blocks: { timeouts },
};

const pemList = { nesting: "list", attributes: { pem_certificate: "string optional" } } as const;

export const workloadIdentityPoolProviderSchema: BlockSchema = {
  attributes: {
    attribute_condition: "string optional",
    attribute_mapping: "map(string) optional",
    description: "string optional",
    disabled: "bool optional",
    display_name: "string optional",
    id: "string optional computed",
    name: "string computed",
    project: "string optional computed replace",
    state: "string computed",
    workload_identity_pool_id: "string required replace",
    workload_identity_pool_provider_id: "string required replace",
  },
  blocks: {
    aws: { nesting: "one", attributes: { account_id: "string required" } },
    oidc: {
      nesting: "one",
      attributes: {
        allowed_audiences: "list(string) optional",
        issuer_uri: "string required",
        jwks_json: "string optional",
      },
    },
    saml: { nesting: "one", attributes: { idp_metadata_xml: "string required" } },
    timeouts,
    x509: {
      nesting: "one",
      attributes: {},
      blocks: {
        trust_store: {
          nesting: "one",
          required: true,
          attributes: {},
          blocks: { intermediate_cas: pemList, trust_anchors: { ...pemList, required: true } },
        },
      },
    },
  },
};
