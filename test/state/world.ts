// One state of another team, in both forms in which Terraform gives it.

/** An instance of a resource, by the parts of its address. */
export interface Instance {
  readonly module?: string;
  readonly mode?: "managed" | "data";
  readonly type: string;
  readonly name: string;
  readonly index?: string | number;
  readonly values: Readonly<Record<string, unknown>>;
}

const place = { project: "acme-prod", location: "europe-west1" } as const;
export const BILLING = "projects/acme-prod/locations/europe-west1/services/billing";
export const CHECKOUT = "projects/acme-prod/locations/europe-west1/services/checkout";
export const SETTLE = "projects/acme-prod/locations/europe-west1/jobs/settle";
export const INVOKER = "roles/run.invoker";

const row = (name: string, more: object): Readonly<Record<string, unknown>> => ({
  ...place,
  name,
  role: INVOKER,
  condition: [],
  ...more,
});

export const instances: readonly Instance[] = [
  {
    type: "google_cloud_run_v2_service_iam_member",
    name: "callers",
    index: "serviceAccount:${x}@a.iam",
    values: row(BILLING, { member: "serviceAccount:checkout@acme-prod.iam.gserviceaccount.com" }),
  },
  {
    type: "google_cloud_run_v2_service_iam_member",
    name: "callers",
    index: 'say "hi"\n\u202e',
    values: row(CHECKOUT, { member: "user:ana@acme.com" }),
  },
  {
    module: 'module.run["eu"].module.inner[0]',
    type: "google_cloud_run_v2_service_iam_binding",
    name: "row",
    index: 1,
    values: row(BILLING, { members: ["user:ana@acme.com", "user:bo@acme.com"] }),
  },
  {
    module: "module.policies",
    type: "google_cloud_run_v2_service_iam_policy",
    name: "all",
    values: {
      ...place,
      name: CHECKOUT,
      policy_data: JSON.stringify({ bindings: [{ role: "roles/run.admin", members: ["user:ana@acme.com"] }] }),
    },
  },
  {
    type: "google_cloud_run_service_iam_binding",
    name: "old",
    values: {
      ...place,
      service: "v1/projects/acme-prod/locations/europe-west1/services/billing",
      role: INVOKER,
      members: ["user:old@acme.com"],
    },
  },
  {
    type: "google_cloud_run_v2_job_iam_binding",
    name: "settle",
    // A project by its number, as Terraform takes it.
    values: { ...row("settle", { members: [] }), project: "123" },
  },
  {
    type: "google_cloudfunctions2_function_iam_member",
    name: "fn",
    values: { ...place, cloud_function: "billing", role: INVOKER, member: "allUsers" },
  },
  {
    type: "google_iap_web_cloud_run_service_iam_binding",
    name: "people",
    values: {
      ...place,
      cloud_run_service_name: "billing",
      role: "roles/iap.httpsResourceAccessor",
      members: ["domain:acme.com"],
    },
  },
  {
    type: "google_service_account",
    name: "billing",
    values: { account_id: "billing", project: "acme-prod", email: "Billing@acme-prod.iam.gserviceaccount.com" },
  },
  { type: "google_cloud_run_v2_service", name: "billing", values: { ...place, name: "billing" } },
  { type: "google_cloud_run_v2_job", name: "settle", values: { ...place, name: "settle" } },
  { mode: "data", type: "google_service_account", name: "read", values: { email: "read@acme-prod.iam" } },
  { type: "random_pet", name: "name", values: { id: "sure-dog" } },
];

const outputsOf = (hash: string | undefined): object =>
  hash === undefined ? {} : { matrix_hash: { value: hash, type: "string" } };

/** As a state file: resources by block, instances in them. */
export function stateFile(all: readonly Instance[], hash?: string): string {
  const blocks = new Map<string, Instance[]>();
  for (const each of all) {
    const key = JSON.stringify([each.module, each.mode, each.type, each.name]);
    blocks.set(key, [...(blocks.get(key) ?? []), each]);
  }
  const resources = [...blocks.values()].map((block) => ({
    module: block[0]?.module,
    mode: block[0]?.mode ?? "managed",
    type: block[0]?.type,
    name: block[0]?.name,
    instances: block.map(({ index, values }) => ({ index_key: index, attributes: values, sensitive_attributes: [] })),
  }));
  return JSON.stringify({ version: 4, terraform_version: "1.11.4", serial: 3, outputs: outputsOf(hash), resources });
}

/** As `terraform show -json` prints it: resources by instance, modules in modules. */
export function shownState(all: readonly Instance[], hash?: string): string {
  return JSON.stringify({
    format_version: "1.0",
    terraform_version: "1.11.4",
    values: { outputs: outputsOf(hash), root_module: moduleOf("", all) },
  });
}

function moduleOf(address: string, all: readonly Instance[]): object {
  const depth = depthOf(address);
  const below = [
    ...new Set(
      all.flatMap(({ module = "" }) =>
        module.startsWith(address) && depthOf(module) > depth
          ? [
              stepsOf(module)
                .slice(0, depth + 1)
                .join("."),
            ]
          : [],
      ),
    ),
  ];
  const resources = all
    .filter(({ module = "" }) => module === address)
    .map(({ mode = "managed", type, name, index, values }) => ({
      mode,
      type,
      name,
      index,
      values,
      sensitive_values: {},
    }));
  return {
    ...(address === "" ? {} : { address }),
    ...(resources.length === 0 ? {} : { resources }),
    ...(below.length === 0 ? {} : { child_modules: below.map((child) => moduleOf(child, all)) }),
  };
}

function depthOf(module: string): number {
  return module === "" ? 0 : stepsOf(module).length;
}

/** The modules of these tests have no dot in a key. */
function stepsOf(module: string): readonly string[] {
  return module.split(/\.(?=module\.)/);
}
