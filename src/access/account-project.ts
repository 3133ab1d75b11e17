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

/**
 * The project that an account lives in, by its address: an id, or a number for the default account of Compute Engine.
 * The address of a project of a domain turns its two parts around. docs: /iam/docs/service-account-types
 */
export function accountHome(email: string): string | undefined {
  const [, name = "", domain = ""] = /^([^@]+)@(.+)$/.exec(email) ?? [];
  if (domain === "developer.gserviceaccount.com") return /^(\d+)-compute$/.exec(name)?.[1];
  if (domain === "appspot.gserviceaccount.com") return name;
  const home = accountProject(email);
  const dot = home?.indexOf(".") ?? -1;
  return home === undefined || dot === -1 ? home : `${home.slice(dot + 1)}:${home.slice(0, dot)}`;
}
