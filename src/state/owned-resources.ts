import { accountProject } from "../access/account-project.ts";
import { runCollection, type RunCollection, runResource } from "../access/run-resource.ts";
import { compareText } from "../words/compare-text.ts";
import type { StateResource, TerraformState, Values } from "./read-terraform-state.ts";

/**
 * What a resource of a state is to a matrix. `service` and `job` are deployed by that state, which only informs; a
 * function's own policy is not that of the Cloud Run service beneath it, and opens nothing.
 */
export type OwnedKind = "account" | "service" | "job" | `${"row" | "iap" | "function"}-${Authority}`;

/** Authoritative for one role, for one member of one role, for the whole policy. */
export type Authority = "binding" | "member" | "policy";

/** A resource of a Terraform state that a matrix may be about. */
export interface OwnedResource {
  /** The exact address, with module path and instance keys. */
  readonly address: string;
  /** The address of its block in the configuration: without any key. */
  readonly block: string;
  readonly stateName: string;
  readonly type: string;
  readonly kind: OwnedKind;
  /** `projects/P/locations/R/services/S`, or `jobs/J`, `functions/F`; `projects/P/serviceAccounts/E` of an account. */
  readonly resource: string;
  /** The roles that it manages, with those who hold them by it; several for a policy, none for what is no grant. */
  readonly grants: readonly OwnedGrant[];
  /** Of an account, in lower case. */
  readonly email: string | undefined;
}

export interface OwnedGrant {
  readonly role: string;
  readonly members: readonly string[];
}

/** A resource that has an allow policy: how the provider calls its IAM resources, and the argument that names it. */
interface Parent {
  readonly prefix: string;
  readonly kind: "row" | "iap" | "function";
  readonly collection: RunCollection;
  readonly argument: string;
}

/** registry.terraform.io/providers/hashicorp/google/6.50.0/docs, `*_iam`. */
const parents: readonly Parent[] = [
  { prefix: "google_cloud_run_v2_service", kind: "row", collection: "services", argument: "name" },
  { prefix: "google_cloud_run_service", kind: "row", collection: "services", argument: "service" },
  { prefix: "google_cloud_run_v2_job", kind: "row", collection: "jobs", argument: "name" },
  { prefix: "google_cloudfunctions2_function", kind: "function", collection: "functions", argument: "cloud_function" },
  {
    prefix: "google_iap_web_cloud_run_service",
    kind: "iap",
    collection: "services",
    argument: "cloud_run_service_name",
  },
];

const deployed: Readonly<Record<string, "service" | "job">> = {
  google_cloud_run_v2_service: "service",
  google_cloud_run_service: "service",
  google_cloud_run_v2_job: "job",
};

/** What a state holds that a matrix may be about, in order of address. */
export function ownedResources(state: TerraformState): readonly OwnedResource[] {
  return state.resources
    .flatMap((resource) => {
      const owned = ownedBy(resource);
      const { address, block, type } = resource;
      return owned === undefined ? [] : [{ address, block, stateName: state.name, type, ...owned }];
    })
    .sort((a, b) => compareText(a.address, b.address));
}

type Owned = Pick<OwnedResource, "email" | "grants" | "kind" | "resource">;

function ownedBy({ type, values }: StateResource): Owned | undefined {
  if (type === "google_service_account") return accountIn(values);
  const kind = Object.hasOwn(deployed, type) ? deployed[type] : undefined;
  if (kind !== undefined) {
    const resource = placeIn(values, runCollection({ kind }), "name");
    return resource === undefined ? undefined : { kind, resource, grants: [], email: undefined };
  }
  const [, prefix, authority] = /^(.+)_iam_(binding|member|policy)$/.exec(type) ?? [];
  const parent = parents.find((each) => each.prefix === prefix);
  const resource = parent === undefined ? undefined : placeIn(values, parent.collection, parent.argument);
  if (parent === undefined || resource === undefined) return undefined;
  // The pattern admits these three only.
  const grants = grantsIn(values, authority as Authority);
  return { kind: `${parent.kind}-${authority as Authority}`, resource, grants, email: undefined };
}

function accountIn({ email, account_id: id, project }: Values): Owned | undefined {
  const made = typeof id === "string" && typeof project === "string" ? `${id}@${project}.iam.gserviceaccount.com` : "";
  const address = (typeof email === "string" && email !== "" ? email : made).toLowerCase();
  if (address === "") return undefined;
  const home = accountProject(address);
  const container = home ?? (typeof project === "string" ? project : "-");
  return { kind: "account", resource: `projects/${container}/serviceAccounts/${address}`, grants: [], email: address };
}

/** The provider writes the whole resource name where it read one: `projects/P/locations/R/services/S`. */
function placeIn(values: Values, collection: RunCollection, argument: string): string | undefined {
  const { [argument]: written, project, location } = values;
  if (typeof written !== "string") return undefined;
  const [, wholeProject, wholeLocation] = /(?:^|\/)projects\/([^/]+)\/locations\/([^/]+)\//.exec(written) ?? [];
  const container = typeof project === "string" ? project : wholeProject;
  const region = typeof location === "string" ? location : wholeLocation;
  const name = written.split("/").at(-1) ?? "";
  return container === undefined || region === undefined || name === ""
    ? undefined
    : runResource(container, region, collection, name);
}

function grantsIn(values: Values, authority: Authority): readonly OwnedGrant[] {
  if (authority === "policy") return grantsOfPolicy(values["policy_data"]);
  const role = values["role"];
  const written = authority === "binding" ? values["members"] : [values["member"]];
  return typeof role === "string" ? [{ role, members: textsIn(written) }] : [];
}

function grantsOfPolicy(data: unknown): readonly OwnedGrant[] {
  try {
    const policy = JSON.parse(typeof data === "string" ? data : "null") as { readonly bindings?: unknown } | null;
    const bindings: readonly unknown[] = Array.isArray(policy?.bindings) ? policy.bindings : [];
    return bindings.flatMap((binding) => {
      // Any value but null can be read by key; what is found is checked.
      const { role, members } = (binding ?? {}) as Values;
      return typeof role === "string" ? [{ role, members: textsIn(members) }] : [];
    });
  } catch {
    return [];
  }
}

function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === "string") : [];
}
