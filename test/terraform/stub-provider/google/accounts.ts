import { accountEmail, accountPath, type Account } from "../world.ts";
import { ApiError, type Google } from "./google.ts";
import { forgetPrincipal } from "./policies.ts";

export interface NewAccount {
  readonly project: string;
  readonly accountId: string;
  readonly displayName: string;
  readonly description: string;
}

export function getAccount(google: Google, email: string): Account {
  const account = google.world.accounts[email];
  if (!account) throw new ApiError(404, `Unknown service account ${email}`);
  return account;
}

/** Creates it enabled: the API's create call has no field for "disabled". Returns the e-mail address. */
export function createAccount(google: Google, wanted: NewAccount): string {
  const email = accountEmail(wanted.project, wanted.accountId);
  if (google.world.accounts[email]) {
    throw new ApiError(
      409,
      `Service account ${wanted.accountId} already exists within project projects/${wanted.project}., alreadyExists`,
    );
  }
  google.log.push(`createServiceAccount ${accountPath(email)}`);
  google.world.accounts[email] = {
    uniqueId: `2000${google.newNumber()}`,
    displayName: wanted.displayName,
    description: wanted.description,
    disabled: false,
  };
  return email;
}

export function patchAccount(google: Google, email: string, change: Partial<Account>): void {
  const account = getAccount(google, email);
  google.log.push(`updateServiceAccount ${accountPath(email)} ${Object.keys(change).join(",")}`);
  google.world.accounts[email] = { ...account, ...change };
}

export function deleteAccount(google: Google, email: string): void {
  const account = getAccount(google, email);
  google.log.push(`deleteServiceAccount ${accountPath(email)}`);
  delete google.world.accounts[email];
  forgetPrincipal(google.world, `serviceAccount:${email}`, account.uniqueId);
}
