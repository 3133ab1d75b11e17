import { evaluateTemplate, readQuoted } from "./read-template.ts";

/**
 * What a cdk.tf.json declares and imports, read as Terraform and the provider would: written from their documentation,
 * with no code of the program that writes such files. What it does not understand is an error, not nothing.
 * docs: developer.hashicorp.com/terraform/language/syntax/json, …/language/expressions/strings, …/language/import;
 * registry.terraform.io/providers/hashicorp/google/6.50.0/docs, google_service_account and cloud_run_v2_*_iam
 */
export interface Synthesized {
  /** In order of address. */
  readonly rows: readonly SynthesizedRow[];
  readonly accounts: readonly SynthesizedAccount[];
  /** Cloud Run services that the stack makes itself, as `projects/P/locations/R/services/S`. */
  readonly services: readonly string[];
  readonly imports: readonly SynthesizedImport[];
  /** The emails in the output `accounts`, by name. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Addresses that Terraform forgets without destroying. */
  readonly forgotten: readonly string[];
}

export interface Target {
  readonly kind: "service" | "job";
  readonly project: string;
  readonly region: string;
  readonly name: string;
}

export interface SynthesizedRow extends Target {
  readonly address: string;
  /** binding: the role's members are exactly these. member: these at least. */
  readonly authority: "binding" | "member";
  readonly role: string;
  /** As IAM writes them, sorted. */
  readonly members: readonly string[];
}

export interface SynthesizedAccount {
  readonly address: string;
  readonly project: string;
  readonly email: string;
  readonly displayName: string | undefined;
  readonly description: string | undefined;
  readonly disabled: boolean;
  /** Arguments whose difference Terraform ignores. */
  readonly ignored: readonly string[];
}

/** Something that joins the state, by what its id says that it is. */
export type SynthesizedImport = { readonly address: string } & (
  | { readonly what: "account"; readonly project: string; readonly email: string }
  | ({ readonly what: "service" } & Target)
  | ({ readonly what: "row"; readonly role: string } & Target)
  | ({ readonly what: "member"; readonly role: string; readonly member: string } & Target)
);

type Json = Readonly<Record<string, unknown>>;
/** What references may name. */
interface Scope {
  readonly blocks: ReadonlyMap<string, Json>;
  readonly each?: { readonly key: string; readonly value: string };
}

export function readSynthesized(json: string): Synthesized {
  const file = object(JSON.parse(json), "the file");
  const blocks = new Map(
    Object.entries(object(file["resource"] ?? {}, "resource")).flatMap(([type, named]) =>
      Object.entries(object(named, type)).map(([name, args]) => [`${type}.${name}`, object(args, name)] as const),
    ),
  );
  const scope: Scope = { blocks };
  const addresses = [...blocks.keys()].sort();
  const imports = list(file["import"] ?? []).map((block) => importOf(object(block, "import"), scope));
  const twice = imports.find(({ address }, at) => imports.findIndex((other) => other.address === address) < at);
  if (twice !== undefined) throw new Error(`${twice.address} is imported twice`);
  return {
    rows: addresses.flatMap((address) => rowOf(address, scope) ?? []),
    accounts: addresses
      .filter((address) => address.startsWith("google_service_account."))
      .map((address) => accountOf(address, scope)),
    services: addresses
      .filter((address) => address.startsWith("google_cloud_run_v2_service."))
      .map((address) => pathOf(targetOf(blockOf(address, scope), "service", scope))),
    imports,
    outputs: outputsOf(file, scope),
    forgotten: list(file["removed"] ?? []).map((block) => {
      const removed = object(block, "removed");
      if (object(removed["lifecycle"], "lifecycle")["destroy"] !== false) throw new Error("a removed block destroys");
      return string(removed["from"]);
    }),
  };
}

/** Who may act as accounts, and who comes through Identity-Aware Proxy: test/federation reads these. */
const federation =
  /^google_(iam_workload_identity_pool(_provider)?|service_account_iam_(binding|member)|project_iam_member|iap_web_cloud_run_service_iam_(binding|member))\./;

/** `projects/P/locations/R/services/S` or `…/jobs/J`. */
export function pathOf({ kind, project, region, name }: Target): string {
  return `projects/${project}/locations/${region}/${kind}s/${name}`;
}

function rowOf(address: string, scope: Scope): SynthesizedRow | undefined {
  const [, kind, authority] = /^google_cloud_run_v2_(service|job)_iam_(binding|member)\./.exec(address) ?? [];
  if ((kind !== "service" && kind !== "job") || (authority !== "binding" && authority !== "member")) {
    if (federation.test(address)) return undefined;
    if (address.includes("_iam_")) throw new Error(`${address} is a row of an unknown type`);
    return undefined;
  }
  const args = blockOf(address, scope);
  if (args["condition"] !== undefined || args["count"] !== undefined) throw new Error(`${address} is more than a row`);
  if (authority === "binding" && args["for_each"] !== undefined) throw new Error(`${address} is several rows`);
  const members =
    authority === "binding"
      ? list(args["members"]).map((member) => evaluate(string(member), scope))
      : instancesOf(args, scope).map((each) => evaluate(string(args["member"]), { ...scope, each }));
  if (new Set(members).size < members.length) throw new Error(`${address} has a member twice`);
  const role = evaluate(string(args["role"]), scope);
  return { address, ...targetOf(args, kind, scope), authority, role, members: members.sort() };
}

/** The instances of a resource: keys are plain text or templates, as all names of properties are in expressions. */
function instancesOf(args: Json, scope: Scope): readonly { readonly key: string; readonly value: string }[] {
  return Object.entries(object(args["for_each"], "for_each")).map(([key, value]) => ({
    key: evaluate(key, scope),
    value: evaluate(string(value), scope),
  }));
}

function targetOf(args: Json, kind: "service" | "job", scope: Scope): Target {
  const read = (argument: string): string => evaluate(string(args[argument]), scope);
  return { kind, project: read("project"), region: read("location"), name: read("name") };
}

function accountOf(address: string, scope: Scope): SynthesizedAccount {
  const args = blockOf(address, scope);
  const optional = (argument: string): string | undefined =>
    args[argument] === undefined ? undefined : evaluate(string(args[argument]), scope);
  const project = evaluate(string(args["project"]), scope);
  const ignored = list(object(args["lifecycle"] ?? {}, "lifecycle")["ignore_changes"] ?? []).map(string);
  return {
    address,
    project,
    email: `${evaluate(string(args["account_id"]), scope)}@${project}.iam.gserviceaccount.com`,
    displayName: optional("display_name"),
    description: optional("description"),
    disabled: args["disabled"] === true,
    ignored,
  };
}

function outputsOf(file: Json, scope: Scope): Readonly<Record<string, string>> {
  const accounts = object(object(file["output"], "output")["accounts"] ?? { value: {} }, "accounts");
  return Object.fromEntries(
    Object.entries(object(accounts["value"], "value")).map(([key, value]) => [
      evaluate(key, scope),
      evaluate(string(value), scope),
    ]),
  );
}

function importOf(block: Json, scope: Scope): SynthesizedImport {
  // `to` is an address written as text: its key is a quoted text with the escapes of HCL.
  const written = string(block["to"]);
  const [, address = "", key] = /^([\w]+\.[\w-]+)(?:\["((?:[^"\\]|\\.)*)"\])?$/s.exec(written) ?? [];
  const args = blockOf(address, scope);
  const id = evaluate(string(block["id"]), scope);
  if (key !== undefined) {
    const wanted = readQuoted(key);
    if (!instancesOf(args, scope).some((each) => each.key === wanted)) throw new Error(`nothing is at ${written}`);
  } else if (args["for_each"] !== undefined) throw new Error(`${address} has several instances`);
  const [, project, email] = /^projects\/([^/]+)\/serviceAccounts\/([^/\s]+)$/.exec(id) ?? [];
  if (address.startsWith("google_service_account.") && project !== undefined && email !== undefined)
    return { address: written, what: "account", project, email };
  const [, inProject, region, kinds, name, role, member] =
    /^projects\/([^/]+)\/locations\/([^/]+)\/(services|jobs)\/([^/\s]+)(?: (\S+))?(?: (\S+))?$/.exec(id) ?? [];
  if (
    address.startsWith("google_cloud_run_v2_service.") &&
    kinds === "services" &&
    inProject &&
    region &&
    name &&
    !role
  )
    return { address: written, what: "service", kind: "service", project: inProject, region, name };
  const [, kind, authority] = /^google_cloud_run_v2_(service|job)_iam_(binding|member)\./.exec(address) ?? [];
  if (
    inProject === undefined ||
    region === undefined ||
    name === undefined ||
    role === undefined ||
    (kind !== "service" && kind !== "job") ||
    `${kind}s` !== kinds ||
    (authority === "member") !== (member !== undefined)
  ) {
    throw new Error(`${id} is no id for ${address}`);
  }
  const target = { kind, project: inProject, region, name } as const;
  return member === undefined
    ? { address: written, what: "row", role, ...target }
    : { address: written, what: "member", role, member, ...target };
}

function evaluate(template: string, scope: Scope): string {
  return evaluateTemplate(template, (reference) => valueOf(reference, scope));
}

function valueOf(reference: string, scope: Scope): string {
  if (reference === "each.value" && scope.each !== undefined) return scope.each.value;
  if (reference === "each.key" && scope.each !== undefined) return scope.each.key;
  const [, address = "", attribute] = /^(\w+\.[\w-]+)\.(\w+)$/.exec(reference) ?? [];
  if (address.startsWith("google_service_account.")) {
    const { email } = accountOf(address, scope);
    if (attribute === "email") return email;
    if (attribute === "member") return `serviceAccount:${email}`;
  }
  if (address.startsWith("google_cloud_run_v2_service.") && attribute === "name")
    return evaluate(string(blockOf(address, scope)["name"]), scope);
  throw new Error(`what ${reference} is, is not known before the apply`);
}

function blockOf(address: string, { blocks }: Scope): Json {
  const args = blocks.get(address);
  if (args === undefined) throw new Error(`nothing is at ${address}`);
  return args;
}

function object(value: unknown, what: string): Json {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Error(`${what} is no object`);
  // Any object can be read by key; what is found is checked.
  return value as Json;
}

function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new Error(`${JSON.stringify(value)} is no list`);
  return value;
}

function string(value: unknown): string {
  if (typeof value !== "string") throw new Error(`${JSON.stringify(value)} is no text`);
  return value;
}
