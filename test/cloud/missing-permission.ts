/** The permission that a read needs, as Google names it where it is missing; undefined where Google names none. */
export function missingPermission(what: string, resource: string): string | undefined {
  switch (what) {
    case "details":
      return `resourcemanager.${kindOf(resource)}.get`;
    case "policy":
      return `${policyOwner(resource)}.getIamPolicy`;
    default:
      return others[what];
  }
}

const others: Readonly<Record<string, string>> = {
  deny: "iam.denypolicies.list",
  children: "resourcemanager.projects.list",
  locations: "run.locations.list",
  service: "run.services.get",
  services: "run.services.list",
  jobs: "run.jobs.list",
  accounts: "iam.serviceAccounts.list",
  account: "iam.serviceAccounts.get",
  keys: "iam.serviceAccountKeys.list",
  pools: "iam.workloadIdentityPools.list",
  providers: "iam.workloadIdentityPoolProviders.list",
  role: "iam.roles.get",
  roles: "iam.roles.list",
  log: "logging.logEntries.list",
  activity: "policyanalyzer.serviceAccountLastAuthenticationActivities.query",
};

function kindOf(resource: string): string {
  return resource.slice(0, resource.indexOf("/"));
}

function policyOwner(resource: string): string {
  if (resource.includes("@")) {
    return "iam.serviceAccounts";
  }
  if (resource.includes("/iap_web")) {
    return "iap.web";
  }
  const collection = /\/locations\/[^/]+\/(services|jobs)\//.exec(resource)?.[1];
  return collection === undefined ? `resourcemanager.${kindOf(resource)}` : `run.${collection}`;
}
