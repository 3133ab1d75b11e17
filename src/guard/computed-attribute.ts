import { runResource } from "../access/run-resource.ts";
import { join, nobodyKnows, type Resolved } from "./resolved.ts";

/**
 * What the provider will make of a resource's arguments, for the attributes that are names made of them.
 * @param of the arguments of the resource
 */
export function computedAttribute(type: string, attribute: string, of: (argument: string) => Resolved): Resolved {
  switch (`${type} ${attribute}`) {
    case "google_service_account email":
      return accountOf(of, (email) => email);
    case "google_service_account member":
      return accountOf(of, (email) => `serviceAccount:${email}`);
    case "google_service_account id":
    case "google_service_account name":
      return accountOf(of, (email, project) => `projects/${project}/serviceAccounts/${email}`);
    case "google_project_iam_custom_role id":
    case "google_project_iam_custom_role name":
      return join([of("project"), of("role_id")], ([project = "", id = ""]) => `projects/${project}/roles/${id}`);
    case "google_organization_iam_custom_role id":
    case "google_organization_iam_custom_role name":
      return join([of("org_id"), of("role_id")], ([org = "", id = ""]) => `organizations/${org}/roles/${id}`);
    case "google_cloud_run_v2_service id":
      return join([of("project"), of("location"), of("name")], ([project = "", region = "", name = ""]) =>
        runResource(project, region, "services", name),
      );
    default:
      return attribute === "project" ||
        attribute === "location" ||
        attribute === "account_id" ||
        attribute === "role_id"
        ? of(attribute)
        : nobodyKnows;
  }
}

function accountOf(of: (argument: string) => Resolved, write: (email: string, project: string) => string): Resolved {
  return join([of("account_id"), of("project")], ([id = "", project = ""]) =>
    // Accounts of projects of a domain are spelled in a way of their own.
    project.includes(":") ? undefined : write(`${id}@${project}.iam.gserviceaccount.com`, project),
  );
}
