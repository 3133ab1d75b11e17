import { accountProject } from "../../access/account-project.ts";
import { mayStillCall } from "../../matrix/model/previous-accounts.ts";
import type { Account, Caller, Service } from "../../matrix/model/world.ts";
import type { Instant } from "../../time/instant.ts";
import { compareText } from "../../words/compare-text.ts";
import { accountAddress } from "./addresses.ts";
import type { HeldAccounts, StackScope } from "./stack-scope.ts";
import type { AccountPlan, MemberPlan, Value } from "./stack-plan.ts";

/** The accounts that a stack holds: those that are created or adopted, of services that it does not only observe. */
export function planAccounts({
  matrix: { asOf },
  services,
  callers,
}: Pick<StackScope, "callers" | "matrix" | "services">): readonly AccountPlan[] {
  const ofServices = services
    .filter(({ mode }) => mode !== "observe")
    .flatMap((service) =>
      planAccount(service, { disabled: service.stage === "retiring", guarded: hasPreviousAccount(service, asOf) }),
    );
  const ofCallers = callers.flatMap((caller) => planAccount(caller, { disabled: false, guarded: false }));
  return [...ofServices, ...ofCallers].sort((a, b) => compareText(a.key, b.key));
}

function planAccount(
  { key, account, description }: Caller | Service,
  state: Pick<AccountPlan, "disabled" | "guarded">,
): readonly AccountPlan[] {
  if (account?.source !== "project" || account.manage === "reference") return [];
  const { id, email, project, manage } = account;
  return [
    { key, project: project.id, id, email, displayName: key, description, adopted: manage === "adopt", ...state },
  ];
}

/** Whether an account of the service's own project, maybe one that Terraform holds as yet, may still call. */
function hasPreviousAccount({ project, previousAccounts }: Service, asOf: Instant): boolean {
  return previousAccounts.some(
    (each) => mayStillCall(each, asOf) && each.email.toLowerCase().endsWith(`@${project.id}.iam.gserviceaccount.com`),
  );
}

export function heldAccounts(accounts: readonly AccountPlan[]): HeldAccounts {
  return new Map(accounts.map(({ email, key }) => [email, key]));
}

export function holdsAccount(held: HeldAccounts, key: string, account: Account | undefined): boolean {
  return account !== undefined && held.get(account.email) === key;
}

/** An account's email: by reference where the stack holds the account, so that Terraform orders the work; else as text. */
export function emailValue(email: string, held: HeldAccounts): Value {
  const key = held.get(email);
  return key === undefined ? { text: email } : { reference: `${accountAddress(key)}.email` };
}

const ACCOUNT_PREFIX = "serviceAccount:";

/** The resource name of an account, in the same way. Under `-` Google finds the project by itself. */
export function accountName(account: Account, held: HeldAccounts): Value {
  const key = held.get(account.email);
  if (key !== undefined) return { reference: `${accountAddress(key)}.name` };
  // The project of a domain stands in an address in a spelling of its own.
  const written = accountProject(account.email);
  const known = written === undefined || written.includes(".") ? "-" : written;
  return {
    text: `projects/${account.source === "project" ? account.project.id : known}/serviceAccounts/${account.email}`,
  };
}

/** A member of a row, in the same way. */
export function memberValue(principal: string, held: HeldAccounts): Value {
  const key = principal.startsWith(ACCOUNT_PREFIX) ? held.get(principal.slice(ACCOUNT_PREFIX.length)) : undefined;
  return key === undefined ? { text: principal } : { reference: `${accountAddress(key)}.member` };
}

export function planMember(principal: string, held: HeldAccounts): MemberPlan {
  return { member: memberValue(principal, held), principal };
}
