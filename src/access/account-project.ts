/**
 * The project in the address of a service account; undefined of the accounts that Google makes under other domains. A
 * project of a domain stands there in a spelling of its own. docs: /iam/docs/service-account-types
 */
export function accountProject(email: string): string | undefined {
  return /@([^@]+)\.iam\.gserviceaccount\.com$/.exec(email)?.[1];
}

/** An account as a resource, by its address alone. */
export function accountResource(email: string): string {
  return `projects/${accountProject(email) ?? "-"}/serviceAccounts/${email}`;
}
