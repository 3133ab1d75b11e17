import { ownedResources } from "../state/owned-resources.ts";
import { readTerraformState } from "../state/read-terraform-state.ts";
import type { Applied } from "./applied.ts";

/** What a Terraform state says that was applied. */
export interface AppliedState {
  /** The output `matrix_hash`; undefined where the state has none. */
  readonly hash: string | undefined;
  /** Whether a row of Cloud Run in it has a member. */
  readonly hasMember: Applied["hasMember"];
  /** The ids of the projects whose rows it holds. */
  readonly projects: ReadonlySet<string>;
}

/** The resources that matrix itself writes for rows. */
const rowForm = /^google_cloud_run_v2_(service|job)_iam_(binding|member)$/;

/** Reads a Terraform state, or what `terraform show -json` prints of one; undefined where the text is neither. */
export function readState(text: string): AppliedState | undefined {
  const state = readTerraformState(text, "");
  if (state === undefined) return undefined;
  const rows = ownedResources(state).filter(({ type }) => rowForm.test(type));
  const members = new Set(
    rows.flatMap(({ resource, grants }) =>
      grants.flatMap((grant) => grant.members.map((member) => rowKey(resource, grant.role, member))),
    ),
  );
  return {
    hash: state.hash,
    hasMember: (resource, role, member) => members.has(rowKey(resource, role, member)),
    projects: new Set(rows.map(({ resource }) => resource.split("/")[1] ?? "")),
  };
}

function rowKey(resource: string, role: string, member: string): string {
  return `${resource} ${role} ${member.toLowerCase()}`;
}
