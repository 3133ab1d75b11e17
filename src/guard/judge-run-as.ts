import { defaultComputeAccount } from "../access/default-accounts.ts";
import { expressionAt } from "./configured-value.ts";
import type { DeclaredRow } from "./declared-access.ts";
import { type GuardContext, projectWhereabouts } from "./guard-context.ts";
import type { GuardDraft } from "./guard-draft.ts";
import type { PlanChange } from "./plan.ts";
import { accountEmail } from "./read-target.ts";
import type { Resolved } from "./resolved.ts";
import type { ValueResolver } from "./resolve-value.ts";

/** Where Cloud Run and functions keep the account that a workload runs as. */
const ofCloudRun: readonly (readonly string[])[] = [
  ["template", "service_account"],
  ["template", "template", "service_account"],
  ["template", "spec", "service_account_name"],
  ["service_config", "service_account_email"],
  ["service_account_email"],
];

const ofTarget: readonly (readonly string[])[] = [
  ["http_target", "oidc_token", "service_account_email"],
  ["http_target", "oauth_token", "service_account_email"],
];

/**
 * The same of other resources: of those that run code, and of those that send requests.
 * registry.terraform.io/providers/hashicorp/google/7.45.0/docs
 */
const others: Readonly<Record<string, readonly (readonly string[])[]>> = {
  google_cloud_scheduler_job: ofTarget,
  google_cloud_tasks_queue: ofTarget,
  google_pubsub_subscription: [["push_config", "oidc_token", "service_account_email"]],
  google_eventarc_trigger: [["service_account"]],
  google_workflows_workflow: [["service_account"]],
  google_cloudbuild_trigger: [["service_account"]],
  google_compute_instance: [["service_account", "email"]],
  google_compute_instance_template: [["service_account", "email"]],
  google_compute_region_instance_template: [["service_account", "email"]],
};

function pathsOf({ type }: PlanChange): readonly (readonly string[])[] {
  if (/^google_(cloud_run_(v2_)?\w+|cloudfunctions2?_function)$/.test(type) && !type.includes("_iam_"))
    return ofCloudRun;
  return Object.hasOwn(others, type) ? (others[type] ?? []) : [];
}

/** Whether a resource runs as an account. */
export function isWorkload(change: PlanChange): boolean {
  return pathsOf(change).length > 0;
}

/** The accounts that a resource will run as; none where it names none. */
export function runAsOf(change: PlanChange, resolver: ValueResolver): readonly Resolved[] {
  if (change.isData || change.after === undefined || change.action === "forget") return [];
  return pathsOf(change)
    .map((path) => resolver.afterAt(change, path))
    .filter(({ text, isUnknown }) => text !== undefined || isUnknown);
}

/** A workload that is not the service runs its own code with the service's rights. */
export function* judgeRunAs(
  change: PlanChange,
  context: GuardContext,
  row: DeclaredRow | undefined,
): Iterable<GuardDraft> {
  const { declared, resolver } = context;
  const written = runAsOf(change, resolver);
  const emails = written.flatMap(({ text, isSensitive }) => {
    const email = text === undefined ? undefined : accountEmail(text);
    return email === undefined ? [] : [{ email, isSensitive }];
  });
  const byDefault = written.length === 0 ? defaultAccount(change, context) : undefined;
  if (byDefault !== undefined) emails.push({ email: byDefault, isSensitive: false });
  const before = new Set(
    change.action === "replace" ? [] : pathsOf(change).map((path) => emailIn(expressionAt(change.before ?? {}, path))),
  );
  for (const { email, isSensitive } of emails) {
    const account = declared.accounts.get(email);
    if (account === undefined) continue;
    const { names, environments, place } = account;
    const isOfRow = names.some((name) => row?.service.key === name);
    const ofServices = names.filter((name) => [...declared.rows.values()].some(({ service }) => service.key === name));
    if (isOfRow || ofServices.length === 0) continue;
    yield {
      change,
      rule: "plan-runs-as",
      already: change.action === "no-op" || before.has(email),
      environments,
      names: isSensitive ? [] : ofServices,
      principal: isSensitive ? null : `serviceAccount:${email}`,
      message: `runs another workload as ${isSensitive ? "an account of the matrix" : `${email}, the account of ${ofServices.join(" and ")}`}: it may call whatever that may`,
      fix: `give ${change.address} an account of its own`,
      at: place,
    };
  }
  if (declared.accounts.size === 0 || !written.some(({ text }) => text === undefined)) return;
  // No graver than if it were known: to run as an account of the matrix is a warning.
  yield {
    change,
    rule: "plan-runs-as",
    certainty: "unknown",
    already: change.action === "no-op",
    environments: row === undefined ? [] : [row.world.environment.name],
    names: row === undefined ? [] : [row.service.key],
    message: "may run a workload as an account of the matrix: which account is known after apply only",
    fix: `write ${change.address} so that the plan knows its account, such as by naming the account's project`,
    at: row?.service.declared.place,
  };
}

/** What Cloud Run takes where no account is named: that of the project. */
function defaultAccount(change: PlanChange, { declared, resolver }: GuardContext): string | undefined {
  if (!change.type.startsWith("google_cloud_run_") && change.type !== "google_cloudfunctions2_function")
    return undefined;
  const where = projectWhereabouts(resolver.after(change, "project").text, declared);
  const number = where.kind === "inside" ? declared.projects.get(where.project)?.number : undefined;
  return number === undefined ? undefined : defaultComputeAccount(number);
}

function emailIn(value: unknown): string | undefined {
  return typeof value === "string" ? accountEmail(value) : undefined;
}
