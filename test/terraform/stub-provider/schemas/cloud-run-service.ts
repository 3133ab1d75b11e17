import { cloudRunTemplateSchema } from "./cloud-run-template.ts";
import { mirrorForReading } from "./schema-message.ts";
import type { BlockSchema } from "./schema.ts";
import { timeouts } from "./timeouts.ts";

const condition =
  "object(execution_reason:string,last_transition_time:string,message:string,reason:string,revision_reason:string,severity:string,state:string,type:string)";

const attributes = {
  annotations: "map(string) optional",
  client: "string optional",
  client_version: "string optional",
  conditions: `list(${condition}) computed`,
  create_time: "string computed",
  creator: "string computed",
  custom_audiences: "list(string) optional",
  delete_time: "string computed",
  deletion_protection: "bool optional default=true",
  description: "string optional",
  effective_annotations: "map(string) computed",
  effective_labels: "map(string) computed",
  etag: "string computed",
  expire_time: "string computed",
  generation: "string computed",
  id: "string optional computed",
  ingress: "string optional computed",
  invoker_iam_disabled: "bool optional",
  labels: "map(string) optional",
  last_modifier: "string computed",
  latest_created_revision: "string computed",
  latest_ready_revision: "string computed",
  launch_stage: "string optional computed",
  location: "string required replace",
  name: "string required replace",
  observed_generation: "string computed",
  project: "string optional computed replace",
  reconciling: "bool computed",
  terminal_condition: `list(${condition}) computed`,
  terraform_labels: "map(string) computed",
  traffic_statuses: "list(object(percent:number,revision:string,tag:string,type:string,uri:string)) computed",
  uid: "string computed",
  update_time: "string computed",
  uri: "string computed",
  urls: "list(string) computed",
} as const;

/** Arguments that came with 7.21: the version that the TypeScript bindings are made of has none. */
const laterAttributes = {
  default_uri_disabled: "bool optional",
  iap_enabled: "bool optional",
} as const;

const blocks = {
  binary_authorization: {
    nesting: "one",
    attributes: {
      breakglass_justification: "string optional",
      policy: "string optional",
      use_default: "bool optional",
    },
  },
  build_config: {
    nesting: "one",
    attributes: {
      base_image: "string optional",
      enable_automatic_updates: "bool optional",
      environment_variables: "map(string) optional",
      function_target: "string optional",
      image_uri: "string optional",
      name: "string computed",
      service_account: "string optional",
      source_location: "string optional",
      worker_pool: "string optional",
    },
  },
  scaling: {
    nesting: "one",
    computed: true,
    attributes: {
      manual_instance_count: "number optional",
      min_instance_count: "number optional",
      scaling_mode: "string optional",
    },
  },
  template: cloudRunTemplateSchema,
  timeouts,
  traffic: {
    nesting: "list",
    computed: true,
    attributes: {
      percent: "number optional computed",
      revision: "string optional",
      tag: "string optional",
      type: "string optional",
    },
  },
} as const;

const bound: BlockSchema = { attributes, blocks };
const later: BlockSchema = { attributes: { ...attributes, ...laterAttributes }, blocks };

export function cloudRunServiceSchema(knowsLaterArguments: boolean): BlockSchema {
  return knowsLaterArguments ? later : bound;
}

export function cloudRunServiceDataSchema(knowsLaterArguments: boolean): BlockSchema {
  return mirrorForReading(cloudRunServiceSchema(knowsLaterArguments), {
    id: "string optional computed",
    location: "string optional",
    name: "string required",
    project: "string optional",
  });
}
