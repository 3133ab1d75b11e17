import { mayStillCall } from "../../matrix/model/previous-accounts.ts";
import type { Account, Caller, Service } from "../../matrix/model/world.ts";
import type { Instant } from "../../time/instant.ts";
import { compareText } from "../../words/compare-text.ts";
import { accountAddress } from "./addresses.ts";
import type { HeldAccounts, StackScope } from "./stack-scope.ts";
import type { AccountPlan, Value } from "./stack-plan.ts";

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

/** A member of a row, in the same way. */
export function memberValue(principal: string, held: HeldAccounts): Value {
  const key = principal.startsWith(ACCOUNT_PREFIX) ? held.get(principal.slice(ACCOUNT_PREFIX.length)) : undefined;
  return key === undefined ? { text: principal } : { reference: `${accountAddress(key)}.member` };
}
