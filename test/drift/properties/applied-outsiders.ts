import { jwksDigest } from "../../../src/snapshot/jwks-digest.ts";
import type { StackJson } from "../../synth/stack-json.ts";
import type { Binding, PoolRecord, ProviderRecord } from "../../../src/snapshot/snapshot.ts";

/** What is live of callers from outside once Terraform has applied some stacks, and of all else that is no row. */
export interface AppliedOutsiders {
  /** By project id. */
  readonly pools: ReadonlyMap<string, readonly PoolRecord[]>;
  /** Of accounts by email, of projects as `projects/ID`, of IAP by `projects/ID/iap_web/cloud_run-REGION/services/NAME`. */
  readonly bindings: ReadonlyMap<string, readonly Binding[]>;
}

type Values = Readonly<Record<string, unknown>>;
type Resources = Readonly<Record<string, Readonly<Record<string, Values>> | undefined>>;

/** Reads the JSON of stacks, with references resolved as Terraform would. */
export function appliedOutsiders(stacks: readonly StackJson[], numbers: ReadonlyMap<string, string>): AppliedOutsiders {
  const pools = new Map<string, PoolRecord[]>();
  const bindings = new Map<string, Binding[]>();
  for (const { resource } of stacks) {
    const all = (resource ?? {}) as Resources;
    const resolve = resolver(all, numbers);
    for (const [name, pool] of Object.entries(all["google_iam_workload_identity_pool"] ?? {})) {
      const project = textOf(pool["project"]);
      const providers = Object.values(all["google_iam_workload_identity_pool_provider"] ?? {})
        .filter((each) => {
          const id = textOf(each["workload_identity_pool_id"]);
          return id.includes(`.${name}.`) || (id === pool["workload_identity_pool_id"] && each["project"] === project);
        })
        .map((each) => providerOf(each, poolName(pool, numbers)));
      const record: PoolRecord = {
        name: poolName(pool, numbers),
        active: pool["disabled"] !== true,
        providers: { status: "read", value: providers },
      };
      pools.set(project, [...(pools.get(project) ?? []), record]);
    }
    for (const [type, place] of Object.entries(places)) {
      for (const authority of ["binding", "member"]) {
        for (const values of Object.values(all[`${type}_iam_${authority}`] ?? {})) {
          const each =
            values["for_each"] === undefined ? [values["member"]] : Object.values(values["for_each"] as Values);
          const members = (values["members"] ?? each) as readonly string[];
          const at = place(values, resolve);
          if (members.length > 0)
            bindings.set(at, [
              ...(bindings.get(at) ?? []),
              { role: textOf(values["role"]), members: members.map(resolve) },
            ]);
        }
      }
    }
  }
  return { pools, bindings };
}

const places: Readonly<Record<string, (values: Values, resolve: (text: string) => string) => string>> = {
  google_service_account: (values, resolve) => resolve(textOf(values["service_account_id"])).split("/").at(-1) ?? "",
  google_project: ({ project }) => `projects/${textOf(project)}`,
  google_iap_web_cloud_run_service: ({ project, location, cloud_run_service_name: name }, resolve) =>
    `projects/${textOf(project)}/iap_web/cloud_run-${textOf(location)}/services/${resolve(textOf(name))}`,
};

function resolver(all: Resources, numbers: ReadonlyMap<string, string>): (text: string) => string {
  const find = (type: string, name: string, field: string): string => {
    const values = all[type]?.[name] ?? {};
    if (type === "google_iam_workload_identity_pool") return poolName(values, numbers);
    if (type !== "google_service_account") return textOf(values[field]);
    const project = textOf(values["project"]);
    const email = `${textOf(values["account_id"])}@${project}.iam.gserviceaccount.com`;
    if (field === "email") return email;
    return field === "member" ? `serviceAccount:${email}` : `projects/${project}/serviceAccounts/${email}`;
  };
  return (text) =>
    text.replaceAll(/\$\{([a-z0-9_]+)\.([^.}]+)\.([a-z_]+)\}/g, (_, type: string, name: string, field: string) =>
      find(type, name, field),
    );
}

function poolName(pool: Values, numbers: ReadonlyMap<string, string>): string {
  const number = numbers.get(textOf(pool["project"])) ?? "";
  return `projects/${number}/locations/global/workloadIdentityPools/${textOf(pool["workload_identity_pool_id"])}`;
}

function providerOf(values: Values, pool: string): ProviderRecord {
  const oidc = (values["oidc"] ?? {}) as Values;
  const aws = (values["aws"] ?? {}) as Values;
  return {
    name: `${pool}/providers/${textOf(values["workload_identity_pool_provider_id"])}`,
    active: values["disabled"] !== true,
    issuer: values["aws"] === undefined ? textOf(oidc["issuer_uri"]) : `aws:${textOf(aws["account_id"])}`,
    condition: textOf(values["attribute_condition"]),
    mapping: values["attribute_mapping"] as Readonly<Record<string, string>>,
    audiences: (oidc["allowed_audiences"] ?? []) as readonly string[],
    jwks: typeof oidc["jwks_json"] === "string" ? jwksDigest(oidc["jwks_json"]) : null,
  };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
