import type { Account } from "../../matrix/model/world.ts";
import type { StackScope } from "./plan-stacks.ts";
import { accountAddress } from "./addresses.ts";
import type { AccountPlan, Value } from "./stack-plan.ts";

/** The accounts that a stack holds: those that are created or adopted, of services that it does not only observe. */
export function planAccounts({ services, callers }: Pick<StackScope, "callers" | "services">): readonly AccountPlan[] {
  const ofServices = services
    .filter(({ mode }) => mode !== "observe")
    .flatMap(({ key, account, description, stage }) => planAccount(key, account, description, stage === "retiring"));
  const ofCallers = callers.flatMap(({ key, account, description }) =>
    account === undefined ? [] : planAccount(key, account, description, false),
  );
  return [...ofServices, ...ofCallers];
}

function planAccount(
  key: string,
  account: Account,
  description: string | undefined,
  disabled: boolean,
): readonly AccountPlan[] {
  if (account.source !== "project" || account.manage === "reference") return [];
  return [{ key, project: account.project.id, id: account.id, displayName: key, description, disabled }];
}

/** An attribute of an account: by reference where the stack holds it, so that Terraform orders the work; else as text. */
export function accountValue(
  key: string,
  attribute: "email" | "member",
  literal: string,
  held: ReadonlySet<string>,
): Value {
  return held.has(key) ? { reference: `${accountAddress(key)}.${attribute}` } : { text: literal };
}
