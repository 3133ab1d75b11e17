/** The account that a workload runs as where it names none. docs: /run/docs/securing/service-identity */
export function defaultComputeAccount(projectNumber: string): string {
  return `${projectNumber}-compute@developer.gserviceaccount.com`;
}

/** Whether an account is one of those that a project gets by itself. */
export function isDefaultAccount(email: string): boolean {
  return /^\d+-compute@developer\.gserviceaccount\.com$/.test(email) || email.endsWith("@appspot.gserviceaccount.com");
}
