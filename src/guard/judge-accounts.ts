import { enumerateWords } from "../words/enumerate-words.ts";
import type { DeclaredAccount } from "./declared-access.ts";
import { type GuardContext, homeWhereabouts, isOwn } from "./guard-context.ts";
import type { GuardDraft } from "./guard-draft.ts";
import { own, type PlanChange } from "./plan.ts";
import { accountEmail } from "./read-target.ts";
import { isMarked } from "./resolved.ts";

/** What a plan does to the accounts of the matrix themselves, and to keys of theirs. */
export function* judgeAccount(change: PlanChange, context: GuardContext): Iterable<GuardDraft> {
  if (change.isData) return;
  if (change.type === "google_service_account_key") yield* judgeKey(change, context);
  if (change.type === "google_service_account") yield* judgeHolder(change, context);
}

function* judgeHolder(change: PlanChange, context: GuardContext): Iterable<GuardDraft> {
  const { resolver, declared } = context;
  const { action } = change;
  const was = change.before === undefined ? undefined : resolver.before(change, "email").text?.toLowerCase();
  const account = declared.accounts.get(was ?? "");
  if (account !== undefined && !account.isRetiring) {
    const isDestroyed = action === "delete" || action === "replace";
    const isDisabled = own(change.after ?? {}, "disabled") === true;
    if (isDestroyed || isDisabled)
      yield {
        ...about(account, change),
        rule: "plan-destroys-account",
        already: !isDestroyed && own(change.before ?? {}, "disabled") === true,
        message: isDestroyed
          ? `${action === "replace" ? "destroys and makes again" : "destroys"} ${whose(account, change)}; all that is granted to it dies with it`
          : `disables ${whose(account, change)}`,
        fix: isDestroyed
          ? `let Terraform forget ${change.address} with a removed block (destroy = false), or retire it in the matrix first`
          : `take disabled out of ${change.address}, or retire it in the matrix`,
      };
  }
  if (change.after === undefined || change.isDeposed || action === "forget" || isOwn(context, change)) return;
  const email = resolver.attribute(change, "email", 0).text?.toLowerCase();
  const held = declared.accounts.get(email ?? "");
  if (held?.isManaged === true)
    yield {
      ...about(held, change),
      rule: "plan-clashes",
      already: action === "no-op",
      message: `holds ${whose(held, change)}, which a stack of the matrix holds: whoever destroys it there destroys it for both`,
      fix: `take ${change.address} out with a removed block (destroy = false), or write manage: reference in the matrix`,
    };
}

function* judgeKey(change: PlanChange, context: GuardContext): Iterable<GuardDraft> {
  if (change.after === undefined || change.action === "forget") return;
  const written = context.resolver.after(change, "service_account_id");
  const email = written.text === undefined ? undefined : accountEmail(written.text);
  const account = email === undefined ? undefined : context.declared.accounts.get(email);
  const already = change.action === "no-op" || change.action === "update";
  if (account !== undefined) {
    yield {
      ...about(account, change),
      principal: null,
      rule: "plan-makes-key",
      already,
      message: `makes a key of ${whose(account, change)}: whoever has it calls as the account, from anywhere`,
      fix: `take ${change.address} out, and let it use tokens of the platform`,
    };
    return;
  }
  if (email !== undefined) return;
  // By its number, or not at all: only a project that is surely another's makes it harmless.
  const project = /^projects\/([^/]+)\//.exec(written.text ?? "")?.[1];
  if (homeWhereabouts(project === "-" ? undefined : project, context.declared).kind === "elsewhere") return;
  yield {
    rule: "plan-unknown-grant",
    certainty: "unknown",
    already,
    change,
    environments: [],
    message: "makes a key of an account that the plan does not name by its address",
    fix: `write ${change.address} so that the plan knows its account, such as by naming the account's project`,
  };
}

function about(account: DeclaredAccount, change: PlanChange) {
  const { email, names, environments, place, project } = account;
  // The address of a resource says enough where the plan hides which account it is.
  if (isHidden(change)) return { change, environments, names: [], principal: null, resource: null, at: undefined };
  return {
    change,
    environments,
    names,
    principal: `serviceAccount:${email}`,
    resource: `projects/${project ?? "-"}/serviceAccounts/${email}`,
    at: place,
  };
}

function whose({ email, names }: DeclaredAccount, change: PlanChange): string {
  if (isHidden(change)) return "an account of the matrix that the plan marks as sensitive";
  return `${email}, the account of ${enumerateWords(names, "and")}`;
}

function isHidden({ beforeSensitive, afterSensitive }: PlanChange): boolean {
  return ["account_id", "email", "project", "service_account_id"].some(
    (argument) => isMarked(beforeSensitive, argument) || isMarked(afterSensitive, argument),
  );
}
