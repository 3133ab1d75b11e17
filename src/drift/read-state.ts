import { ownedResources } from "../state/owned-resources.ts";
import { readTerraformState, type Values } from "../state/read-terraform-state.ts";
import { accountResource } from "../access/account-project.ts";
import { jwksDigest } from "../snapshot/jwks-digest.ts";
import type { Applied } from "./applied.ts";
import { PROVIDER_CONTENT, PROVIDER_EXISTS, providerContent } from "./provider-content.ts";

/** What a Terraform state says that was applied. */
export interface AppliedState {
  /** The output `matrix_hash`; undefined where the state has none. */
  readonly hash: string | undefined;
  /** Whether a row of Cloud Run in it has a member, a service's policy of IAP, or an account, and a provider its content. A service is named alike. */
  readonly hasMember: Applied["hasMember"];
  /** The ids of the projects whose rows it holds. */
  readonly projects: ReadonlySet<string>;
}

/** The resources that matrix itself writes for rows, and for who may pass Identity-Aware Proxy. */
const rowForm = /^google_cloud_run_v2_(service|job)_iam_(binding|member)$/;
const iapForm = /^google_iap_web_cloud_run_service_iam_(binding|member)$/;
/** The same for who may act as an account. */
const impersonatorForm = /^google_service_account_iam_(binding|member)$/;
const PROVIDER = "google_iam_workload_identity_pool_provider";

/** Reads a Terraform state, or what `terraform show -json` prints of one; undefined where the text is neither. */
export function readState(text: string): AppliedState | undefined {
  const state = readTerraformState(text, "");
  if (state === undefined) return undefined;
  const owned = ownedResources(state);
  const rows = owned.filter(({ type }) => rowForm.test(type));
  const members = new Set([
    ...[...rows, ...owned.filter(({ type }) => iapForm.test(type))].flatMap(({ resource, grants }) =>
      grants.flatMap((grant) => grant.members.map((member) => rowKey(resource, grant.role, member))),
    ),
    ...state.resources.filter(({ type }) => impersonatorForm.test(type)).flatMap(({ values }) => impersonators(values)),
    ...state.resources.filter(({ type }) => type === PROVIDER).flatMap(({ values }) => providerRows(values)),
  ]);
  return {
    hash: state.hash,
    hasMember: (resource, role, member) => members.has(rowKey(resource, role, member)),
    projects: new Set(rows.map(({ resource }) => resource.split("/")[1] ?? "")),
  };
}

/** Of `projects/P/serviceAccounts/E`, or of the email alone. */
function impersonators({ service_account_id: account, role, member, members }: Values): readonly string[] {
  const email = typeof account === "string" ? account.slice(account.lastIndexOf("/") + 1).toLowerCase() : "";
  const all: readonly unknown[] = Array.isArray(members) ? members : [member];
  const resource = accountResource(email);
  return typeof role !== "string"
    ? []
    : all.flatMap((each) => (typeof each === "string" ? [rowKey(resource, role, each)] : []));
}

/** A provider by its resource name, with what it lets in as the state has it. */
function providerRows({ name, attribute_condition: condition, attribute_mapping: mapping, ...rest }: Values): string[] {
  if (typeof name !== "string") return [];
  const [aws, oidc] = [blockOf(rest["aws"]), blockOf(rest["oidc"])];
  const jwks = oidc?.["jwks_json"];
  const content = providerContent({
    issuer: aws === undefined ? (textOf(oidc?.["issuer_uri"]) ?? null) : `aws:${textOf(aws["account_id"]) ?? ""}`,
    condition: textOf(condition) ?? null,
    mapping: Object.fromEntries(
      Object.entries(mapping ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
    ),
    audiences: listOf(oidc?.["allowed_audiences"]),
    jwks: textOf(jwks) === undefined ? null : jwksDigest(textOf(jwks) ?? ""),
  });
  return [rowKey(name, PROVIDER_EXISTS, ""), rowKey(name, PROVIDER_CONTENT, content)];
}

/** A nested block: states hold each as a list of one. */
function blockOf(value: unknown): Values | undefined {
  const block: unknown = Array.isArray(value) ? value[0] : value;
  return typeof block === "object" && block !== null ? { ...block } : undefined;
}

/** Terraform writes what is not set as an empty text. */
function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === "string") : [];
}

function rowKey(resource: string, role: string, member: string): string {
  return `${resource} ${role} ${member.toLowerCase()}`;
}
