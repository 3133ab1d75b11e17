import type { Context } from "../resource-type.ts";
import { iapRunServiceParent, projectParent, runServiceParent, serviceAccountParent } from "../schemas/iam.ts";
import { text, type ObjectValue, type Value } from "../wire/value.ts";
import { accountPath } from "../world.ts";

/** The kind of thing that has an allow policy. */
export interface IamParent {
  readonly attributes: Readonly<Record<string, string>>;
  /** The argument that names it; an import id begins with its value. */
  readonly nameArgument: string;
  /** The resource whose policy is meant, and the arguments as the provider writes them into the state. */
  readonly resolve: (
    context: Context,
    values: ObjectValue,
  ) => { readonly resource: string; readonly resolved: ObjectValue };
}

export const iamParents = {
  service: regional(
    runServiceParent,
    "name",
    (project, location, name) => `projects/${project}/locations/${location}/services/${name}`,
  ),
  job: regional(
    runServiceParent,
    "name",
    (project, location, name) => `projects/${project}/locations/${location}/jobs/${name}`,
  ),
  iapService: regional(
    iapRunServiceParent,
    "cloud_run_service_name",
    (project, location, name) => `projects/${project}/iap_web/cloud_run-${location}/services/${name}`,
  ),
  serviceAccount: {
    attributes: serviceAccountParent,
    nameArgument: "service_account_id",
    resolve: (_, values) => {
      const written = text(values["service_account_id"]) ?? "";
      const email = /^projects\/[^/]+\/serviceAccounts\/(.+)$/.exec(written)?.[1];
      if (email === undefined)
        throw new Error(`"service_account_id" ("${written}") is not projects/P/serviceAccounts/EMAIL`);
      return { resource: accountPath(email), resolved: { service_account_id: written } };
    },
  },
  project: {
    attributes: projectParent,
    nameArgument: "project",
    resolve: (_, values) => {
      const project = (text(values["project"]) ?? "").replace(/^projects\//, "");
      return { resource: `projects/${project}`, resolved: { project } };
    },
  },
} as const satisfies Readonly<Record<string, IamParent>>;

/** Something in a project and a region. Its name may be written long; the state always has the long name. */
function regional(
  attributes: Readonly<Record<string, string>>,
  nameArgument: string,
  resourceName: (project: string, location: string, name: string) => string,
): IamParent {
  const long = new RegExp(`^${resourceName("([^/]+)", "([^/]+)", "([^/]+)")}$`);
  return {
    attributes,
    nameArgument,
    resolve: ({ settings }, values) => {
      const written = text(values[nameArgument]) ?? "";
      const [, longProject, longLocation, longName] = long.exec(written) ?? [];
      const [name = "", shortLocation, shortProject] = written.split("/").toReversed();
      const project = longProject ?? shortProject ?? text(values["project"]) ?? text(settings["project"]);
      const location = longLocation ?? shortLocation ?? text(values["location"]) ?? text(settings["region"]);
      if (project === undefined) throw new Error("project: required field is not set");
      if (location === undefined) throw new Error("location: required field is not set");
      const resource = resourceName(project, location, longName ?? name);
      return { resource, resolved: { project, location, [nameArgument]: resource } };
    },
  };
}

/** Whether a short name in the configuration means the long name in the state. */
export function namesTheSame(prior: Value, planned: Value): boolean {
  const long = text(prior);
  const written = text(planned);
  return long !== undefined && written !== undefined && !written.includes("/") && long.split("/").at(-1) === written;
}
