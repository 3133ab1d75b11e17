import type { NestedSchema } from "./schema.ts";

const probe = {
  nesting: "one",
  attributes: {
    failure_threshold: "number optional default=3",
    initial_delay_seconds: "number optional default=0",
    period_seconds: "number optional default=10",
    timeout_seconds: "number optional default=1",
  },
  blocks: {
    grpc: {
      nesting: "one",
      attributes: { port: "number optional computed", service: "string optional" },
    },
    http_get: {
      nesting: "one",
      attributes: { path: "string optional default=/", port: "number optional computed" },
      blocks: {
        http_headers: {
          nesting: "list",
          attributes: { name: "string required", value: "string optional" },
        },
      },
    },
    tcp_socket: { nesting: "one", attributes: { port: "number optional computed" } },
  },
} as const satisfies NestedSchema;

const env: NestedSchema = {
  nesting: "set",
  attributes: { name: "string required", value: "string optional" },
  blocks: {
    value_source: {
      nesting: "one",
      attributes: {},
      blocks: {
        secret_key_ref: {
          nesting: "one",
          attributes: { secret: "string required", version: "string optional" },
        },
      },
    },
  },
};

const containers: NestedSchema = {
  nesting: "list",
  attributes: {
    args: "list(string) optional",
    base_image_uri: "string optional",
    build_info: "list(object(function_target:string,source_location:string)) computed",
    command: "list(string) optional",
    depends_on: "list(string) optional",
    image: "string required",
    name: "string optional",
    working_dir: "string optional",
  },
  blocks: {
    env,
    liveness_probe: {
      ...probe,
      blocks: {
        ...probe.blocks,
        tcp_socket: { nesting: "one", attributes: { port: "number required" } },
      },
    },
    ports: {
      nesting: "one",
      computed: true,
      attributes: { container_port: "number optional", name: "string optional computed" },
    },
    resources: {
      nesting: "one",
      computed: true,
      attributes: {
        cpu_idle: "bool optional",
        limits: "map(string) optional computed",
        startup_cpu_boost: "bool optional",
      },
    },
    startup_probe: { ...probe, computed: true },
    volume_mounts: {
      nesting: "list",
      attributes: { mount_path: "string required", name: "string required" },
    },
  },
};

const volumes: NestedSchema = {
  nesting: "list",
  attributes: { name: "string required" },
  blocks: {
    cloud_sql_instance: {
      nesting: "one",
      attributes: { instances: "set(string) optional" },
    },
    empty_dir: {
      nesting: "one",
      attributes: { medium: "string optional", size_limit: "string optional" },
    },
    gcs: {
      nesting: "one",
      attributes: { bucket: "string required", read_only: "bool optional" },
    },
    nfs: {
      nesting: "one",
      attributes: { path: "string required", read_only: "bool optional", server: "string required" },
    },
    secret: {
      nesting: "one",
      attributes: { default_mode: "number optional", secret: "string required" },
      blocks: {
        items: {
          nesting: "list",
          attributes: { mode: "number optional", path: "string required", version: "string optional" },
        },
      },
    },
  },
};

export const cloudRunTemplateSchema = {
  nesting: "one",
  required: true,
  attributes: {
    annotations: "map(string) optional",
    encryption_key: "string optional",
    execution_environment: "string optional",
    gpu_zonal_redundancy_disabled: "bool optional",
    labels: "map(string) optional",
    max_instance_request_concurrency: "number optional computed",
    revision: "string optional",
    service_account: "string optional computed",
    session_affinity: "bool optional",
    timeout: "string optional computed",
  },
  blocks: {
    containers,
    node_selector: { nesting: "one", attributes: { accelerator: "string required" } },
    scaling: {
      nesting: "one",
      computed: true,
      attributes: { max_instance_count: "number optional", min_instance_count: "number optional" },
    },
    volumes,
    vpc_access: {
      nesting: "one",
      attributes: { connector: "string optional", egress: "string optional computed" },
      blocks: {
        network_interfaces: {
          nesting: "list",
          computed: true,
          attributes: {
            network: "string optional computed",
            subnetwork: "string optional computed",
            tags: "list(string) optional",
          },
        },
      },
    },
  },
} as const satisfies NestedSchema;
