import { isList, isObject, isZero, type ObjectValue, type Value } from "../wire/value.ts";

/** Cloud Run's default runtime account carries the project number, which the stub has no other use for. */
export const DEFAULT_RUNTIME_ACCOUNT = "123456789012-compute@developer.gserviceaccount.com";

const SERVICE_DEFAULTS: ObjectValue = {
  ingress: "INGRESS_TRAFFIC_ALL",
  launch_stage: "GA",
  traffic: [{ percent: 100, type: "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST" }],
};

const TEMPLATE_DEFAULTS: ObjectValue = {
  service_account: DEFAULT_RUNTIME_ACCOUNT,
  timeout: "300s",
  max_instance_request_concurrency: 80,
  scaling: [{ max_instance_count: 100 }],
};

const CONTAINER_DEFAULTS: ObjectValue = {
  ports: [{ container_port: 8080, name: "http1" }],
  resources: [{ cpu_idle: true, limits: { cpu: "1000m", memory: "512Mi" }, startup_cpu_boost: true }],
  startup_probe: [
    {
      failure_threshold: 1,
      initial_delay_seconds: 0,
      period_seconds: 240,
      timeout_seconds: 240,
      tcp_socket: [{ port: 8080 }],
    },
  ],
};

/** What Cloud Run makes of the arguments of a create or an update: it fills in what they leave out. */
export function withServerDefaults(service: ObjectValue): ObjectValue {
  const filled = fill(service, SERVICE_DEFAULTS);
  return { ...filled, template: each(filled["template"], withTemplateDefaults) };
}

function withTemplateDefaults(template: ObjectValue): ObjectValue {
  const filled = fill(template, TEMPLATE_DEFAULTS);
  return {
    ...filled,
    containers: each(filled["containers"], (container) => fill(container, CONTAINER_DEFAULTS)),
  };
}

function each(blocks: Value | undefined, change: (block: ObjectValue) => ObjectValue): Value {
  if (!isList(blocks)) return [];
  return blocks.map((block) => (isObject(block) ? change(block) : block));
}

function fill(given: ObjectValue, defaults: ObjectValue): ObjectValue {
  const missing = Object.entries(defaults).filter(([name]) => isZero(given[name] ?? null));
  return { ...given, ...Object.fromEntries(missing) };
}
