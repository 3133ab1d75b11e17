import { ownedResources } from "../state/owned-resources.ts";
import { readTerraformState, type Values } from "../state/read-terraform-state.ts";
import { accountResource } from "../access/account-project.ts";
import type { Applied } from "./applied.ts";

/** What a Terraform state says that was applied. */
export interface AppliedState {
  /** The output `matrix_hash`; undefined where the state has none. */
  readonly hash: string | undefined;
  /** Whether a row of Cloud Run in it has a member, a service's policy of IAP, or an account. A service is named alike. */
  readonly hasMember: Applied["hasMember"];
  /** The ids of the projects whose rows it holds. */
  readonly projects: ReadonlySet<string>;
}

/** The resources that matrix itself writes for rows, and for who may pass Identity-Aware Proxy. */
const rowForm = /^google_cloud_run_v2_(service|job)_iam_(binding|member)$/;
const iapForm = /^google_iap_web_cloud_run_service_iam_(binding|member)$/;
/** The same for who may act as an account. */
const impersonatorForm = /^google_service_account_iam_(binding|member)$/;

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

function rowKey(resource: string, role: string, member: string): string {
  return `${resource} ${role} ${member.toLowerCase()}`;
}
