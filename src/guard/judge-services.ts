import { ingressTraffic } from "../synth/plan/plan-services.ts";
import type { DeclaredRow } from "./declared-access.ts";
import { type GuardContext, projectWhereabouts, shown } from "./guard-context.ts";
import type { GuardDraft } from "./guard-draft.ts";
import { asValues, listOf, own, type PlanChange } from "./plan.ts";
import { readTarget } from "./read-target.ts";
import { hasTrue, isMarked } from "./resolved.ts";

const parent = { level: "service", argument: "name" } as const;

/** What a plan makes of the services themselves: whether they ask who calls, from where, and as whom they run. */
export function* judgeService(change: PlanChange, context: GuardContext): Iterable<GuardDraft> {
  const isCloudRun = /^google_cloud_run_(v2_)?\w+$/.test(change.type) && !change.type.includes("_iam_");
  const isWorkload = isCloudRun || /^google_cloudfunctions2?_function$/.test(change.type);
  if (change.isData || change.after === undefined || change.action === "forget" || !isWorkload) return;
  const target = readTarget(parent, (name) => context.resolver.after(change, name));
  const where = projectWhereabouts(target.project.text, context.declared);
  const id = where.kind === "inside" ? where.project : "";
  const resource = target.resource?.replace(/^projects\/[^/]+/, `projects/${id}`);
  const row = isService(change) && resource !== undefined ? context.declared.rows.get(resource) : undefined;
  yield* judgeRunAs(change, context, row);
  if (where.kind === "elsewhere" || !isCloudRun) return;
  const found: Found = {
    change,
    row,
    environments: where.kind === "inside" ? where.environments : [],
    resource: target.isSensitive ? null : (resource ?? null),
    name: row?.service.key ?? shown({ text: resource, isSensitive: target.isSensitive }, "a service"),
  };
  yield* judgeCheck(found);
  yield* judgeIngress(found);
}

interface Found {
  readonly change: PlanChange;
  readonly row: DeclaredRow | undefined;
  readonly environments: readonly string[];
  readonly resource: string | null;
  readonly name: string;
}

function isService({ type }: PlanChange): boolean {
  return type === "google_cloud_run_v2_service" || type === "google_cloud_run_service";
}

/** docs: /run/docs/authenticating/public */
const CHECK_OFF = "run.googleapis.com/invoker-iam-disabled";

type Setting = "on" | "off" | "unknown";

function* judgeCheck({ change, row, ...found }: Found): Iterable<GuardDraft> {
  const check = checkIn(change.after, change.afterUnknown);
  if (check === "on") return;
  const isDeclared = row?.service.public?.via === "no-invoker-check" && row.service.stage !== "retiring";
  if (isDeclared) return;
  const isCertain = check === "off";
  yield {
    change,
    rule: isCertain ? "plan-disables-invoker-check" : "plan-unknown-grant",
    certainty: isCertain ? "certain" : "unknown",
    already:
      isCertain && change.before !== undefined && change.action !== "replace" && checkIn(change.before, {}) === "off",
    environments: row === undefined ? found.environments : [row.world.environment.name],
    names: row === undefined ? [] : [row.service.key],
    principal: "allUsers",
    resource: found.resource,
    message: isCertain
      ? `turns the invoker check of ${found.name} off: everybody who reaches it may invoke it, whatever its policy says`
      : `may turn the invoker check of ${found.name} off: whether it does is known after apply only`,
    fix: `take ${change.type === "google_cloud_run_service" ? `the annotation ${CHECK_OFF}` : "invoker_iam_disabled"} out of ${change.address}; or declare the service public with via: no-invoker-check`,
    at: row?.service.declared.place,
  };
}

/** The argument of the second API, or the annotation of the first, which may be written "True". */
function checkIn(values: PlanChange["after"], unknown: unknown): Setting {
  if (values === undefined) return "on";
  if (isMarked(unknown, "invoker_iam_disabled")) return "unknown";
  const argument = own(values, "invoker_iam_disabled");
  if (argument === true || argument === "true") return "off";
  const metadata = asValues(firstOf(own(values, "metadata")));
  const annotations = [
    own(metadata, "annotations"),
    own(metadata, "effective_annotations"),
    own(values, "annotations"),
  ];
  const written = annotations.map((each) => own(asValues(each), CHECK_OFF));
  if (written.some((each) => each === true || (typeof each === "string" && /^(true|1)$/i.test(each)))) return "off";
  // Effective annotations are always computed, from those that are written.
  const marks = asValues(firstOf(own(asValues(unknown), "metadata")));
  const ofAnnotations = own(marks, "annotations");
  return ofAnnotations === true || hasTrue(own(asValues(ofAnnotations), CHECK_OFF)) ? "unknown" : "on";
}

const width: Readonly<Record<string, number>> = {
  [ingressTraffic.internal]: 0,
  [ingressTraffic["internal-and-cloud-load-balancing"]]: 1,
  [ingressTraffic.all]: 2,
  internal: 0,
  "internal-and-cloud-load-balancing": 1,
  all: 2,
};

function* judgeIngress({ change, row, ...found }: Found): Iterable<GuardDraft> {
  if (row === undefined) return;
  const of = (values: PlanChange["after"]): number => {
    const annotations = asValues(own(asValues(firstOf(own(values ?? {}, "metadata"))), "annotations"));
    const written = own(values ?? {}, "ingress") ?? own(annotations, "run.googleapis.com/ingress");
    // Google opens a service to all where nothing is said, and Terraform then keeps what there is.
    return typeof written === "string" && Object.hasOwn(width, written) ? (width[written] ?? 0) : -1;
  };
  const after = of(change.after);
  const wanted = width[row.service.ingress] ?? 0;
  if (after <= wanted) return;
  yield {
    change,
    rule: "plan-widens-ingress",
    already: change.before !== undefined && change.action !== "replace" && of(change.before) >= after,
    environments: [row.world.environment.name],
    names: [row.service.key],
    resource: found.resource,
    message: `opens ${row.service.key} to more of the network than ingress: ${row.service.ingress}, which the matrix says`,
    fix: `set the ingress of ${change.address} as the matrix has it; or change it there`,
    at: row.service.declared.place,
  };
}

/** Where Cloud Run keeps the account that a workload runs as. */
const accountPaths: readonly (readonly string[])[] = [
  ["template", "service_account"],
  ["template", "template", "service_account"],
  ["template", "spec", "service_account_name"],
  ["service_config", "service_account_email"],
  ["service_account_email"],
];

/** A workload that is not the service runs its own code with the service's rights. */
function* judgeRunAs(
  change: PlanChange,
  { declared }: GuardContext,
  row: DeclaredRow | undefined,
): Iterable<GuardDraft> {
  for (const path of accountPaths) {
    const email = textAt(change.after, path)?.toLowerCase();
    const account = declared.accounts.get(email ?? "");
    if (email === undefined || account === undefined) continue;
    const { names, environments, place } = account;
    const isOfRow = names.some((name) => row?.service.key === name);
    const ofServices = names.filter((name) => [...declared.rows.values()].some(({ service }) => service.key === name));
    if (isOfRow || ofServices.length === 0) continue;
    const isHidden = hasTrue(change.afterSensitive);
    yield {
      change,
      rule: "plan-runs-as",
      already: change.action !== "replace" && textAt(change.before, path)?.toLowerCase() === email,
      environments,
      names: isHidden ? [] : ofServices,
      principal: isHidden ? null : `serviceAccount:${email}`,
      message: `runs another workload as ${isHidden ? "an account of the matrix" : `${email}, the account of ${ofServices.join(" and ")}`}: it may call whatever that may`,
      fix: `give ${change.address} an account of its own`,
      at: place,
    };
  }
}

function textAt(values: unknown, path: readonly string[]): string | undefined {
  let at: unknown = values;
  for (const key of path) at = own(asValues(firstOf(at)), key);
  return typeof at === "string" ? at : undefined;
}

/** Blocks are lists of one. */
function firstOf(value: unknown): unknown {
  return Array.isArray(value) ? listOf(value)[0] : value;
}
