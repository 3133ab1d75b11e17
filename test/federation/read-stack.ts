import { evaluateTemplate } from "../synth/read-template.ts";

// What Terraform JSON says about who may act as whom and call what, read as Terraform and Google would: references
// followed, nothing known of the program that writes it. What it does not understand is an error, not nobody.
// docs: registry.terraform.io/providers/hashicorp/google/6.50.0/docs, iam_workload_identity_pool(_provider),
// google_service_account_iam, google_project_iam, iap_web_cloud_run_service_iam, cloud_run_v2_*_iam

/** All stacks of one environment together: Google does not know of stacks. */
export interface Declared {
  readonly pools: readonly DeclaredPool[];
  readonly providers: readonly DeclaredProvider[];
  /** Who holds a role on what, in order. */
  readonly grants: readonly Grant[];
  /** Emails that a stack makes. */
  readonly accounts: readonly string[];
}

export interface DeclaredPool {
  readonly address: string;
  /** `projects/ID/locations/global/workloadIdentityPools/POOL` */
  readonly name: string;
  readonly disabled: boolean;
  readonly args: Json;
}

export interface DeclaredProvider {
  readonly address: string;
  /** The name of its pool, with `/providers/ID` after it. */
  readonly name: string;
  readonly pool: string;
  readonly disabled: boolean;
  readonly condition: string | undefined;
  readonly mapping: Readonly<Record<string, string>>;
  readonly trust: DeclaredTrust;
}

export type DeclaredTrust =
  | { readonly type: "aws"; readonly account: string }
  | {
      readonly type: "oidc";
      readonly issuer: string;
      readonly audiences: readonly string[];
      readonly jwks: string | undefined;
    };

export interface Grant {
  readonly address: string;
  /** account: EMAIL. project: ID. service, job, iap: `PROJECT/REGION/NAME`. */
  readonly on: { readonly kind: "account" | "project" | "service" | "job" | "iap"; readonly name: string };
  readonly role: string;
  readonly member: string;
  /** binding: nobody else holds the role. member: these at least. */
  readonly authority: "binding" | "member";
}

type Json = Readonly<Record<string, unknown>>;
type Blocks = ReadonlyMap<string, Json>;

interface Scope {
  readonly blocks: Blocks;
  /** What Google calls the projects: number by id. */
  readonly numbers: Readonly<Record<string, string>>;
  readonly each?: string;
}

/**
 * @param files the cdk.tf.json of each stack of an environment
 * @param numbers the number of each project, which Google knows and Terraform asks for
 */
export function readStacks(files: readonly string[], numbers: Readonly<Record<string, string>>): Declared {
  const stacks = files.map((file) => readStack(file, numbers));
  return {
    pools: stacks.flatMap(({ pools }) => pools),
    providers: stacks.flatMap(({ providers }) => providers),
    grants: stacks.flatMap(({ grants }) => grants),
    accounts: stacks.flatMap(({ accounts }) => accounts),
  };
}

function readStack(file: string, numbers: Scope["numbers"]): Declared {
  const resource = object(object(JSON.parse(file))["resource"] ?? {});
  const blocks = new Map(
    Object.entries(resource).flatMap(([type, named]) =>
      Object.entries(object(named)).map(([name, args]) => [`${type}.${name}`, object(args)] as const),
    ),
  );
  const scope: Scope = { blocks, numbers };
  const of = (type: string): readonly string[] => [...blocks.keys()].filter((key) => key.startsWith(`${type}.`));
  return {
    pools: of("google_iam_workload_identity_pool").map((address) => poolOf(address, scope)),
    providers: of("google_iam_workload_identity_pool_provider").map((address) => providerOf(address, scope)),
    grants: [...blocks.keys()].flatMap((address) => grantsOf(address, scope)),
    accounts: of("google_service_account").map((address) => emailOf(address, scope)),
  };
}

function poolOf(address: string, scope: Scope): DeclaredPool {
  const args = blockOf(address, scope);
  return { address, name: poolName(args, scope), disabled: args["disabled"] === true, args };
}

/** With the number of the project, as Google writes it: Terraform knows it after the apply. */
function poolName(args: Json, scope: Scope): string {
  const project = text(args, "project", scope);
  const id = text(args, "workload_identity_pool_id", scope);
  if (!/^[a-z0-9-]{4,32}$/.test(id) || id.startsWith("gcp-")) throw new Error(`${id} is no id of a pool`);
  return `projects/${scope.numbers[project] ?? `(number of ${project})`}/locations/global/workloadIdentityPools/${id}`;
}

function providerOf(address: string, scope: Scope): DeclaredProvider {
  const args = blockOf(address, scope);
  const id = text(args, "workload_identity_pool_provider_id", scope);
  if (!/^[a-z0-9-]{4,32}$/.test(id) || id.startsWith("gcp-")) throw new Error(`${id} is no id of a provider`);
  const pool = poolName(args, scope);
  const mapping = Object.fromEntries(
    Object.entries(object(args["attribute_mapping"] ?? {})).map(([name, cel]) => [name, evaluate(cel, scope)]),
  );
  checkLimits(address, mapping);
  const condition = args["attribute_condition"] === undefined ? undefined : text(args, "attribute_condition", scope);
  if ((condition?.length ?? 0) > 4096) throw new Error(`${address}: the condition is too long`);
  const disabled = args["disabled"] === true;
  return { address, name: `${pool}/providers/${id}`, pool, disabled, condition, mapping, trust: trustOf(args, scope) };
}

/** docs: iam v1 `projects.locations.workloadIdentityPools.providers`, `attributeMapping` */
function checkLimits(address: string, mapping: Readonly<Record<string, string>>): void {
  const names = Object.keys(mapping);
  const custom = names.filter((name) => name.startsWith("attribute."));
  if (!names.includes("google.subject")) throw new Error(`${address} maps no subject`);
  if (custom.length > 50) throw new Error(`${address} has ${custom.length} attributes`);
  for (const [name, expression] of Object.entries(mapping)) {
    if (!/^(google\.(subject|groups)|attribute\.[a-z0-9_]{1,100})$/.test(name)) throw new Error(`${address}: ${name}`);
    if (expression.length > 2048) throw new Error(`${address}: ${name} is too long`);
  }
  if (names.reduce((sum, name) => sum + name.length + (mapping[name]?.length ?? 0), 0) > 8192)
    throw new Error(`${address}: the mapping is too large`);
}

function trustOf(args: Json, scope: Scope): DeclaredTrust {
  if (args["aws"] !== undefined && args["oidc"] !== undefined) throw new Error("a provider of two kinds");
  if (args["aws"] !== undefined) return { type: "aws", account: text(only(args["aws"]), "account_id", scope) };
  const oidc = only(args["oidc"]);
  const audiences = ((oidc["allowed_audiences"] ?? []) as readonly unknown[]).map((each) => evaluate(each, scope));
  if (audiences.length > 10) throw new Error("more than ten audiences");
  const jwks = oidc["jwks_json"] === undefined ? undefined : compactJson(text(oidc, "jwks_json", scope));
  return { type: "oidc", issuer: text(oidc, "issuer_uri", scope), audiences, jwks };
}

/** Keys are the same keys however their JSON is laid out, and in whichever order. */
export function compactJson(json: string): string {
  const inOrder = (_: string, value: unknown): unknown =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value;
  return JSON.stringify(JSON.parse(json), inOrder);
}

/** What each type of grant hangs on, by the part of its name before `_iam_`. */
const holders: Readonly<Record<string, (args: Json, scope: Scope) => Grant["on"]>> = {
  google_service_account: (args, scope) => {
    const id = text(args, "service_account_id", scope);
    const email = /^projects\/[^/]+\/serviceAccounts\/([^/]+)$/.exec(id)?.[1];
    if (email === undefined) throw new Error(`${id} is no service account`);
    return { kind: "account", name: email.toLowerCase() };
  },
  google_project: (args, scope) => ({ kind: "project", name: text(args, "project", scope) }),
  google_cloud_run_v2_service: (args, scope) => ({ kind: "service", name: placeOf(args, "name", scope) }),
  google_cloud_run_v2_job: (args, scope) => ({ kind: "job", name: placeOf(args, "name", scope) }),
  google_iap_web_cloud_run_service: (args, scope) => ({
    kind: "iap",
    name: placeOf(args, "cloud_run_service_name", scope),
  }),
};

function placeOf(args: Json, name: string, scope: Scope): string {
  return ["project", "location", name].map((argument) => text(args, argument, scope)).join("/");
}

function grantsOf(address: string, scope: Scope): readonly Grant[] {
  const [, holder = "", authority] = /^(\w+?)_iam_(binding|member|policy)\./.exec(address) ?? [];
  if (authority === undefined) return [];
  const on = holders[holder];
  if (on === undefined || (authority !== "binding" && authority !== "member"))
    throw new Error(`${address} is a grant of an unknown type`);
  const args = blockOf(address, scope);
  if (args["condition"] !== undefined || args["count"] !== undefined)
    throw new Error(`${address} is more than a grant`);
  const grant = { address, on: on(args, scope), role: text(args, "role", scope), authority } as const;
  if (authority === "binding") {
    // An empty list stands in none of the grants: nobody holds the role.
    return (args["members"] as readonly unknown[]).map((member) => ({ ...grant, member: evaluate(member, scope) }));
  }
  const instances = args["for_each"] === undefined ? [undefined] : Object.values(object(args["for_each"]));
  return instances.map((each) => ({
    ...grant,
    member: evaluate(args["member"], each === undefined ? scope : { ...scope, each: evaluate(each, scope) }),
  }));
}

function emailOf(address: string, scope: Scope): string {
  const args = blockOf(address, scope);
  return `${text(args, "account_id", scope)}@${text(args, "project", scope)}.iam.gserviceaccount.com`;
}

function valueOf(reference: string, scope: Scope): string {
  if (reference === "each.value" && scope.each !== undefined) return scope.each;
  const [, address = "", type, attribute = ""] = /^((\w+)\.[\w-]+)\.(\w+)$/.exec(reference) ?? [];
  const args = blockOf(address, scope);
  if (type === "google_iam_workload_identity_pool" && attribute === "name") return poolName(args, scope);
  if (type === "google_service_account") {
    const email = emailOf(address, scope);
    if (attribute === "email") return email;
    if (attribute === "member") return `serviceAccount:${email}`;
    if (attribute === "name" || attribute === "id")
      return `projects/${text(args, "project", scope)}/serviceAccounts/${email}`;
  }
  // An argument as it is written; what only Google knows is not there.
  return text(args, attribute, scope);
}

function text(args: Json, argument: string, scope: Scope): string {
  if (args[argument] === undefined) throw new Error(`${argument} is not given`);
  return evaluate(args[argument], scope);
}

function evaluate(value: unknown, scope: Scope): string {
  if (typeof value !== "string") throw new Error(`${JSON.stringify(value)} is no text`);
  return evaluateTemplate(value, (reference) => valueOf(reference, scope));
}

function blockOf(address: string, { blocks }: Scope): Json {
  const args = blocks.get(address);
  if (args === undefined) throw new Error(`nothing is at ${address}`);
  return args;
}

/** A block that stands once, with or without a list around it. */
function only(value: unknown): Json {
  if (!Array.isArray(value)) return object(value);
  if (value.length !== 1) throw new Error("a block that must stand once");
  return object(value[0]);
}

function object(value: unknown): Json {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new Error(`${JSON.stringify(value)} is no object`);
  // Any object can be read by key; what is found is checked.
  return value as Json;
}
